import { allStrings } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, refused, untold } from '../needs.ts';
import { withoutSecretsIn } from '../user-data.ts';
import { camel } from '../values.ts';

const TYPE = 'aws:ec2/launchConfiguration:LaunchConfiguration';
const OPERATION = 'autoscaling:DescribeLaunchConfigurations';

/** The older form of a launch template: nothing of it can be changed, and new accounts can make none. */
function configuration(item: Item): readonly Adoption[] {
  const [name, arn] = [item.string('LaunchConfigurationName'), item.string('LaunchConfigurationARN')];
  if (name === undefined || arn === undefined) return [];
  const of: Whole = { kind: 'launchTemplate', id: arn };
  const read = {
    ImageId: item.string('ImageId'),
    InstanceType: item.string('InstanceType'),
    SecurityGroups: allStrings(item, 'SecurityGroups'),
  };
  if (!isKnown(read)) return [refused(TYPE, of, untold(OPERATION, read))];
  const given = item.string('UserData');
  const userData = given ? withoutSecretsIn(given) : undefined;
  if (given && userData === undefined)
    return [refused(TYPE, of, 'its user data can not be told without the secrets in it')];
  return [
    {
      state: 'adopted',
      type: TYPE,
      name,
      id: name,
      importId: name,
      inputs: said({
        name,
        imageId: read.ImageId,
        instanceType: read.InstanceType,
        securityGroups: read.SecurityGroups,
        keyName: item.string('KeyName') || undefined,
        iamInstanceProfile: item.string('IamInstanceProfile') || undefined,
        associatePublicIpAddress: item.boolean('AssociatePublicIpAddress'),
        ebsOptimized: item.boolean('EbsOptimized'),
        // on unless a program says otherwise
        enableMonitoring: item.item('InstanceMonitoring')?.boolean('Enabled'),
        metadataOptions: camel(item.item('MetadataOptions')?.value),
        placementTenancy: item.string('PlacementTenancy') || undefined,
        spotPrice: item.string('SpotPrice') || undefined,
        userDataBase64: userData?.text,
      }),
      outputs: { arn },
      ignoreChanges: userData?.changed ? ['userData', 'userDataBase64'] : [],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

export const adopter: Adopter = {
  name: 'launch-configuration',
  types: [TYPE],
  operations: [OPERATION],
  adopt: (answers) => answers.items(OPERATION, 'LaunchConfigurations').flatMap(configuration),
};
