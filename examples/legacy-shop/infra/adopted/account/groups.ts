/** What was built by hand: security groups, and one rule for each flow. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { vpc72c7a167e6aaa74c3 } from './network.js';

const defaultA06cd6affc22b1f77 = new aws.ec2.SecurityGroup(
  'default-a06cd6affc22b1f77',
  {
    name: 'default',
    description: 'default VPC security group',
    vpcId: vpc72c7a167e6aaa74c3.id,
  },
  adopted('sg-a06cd6affc22b1f77'),
);

new aws.vpc.SecurityGroupEgressRule(
  'default-all-to-0.0.0.0-0-7f4a075f1e247fced',
  {
    securityGroupId: defaultA06cd6affc22b1f77.id,
    ipProtocol: '-1',
    cidrIpv4: '0.0.0.0/0',
  },
  adopted('sgr-7f4a075f1e247fced', { protect: false }),
);

new aws.vpc.SecurityGroupIngressRule(
  'default-all-from-sg-a06cd6affc22b1f77',
  {
    securityGroupId: defaultA06cd6affc22b1f77.id,
    ipProtocol: '-1',
    referencedSecurityGroupId: defaultA06cd6affc22b1f77.id,
  },
  adopted('sgr-0b293ae57f2012ecc', { protect: false }),
);
