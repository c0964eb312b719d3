/** What was built by hand: prod: machines, and groups of them. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdEcsM4Group } from '../../target/prod/groups.js';
import { legacyProdAllOpen } from './groups.js';
import { legacyProdPublicASubnet, legacyProdPublicCSubnet } from './network.js';
import { legacyProdEcsInstanceRoleInstanceProfile } from './roles.js';

const legacyProdLc = steps.until(
  'legacy-prod-machines-forgotten',
  (now) =>
    new aws.ec2.LaunchConfiguration(
      'legacy-prod-lc',
      {
        name: 'legacy-prod-lc',
        imageId: 'ami-760aaa0f',
        instanceType: 't2.medium',
        securityGroups: [now(legacyProdAllOpen).id],
        keyName: 'legacy-key',
        iamInstanceProfile: now(legacyProdEcsInstanceRoleInstanceProfile).name,
        associatePublicIpAddress: true,
        ebsOptimized: false,
        enableMonitoring: false,
        userDataBase64:
          'IyEvYmluL2Jhc2gKZWNobyBFQ1NfQ0xVU1RFUj1sZWdhY3ktcHJvZCA+PiAvZXRjL2Vjcy9lY3MuY29uZmlnCmV4cG9ydCBEQl9QQVNTV09SRD08cmVkYWN0ZWQ+Cg==',
      },
      adopted('legacy-prod-lc', {
        protect: steps.at({ adopt: true, 'legacy-prod-machines-gone': false }),
        ignoreChanges: ['userData', 'userDataBase64'],
      }),
    ),
);

// From 'legacy-prod-machines-gone' on the program changes what it left alone until then.
export const legacyProdAsg = steps.until(
  'legacy-prod-machines-forgotten',
  (now) =>
    new aws.autoscaling.Group(
      'legacy-prod-asg',
      {
        name: 'legacy-prod-asg',
        minSize: steps.at({ adopt: 2, 'legacy-prod-machines-gone': 0 }),
        maxSize: steps.at({ adopt: 2, 'legacy-prod-machines-gone': 0 }),
        desiredCapacity: steps.at({ adopt: 2, 'legacy-prod-machines-gone': 0 }),
        vpcZoneIdentifiers: [legacyProdPublicASubnet.id, legacyProdPublicCSubnet.id],
        launchConfiguration: now(legacyProdLc).name,
        healthCheckType: 'EC2',
        healthCheckGracePeriod: 300,
        defaultCooldown: 300,
        capacityRebalance: false,
        terminationPolicies: ['Default'],
        protectFromScaleIn: false,
        serviceLinkedRoleArn:
          'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        tags: [
          { key: 'Name', value: 'legacy-prod-asg', propagateAtLaunch: true },
          { key: 'Environment', value: 'prod', propagateAtLaunch: true },
        ],
      },
      adopted('legacy-prod-asg', {
        protect: steps.at({ adopt: true, 'legacy-prod-machines-gone': false }),
        ignoreChanges: steps.at({ adopt: ['desiredCapacity'], 'legacy-prod-machines-gone': [] }),
      }),
    ),
);

steps.until(
  'legacy-prod-machines-gone',
  (now) =>
    new aws.ec2.Instance(
      'legacy-prod-ecs-m4',
      {
        ami: 'ami-760aaa0f',
        instanceType: 'm4.large',
        subnetId: legacyProdPublicASubnet.id,
        availabilityZone: 'ap-northeast-2a',
        vpcSecurityGroupIds: steps.from('adopt', 'legacy-prod-machines-gone').at({
          adopt: (now) => [now(legacyProdAllOpen).id],
          'legacy-prod-groups-beside': (now) => [now(legacyProdAllOpen).id, now(legacyProdEcsM4Group).groupId],
        }),
        privateIp: '10.0.0.6',
        sourceDestCheck: true,
        keyName: 'legacy-key',
        iamInstanceProfile: now(legacyProdEcsInstanceRoleInstanceProfile).name,
        metadataOptions: {
          httpEndpoint: 'enabled',
          httpProtocolIpv6: 'disabled',
          httpPutResponseHopLimit: 1,
          httpTokens: 'optional',
          instanceMetadataTags: 'disabled',
        },
        monitoring: false,
        ebsOptimized: false,
        tenancy: 'default',
        userDataBase64:
          'IyEvYmluL2Jhc2gKZWNobyBFQ1NfQ0xVU1RFUj1sZWdhY3ktcHJvZCA+PiAvZXRjL2Vjcy9lY3MuY29uZmlnCmV4cG9ydCBEQl9QQVNTV09SRD08cmVkYWN0ZWQ+Cg==',
        tags: steps.at({
          adopt: { Name: 'legacy-prod-ecs-m4', Environment: 'prod' },
          'adopt-signed': { Name: 'legacy-prod-ecs-m4', Environment: 'prod', ManagedBy: 'underpin' },
        }),
      },
      adopted('i-4a35689aa470fcc64', {
        protect: steps.at({ adopt: true, 'legacy-prod-machines-emptied': false }),
        ignoreChanges: ['ami', 'userData', 'userDataBase64'],
      }),
    ),
);
