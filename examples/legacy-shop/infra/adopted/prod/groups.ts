/** What was built by hand: prod: security groups, and one rule for each flow. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdVpc } from './network.js';

const defaultB89c623aa3f851442 = new aws.ec2.SecurityGroup(
  'default-b89c623aa3f851442',
  {
    name: 'default',
    description: 'default VPC security group',
    vpcId: legacyProdVpc.id,
  },
  adopted('sg-b89c623aa3f851442'),
);

export const legacyProdAllOpen = steps.until(
  'legacy-prod-shared-group-deleted',
  () =>
    new aws.ec2.SecurityGroup(
      'legacy-prod-all-open',
      {
        name: 'legacy-prod-all-open',
        description: 'everything open',
        vpcId: legacyProdVpc.id,
        tags: { Name: 'legacy-prod-all-open', Environment: 'prod' },
      },
      adopted('sg-8c8affefb33508919', {
        protect: steps.at({ adopt: true, 'legacy-prod-shared-group-unnamed': false }),
      }),
    ),
);

new aws.vpc.SecurityGroupEgressRule(
  'default-all-to-0.0.0.0-0-aaf722624c96fe551',
  {
    securityGroupId: defaultB89c623aa3f851442.id,
    ipProtocol: '-1',
    cidrIpv4: '0.0.0.0/0',
  },
  adopted('sgr-aaf722624c96fe551', { protect: false }),
);

steps.until(
  'legacy-prod-shared-group-deleted',
  (now) =>
    new aws.vpc.SecurityGroupEgressRule(
      'legacy-prod-all-open-all-to--0',
      {
        securityGroupId: now(legacyProdAllOpen).id,
        ipProtocol: '-1',
        cidrIpv6: '::/0',
      },
      adopted('sgr-b4597a01fa59111d0', { protect: false }),
    ),
);

steps.until(
  'legacy-prod-shared-group-deleted',
  (now) =>
    new aws.vpc.SecurityGroupEgressRule(
      'legacy-prod-all-open-all-to-0.0.0.0-0',
      {
        securityGroupId: now(legacyProdAllOpen).id,
        ipProtocol: '-1',
        cidrIpv4: '0.0.0.0/0',
      },
      adopted('sgr-2f6962651adb5978e', { protect: false }),
    ),
);

new aws.vpc.SecurityGroupIngressRule(
  'default-all-from-sg-b89c623aa3f851442',
  {
    securityGroupId: defaultB89c623aa3f851442.id,
    ipProtocol: '-1',
    referencedSecurityGroupId: defaultB89c623aa3f851442.id,
  },
  adopted('sgr-00752c5d08ccb97ab', { protect: false }),
);

steps.until(
  'legacy-prod-shared-group-deleted',
  (now) =>
    new aws.vpc.SecurityGroupIngressRule(
      'legacy-prod-all-open-all-from--0',
      {
        securityGroupId: now(legacyProdAllOpen).id,
        ipProtocol: '-1',
        cidrIpv6: '::/0',
        description: 'all v6',
      },
      adopted('sgr-cff45b2243b7a1042', { protect: false }),
    ),
);

steps.until(
  'legacy-prod-shared-group-deleted',
  (now) =>
    new aws.vpc.SecurityGroupIngressRule(
      'legacy-prod-all-open-all-from-0.0.0.0-0',
      {
        securityGroupId: now(legacyProdAllOpen).id,
        ipProtocol: '-1',
        cidrIpv4: '0.0.0.0/0',
        description: 'all',
      },
      adopted('sgr-ae422dd201c00c451', { protect: false }),
    ),
);
