/** What was built by hand: dev: machines, and groups of them. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevEcsM4Group } from '../../target/dev/groups.js';
import { legacyDevAllOpen } from './groups.js';
import { legacyDevPublicASubnet, legacyDevPublicCSubnet } from './network.js';
import { legacyDevEcsInstanceRoleInstanceProfile } from './roles.js';

const legacyDevLc = steps.until(
  'legacy-dev-machines-forgotten',
  (now) =>
    new aws.ec2.LaunchConfiguration(
      'legacy-dev-lc',
      {
        name: 'legacy-dev-lc',
        imageId: 'ami-760aaa0f',
        instanceType: 't2.medium',
        securityGroups: [now(legacyDevAllOpen).id],
        keyName: 'legacy-key',
        iamInstanceProfile: now(legacyDevEcsInstanceRoleInstanceProfile).name,
        associatePublicIpAddress: true,
        ebsOptimized: false,
        enableMonitoring: false,
        userDataBase64:
          'IyEvYmluL2Jhc2gKZWNobyBFQ1NfQ0xVU1RFUj1sZWdhY3ktZGV2ID4+IC9ldGMvZWNzL2Vjcy5jb25maWcKZXhwb3J0IERCX1BBU1NXT1JEPTxyZWRhY3RlZD4K',
      },
      adopted('legacy-dev-lc', {
        protect: steps.at({ adopt: true, 'legacy-dev-machines-gone': false }),
        ignoreChanges: ['userData', 'userDataBase64'],
      }),
    ),
);

// From 'legacy-dev-machines-gone' on the program changes what it left alone until then.
export const legacyDevAsg = steps.until(
  'legacy-dev-machines-forgotten',
  (now) =>
    new aws.autoscaling.Group(
      'legacy-dev-asg',
      {
        name: 'legacy-dev-asg',
        minSize: steps.at({ adopt: 1, 'legacy-dev-machines-gone': 0 }),
        maxSize: steps.at({ adopt: 1, 'legacy-dev-machines-gone': 0 }),
        desiredCapacity: steps.at({ adopt: 1, 'legacy-dev-machines-gone': 0 }),
        vpcZoneIdentifiers: [now(legacyDevPublicASubnet).id, now(legacyDevPublicCSubnet).id],
        launchConfiguration: now(legacyDevLc).name,
        healthCheckType: 'EC2',
        healthCheckGracePeriod: 300,
        defaultCooldown: 300,
        capacityRebalance: false,
        terminationPolicies: ['Default'],
        protectFromScaleIn: false,
        serviceLinkedRoleArn:
          'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        tags: [
          { key: 'Name', value: 'legacy-dev-asg', propagateAtLaunch: true },
          { key: 'Environment', value: 'dev', propagateAtLaunch: true },
        ],
      },
      adopted('legacy-dev-asg', {
        protect: steps.at({ adopt: true, 'legacy-dev-machines-gone': false }),
        ignoreChanges: steps.at({ adopt: ['desiredCapacity'], 'legacy-dev-machines-gone': [] }),
      }),
    ),
);

steps.until(
  'legacy-dev-machines-gone',
  (now) =>
    new aws.ec2.Instance(
      'legacy-dev-ecs-m4',
      {
        ami: 'ami-760aaa0f',
        instanceType: 'm4.large',
        subnetId: now(legacyDevPublicASubnet).id,
        availabilityZone: 'ap-northeast-2a',
        vpcSecurityGroupIds: steps.from('adopt', 'legacy-dev-machines-gone').at({
          adopt: (now) => [now(legacyDevAllOpen).id],
          'legacy-dev-groups-beside': (now) => [now(legacyDevAllOpen).id, now(legacyDevEcsM4Group).groupId],
        }),
        privateIp: '10.1.0.6',
        sourceDestCheck: true,
        keyName: 'legacy-key',
        iamInstanceProfile: now(legacyDevEcsInstanceRoleInstanceProfile).name,
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
          'IyEvYmluL2Jhc2gKZWNobyBFQ1NfQ0xVU1RFUj1sZWdhY3ktZGV2ID4+IC9ldGMvZWNzL2Vjcy5jb25maWcKZXhwb3J0IERCX1BBU1NXT1JEPTxyZWRhY3RlZD4K',
        tags: steps.at({
          adopt: { Name: 'legacy-dev-ecs-m4', Environment: 'dev' },
          'adopt-signed': { Name: 'legacy-dev-ecs-m4', Environment: 'dev', ManagedBy: 'underpin' },
        }),
      },
      adopted('i-3fcb13f20474c8c29', {
        protect: steps.at({ adopt: true, 'legacy-dev-machines-emptied': false }),
        ignoreChanges: ['ami', 'userData', 'userDataBase64'],
      }),
    ),
);
