import type { LaunchTemplate } from '../../estate/kinds/compute.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { allRefs } from '../fields.ts';
import { instanceProfileArn, partitionOf } from '../ids.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { choice, idOf, indexBy } from '../reading.ts';
import { factsOfUserData } from '../user-data.ts';

type Settings = Omit<LaunchTemplate, keyof ReturnType<typeof base<'launchTemplate'>> | 'kind' | 'form'>;

/** A template whose data was not read. */
const UNKNOWN: Settings = {
  instanceType: undefined,
  image: undefined,
  securityGroups: undefined,
  associatePublicAddress: undefined,
  instanceProfile: undefined,
  httpTokens: undefined,
  userData: undefined,
};

function userDataOf(item: Item): Settings['userData'] {
  const text = item.string('UserData');
  if (text !== undefined) return factsOfUserData(text);
  return item.has('UserData') ? undefined : [];
}

const profileArn = (item: Item, name: string): string =>
  instanceProfileArn(item.context.account, name, partitionOf(item.context.region));

/** Groups stand beside the template's interfaces or inside them. */
function templateGroups(data: Item, interfaces: readonly Item[]): Settings['securityGroups'] {
  const lists: (readonly Ref<'securityGroup'>[] | undefined)[] = [
    ...(data.has('SecurityGroupIds') ? [allRefs<'securityGroup'>(data, 'SecurityGroupIds')] : []),
    ...interfaces.flatMap((one) => (one.has('Groups') ? [allRefs<'securityGroup'>(one, 'Groups')] : [])),
  ];
  if (lists.length === 0) return undefined;
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}

function templateSettings(data: Item | undefined): Settings {
  if (!data) return UNKNOWN;
  const interfaces = allItems(data, 'NetworkInterfaces') ?? [];
  const profile = data.item('IamInstanceProfile');
  const name = profile?.string('Name');
  return {
    instanceType: data.string('InstanceType'),
    image: data.string('ImageId'),
    securityGroups: templateGroups(data, interfaces),
    associatePublicAddress: interfaces
      .map((one) => one.boolean('AssociatePublicIpAddress'))
      .reduce((all, one) => (one === undefined ? all : all || one), undefined),
    instanceProfile: data.has('IamInstanceProfile')
      ? (profile?.string('Arn') ?? (name === undefined ? undefined : profileArn(data, name)))
      : null,
    httpTokens: choice(data.item('MetadataOptions'), 'HttpTokens', ['required', 'optional']),
    userData: userDataOf(data),
  };
}

/** The version that is used when a launch names none. */
function defaultVersion(versions: readonly Item[], number: number | undefined): Item | undefined {
  return versions.find(
    (item) =>
      item.boolean('DefaultVersion') === true || (number !== undefined && item.number('VersionNumber') === number),
  );
}

function templates(answers: Answers): readonly LaunchTemplate[] {
  const versions = indexBy(
    answers.items('ec2:DescribeLaunchTemplateVersions', 'LaunchTemplateVersions'),
    'LaunchTemplateId',
  );
  const listed = answers.items('ec2:DescribeLaunchTemplates', 'LaunchTemplates');
  const ids = new Set(listed.map((item) => item.string('LaunchTemplateId')));
  const make = (item: Item, version: Item | undefined): LaunchTemplate => ({
    kind: 'launchTemplate',
    ...base('launchTemplate', item, { id: idOf(item, 'LaunchTemplateId'), name: item.string('LaunchTemplateName') }),
    form: 'template',
    ...templateSettings(version?.item('LaunchTemplateData')),
  });
  return [
    ...listed.map((item) => {
      const own = versions.get(item.string('LaunchTemplateId') ?? '') ?? [];
      return make(item, defaultVersion(own, item.number('DefaultVersionNumber')));
    }),
    // versions may have been read without the list of templates
    ...[...versions].flatMap(([template, own]) => {
      const version = defaultVersion(own, undefined) ?? own[0];
      return ids.has(template) || !version ? [] : [make(version, version)];
    }),
  ];
}

function configuration(item: Item): LaunchTemplate {
  const name = item.string('LaunchConfigurationName');
  const profile = item.string('IamInstanceProfile');
  const launchArn = item.string('LaunchConfigurationARN');
  return {
    kind: 'launchTemplate',
    ...base(
      'launchTemplate',
      item,
      { id: launchArn ?? idOf(item, 'LaunchConfigurationName'), name, arn: launchArn },
      // launch configurations can not be tagged
      {},
    ),
    form: 'configuration',
    instanceType: item.string('InstanceType'),
    image: item.string('ImageId'),
    securityGroups: allRefs(item, 'SecurityGroups'),
    associatePublicAddress: item.boolean('AssociatePublicIpAddress'),
    instanceProfile: profile
      ? profileArn(item, profile)
      : item.has('IamInstanceProfile') && profile !== ''
        ? undefined
        : null,
    httpTokens: choice(item.item('MetadataOptions'), 'HttpTokens', ['required', 'optional']),
    userData: userDataOf(item),
  };
}

/** Launch templates with the data of their default version, and launch configurations. */
export const reader: Reader = {
  name: 'launch-template',
  kinds: ['launchTemplate'],
  operations: [
    'ec2:DescribeLaunchTemplates',
    'ec2:DescribeLaunchTemplateVersions',
    'autoscaling:DescribeLaunchConfigurations',
  ],
  read: (answers) => [
    ...templates(answers),
    ...answers.items('autoscaling:DescribeLaunchConfigurations', 'LaunchConfigurations').map(configuration),
  ],
};
