import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { defineSteps } from '../index.ts';

const steps = defineSteps(['adopt', 'private-subnets', 'groups-beside', 'shared-group-detached', 'database-closed'], {
  settled: pulumi.getStack() === 'dev', // nothing was ever built by hand there
});

/** What was built by hand is imported, once; a settled stack makes its own. */
const adopted = (id: string): pulumi.CustomResourceOptions => ({
  import: steps.settled ? undefined : id,
  protect: true,
});

const vpc = new aws.ec2.Vpc('shop', { cidrBlock: '10.20.0.0/16' }, adopted('vpc-0a1b2c3d'));

// Gone from the step at which nothing hangs on it any more.
const shared = steps.until(
  'shared-group-detached',
  () => new aws.ec2.SecurityGroup('shared', { vpcId: vpc.id }, adopted('sg-0a1b2c3d')),
);

// New from a step on. What is made of both needs both to exist, and the compiler sees to it.
const mysqlGroup = steps.since('groups-beside', () => new aws.ec2.SecurityGroup('shop-mysql', { vpcId: vpc.id }));
steps.since(
  'groups-beside',
  (now) =>
    new aws.vpc.SecurityGroupIngressRule('shop-mysql-from-vpc', {
      securityGroupId: now(mysqlGroup).id,
      ipProtocol: 'tcp',
      fromPort: 3306,
      toPort: 3306,
      cidrIpv4: vpc.cidrBlock,
    }),
);

// The same database all the way: only its arguments change, each at its step.
new aws.rds.Instance(
  'shop-mysql',
  {
    identifier: 'shop-mysql',
    instanceClass: 'db.t4g.medium',
    publiclyAccessible: steps.at({ adopt: true, 'database-closed': false }),
    vpcSecurityGroupIds: steps.at({
      adopt: (now) => [now(shared).id],
      'groups-beside': (now) => [now(shared).id, now(mysqlGroup).id],
      'shared-group-detached': (now) => [now(mysqlGroup).id],
    }),
  },
  adopted('shop-mysql'),
);

// Outside of entries the program says what holds without the value.
export const mysqlGroupId = mysqlGroup.use((group) => group.id).valueOr('none yet');
