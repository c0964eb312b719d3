/** What was built by hand: dev: security groups, and one rule for each flow. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevVpc } from './network.js';

const defaultSecurityGroup = steps.until(
  'legacy-dev-retired-places',
  (now) =>
    new aws.ec2.SecurityGroup(
      'default',
      {
        name: 'default',
        description: 'default VPC security group',
        vpcId: now(legacyDevVpc).id,
      },
      adopted('sg-076fb8c2e371d8cbe', { protect: steps.at({ adopt: true, 'legacy-dev-retired-routes': false }) }),
    ),
);

export const legacyDevAllOpen = steps.until(
  'legacy-dev-shared-group-deleted',
  (now) =>
    new aws.ec2.SecurityGroup(
      'legacy-dev-all-open',
      {
        name: 'legacy-dev-all-open',
        description: 'everything open',
        vpcId: now(legacyDevVpc).id,
        tags: { Name: 'legacy-dev-all-open', Environment: 'dev' },
      },
      adopted('sg-fe1fffece3db36ded', { protect: steps.at({ adopt: true, 'legacy-dev-shared-group-unnamed': false }) }),
    ),
);

steps.until(
  'legacy-dev-retired-routes',
  (now) =>
    new aws.vpc.SecurityGroupEgressRule(
      'default-all-to-0.0.0.0-0',
      {
        securityGroupId: now(defaultSecurityGroup).id,
        ipProtocol: '-1',
        cidrIpv4: '0.0.0.0/0',
      },
      adopted('sgr-451999689a1145edd', { protect: false }),
    ),
);

steps.until(
  'legacy-dev-shared-group-deleted',
  (now) =>
    new aws.vpc.SecurityGroupEgressRule(
      'legacy-dev-all-open-all-to--0',
      {
        securityGroupId: now(legacyDevAllOpen).id,
        ipProtocol: '-1',
        cidrIpv6: '::/0',
      },
      adopted('sgr-0af69bd7d12db3eb2', { protect: false }),
    ),
);

steps.until(
  'legacy-dev-shared-group-deleted',
  (now) =>
    new aws.vpc.SecurityGroupEgressRule(
      'legacy-dev-all-open-all-to-0.0.0.0-0',
      {
        securityGroupId: now(legacyDevAllOpen).id,
        ipProtocol: '-1',
        cidrIpv4: '0.0.0.0/0',
      },
      adopted('sgr-24e3bbdbbd4203acf', { protect: false }),
    ),
);

steps.until(
  'legacy-dev-retired-routes',
  (now) =>
    new aws.vpc.SecurityGroupIngressRule(
      'default-all-from-sg-076fb8c2e371d8cbe',
      {
        securityGroupId: now(defaultSecurityGroup).id,
        ipProtocol: '-1',
        referencedSecurityGroupId: now(defaultSecurityGroup).id,
      },
      adopted('sgr-0e65dd6ab66961cd8', { protect: false }),
    ),
);

steps.until(
  'legacy-dev-shared-group-deleted',
  (now) =>
    new aws.vpc.SecurityGroupIngressRule(
      'legacy-dev-all-open-all-from--0',
      {
        securityGroupId: now(legacyDevAllOpen).id,
        ipProtocol: '-1',
        cidrIpv6: '::/0',
        description: 'all v6',
      },
      adopted('sgr-278e2c5344653397b', { protect: false }),
    ),
);

steps.until(
  'legacy-dev-shared-group-deleted',
  (now) =>
    new aws.vpc.SecurityGroupIngressRule(
      'legacy-dev-all-open-all-from-0.0.0.0-0',
      {
        securityGroupId: now(legacyDevAllOpen).id,
        ipProtocol: '-1',
        cidrIpv4: '0.0.0.0/0',
        description: 'all',
      },
      adopted('sgr-6498a0834aa0e1279', { protect: false }),
    ),
);
