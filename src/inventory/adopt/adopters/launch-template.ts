import type { Answers } from '../../answers.ts';
import type { Item } from '../../item.ts';
import type { Properties, Value } from '../../pulumi/recorded.ts';
import { indexBy } from '../../reading.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';
import { withoutSecretsIn } from '../user-data.ts';
import { camel } from '../values.ts';

const TYPE = 'aws:ec2/launchTemplate:LaunchTemplate';
const VERSIONS = 'ec2:DescribeLaunchTemplateVersions';

/** Names of AWS that the provider has otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  Groups: 'securityGroups',
  RamDiskId: 'ramDiskId',
  EnableResourceNameDnsAAAARecord: 'enableResourceNameDnsAaaaRecord',
};

/** Settings that have the same form in both; a template with any other is not adopted. */
const SAME = new Set([
  'ImageId',
  'InstanceType',
  'KeyName',
  'IamInstanceProfile',
  'MetadataOptions',
  'Monitoring',
  'Placement',
  'CreditSpecification',
  'CapacityReservationSpecification',
  'CpuOptions',
  'EnclaveOptions',
  'HibernationOptions',
  'InstanceMarketOptions',
  'MaintenanceOptions',
  'PrivateDnsNameOptions',
  'DisableApiTermination',
  'DisableApiStop',
  'InstanceInitiatedShutdownBehavior',
  'KernelId',
  'RamDiskId',
]);
/** What is written below in a form of its own. */
const OWN = new Set([
  'BlockDeviceMappings',
  'EbsOptimized',
  'NetworkInterfaces',
  'SecurityGroupIds',
  'SecurityGroups',
  'TagSpecifications',
  'UserData',
]);

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** Switches that the provider has as texts, since they can also be left unsaid. */
function switches(given: Value | undefined): Value | undefined {
  if (Array.isArray(given)) return given.flatMap((one: Value) => switches(one) ?? []);
  if (typeof given !== 'object' || given === null) return typeof given === 'boolean' ? String(given) : given;
  return Object.fromEntries(Object.entries(given).map(([key, one]) => [key, switches(one) ?? null]));
}

const tagSpecification = (item: Item): Properties => {
  const tags = item.tags('Tags');
  return said({ resourceType: item.string('ResourceType'), tags: tags && { ...tags } });
};

/** A template's settings as arguments; a text says why they can not be. */
function settingsOf(data: Item): { readonly inputs: Properties; readonly hidden: boolean } | string {
  const keys = Object.keys(data.value).filter((key) => !isEmpty(data.value[key]));
  const strange = keys.filter((key) => !SAME.has(key) && !OWN.has(key));
  if (strange.length > 0) return `it sets ${strange.sort().join(', ')}, which is not adopted`;
  const given = data.string('UserData');
  const userData = given ? withoutSecretsIn(given) : undefined;
  if (given && userData === undefined) return 'its user data can not be told without the secrets in it';
  const some = (field: string): Value | undefined =>
    isEmpty(data.value[field]) ? undefined : camel(data.value[field], RENAMED);
  const same = keys
    .filter((key) => SAME.has(key))
    .map((key) => [RENAMED[key] ?? `${key.charAt(0).toLowerCase()}${key.slice(1)}`, some(key)]);
  return {
    inputs: said({
      ...Object.fromEntries(same),
      ebsOptimized: data.boolean('EbsOptimized')?.toString(),
      vpcSecurityGroupIds: some('SecurityGroupIds'),
      securityGroupNames: some('SecurityGroups'),
      networkInterfaces: switches(some('NetworkInterfaces')),
      blockDeviceMappings: switches(some('BlockDeviceMappings')),
      tagSpecifications: data.items('TagSpecifications')?.map(tagSpecification),
      userData: userData?.text,
    }),
    hidden: userData?.changed ?? false,
  };
}

function template(answers: Answers, item: Item, versions: readonly Item[]): readonly Adoption[] {
  const [id, name] = [item.string('LaunchTemplateId'), item.string('LaunchTemplateName')];
  if (id === undefined || name === undefined) return [];
  const of: Whole = { kind: 'launchTemplate', id };
  const { account, region } = item.context;
  const arn = `arn:aws:ec2:${region}:${account}:launch-template/${id}`;
  const tags = tagged(answers, arn, item.tags());
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  const [standard, latest] = [item.number('DefaultVersionNumber'), item.number('LatestVersionNumber')];
  if (standard === undefined)
    return [refused(TYPE, of, untold(item.context.operation, { DefaultVersionNumber: standard }))];
  // Pulumi reads the latest version, and instances are started from the default one
  if (standard !== latest)
    return [
      refused(
        TYPE,
        of,
        `its default version ${standard} is not known to be its latest, which Pulumi would take it for`,
      ),
    ];
  const data = versions.find((one) => one.number('VersionNumber') === standard)?.item('LaunchTemplateData');
  if (!data) return [refused(TYPE, of, untold(VERSIONS, { [`version ${standard}`]: undefined }))];
  const settings = settingsOf(data);
  if (typeof settings === 'string') return [refused(TYPE, of, settings)];
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: tags.tags?.Name ?? name,
      id,
      importId: id,
      inputs: { name, ...settings.inputs, ...tags.inputs },
      outputs: { arn, defaultVersion: standard, latestVersion: standard, ...tags.outputs },
      ignoreChanges: [...(settings.hidden ? ['userData'] : []), ...tags.ignoreChanges],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

export const adopter: Adopter = {
  name: 'launch-template',
  types: [TYPE],
  operations: ['ec2:DescribeLaunchTemplates', VERSIONS],
  adopt: (answers) => {
    const versions = indexBy(answers.items(VERSIONS, 'LaunchTemplateVersions'), 'LaunchTemplateId');
    return answers
      .items('ec2:DescribeLaunchTemplates', 'LaunchTemplates')
      .flatMap((item) => template(answers, item, versions.get(item.string('LaunchTemplateId') ?? '') ?? []));
  },
};
