import { trafficText, whoText } from '../../../analyse/internet/admitted.ts';
import { type Keeper, latent } from '../../../analyse/internet/latent.ts';
import { reached } from '../../../analyse/internet/reached.ts';
import { networkOf } from '../../../analyse/reachability/index.ts';
import { missingOf } from '../../../analyse/verdict.ts';
import { addressesOf, trafficIn } from '../../../estate/sets/index.ts';
import { join } from '../../example.ts';
import { database, databaseAnswer, placed } from '../../examples/database.ts';
import { network } from '../../examples/network.ts';
import { groups, noBalancers, OPEN_GROUP, PRIVATE_SUBNETS, PUBLIC_SUBNETS } from '../../examples/open.ts';
import { fact } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const STANDS_BY: Readonly<Record<Keeper, string>> = {
  publicAddress: 'PubliclyAccessible is off: nothing else keeps the internet out',
  securityGroup: 'PubliclyAccessible is on: the security group alone keeps the internet out',
};

export const rule = defineRule({
  id: 'database-latently-exposed',
  problem: 1,
  severity: 'medium',
  title: 'A database is one setting away from the internet',
  why: 'Nobody gets in today, but one changed setting opens the database to everybody, and whoever changes it sees no warning. Such changes are made in a hurry, to debug something, and then forgotten.',
  fix: 'Turn PubliclyAccessible off, let only the groups of the clients in, and move the database to private subnets: then one slip is not enough.',
  fixedBy: ['database-closed', 'database-private'],
  subject: 'database',
  needs: ['rds:DescribeDBInstances', 'ec2:DescribeSecurityGroups'],
  messages: {
    publicAddress:
      'turning PubliclyAccessible on would open {name} to {who} on {ports}: its subnet is public and its security group admits them',
    securityGroup:
      'one rule more in a security group would open {name} to the internet on {ports}: PubliclyAccessible is on and its subnet is public',
  },
  check(subject, estate) {
    const today = reached(estate, subject);
    if (today.answer === 'yes') return { state: 'notApplicable' };
    if (today.answer === 'unknown') return { state: 'unknown', missing: missingOf(today.verdict) };
    const nearness = latent(estate, subject);
    if (nearness.answer === 'no') return { state: 'pass' };
    if (nearness.answer === 'unknown') return { state: 'unknown', missing: nearness.missing };
    const near = nearness.latent;
    const { sure } = near.open;
    return {
      state: 'fail',
      message: near.keeper,
      data: {
        name: subject.name,
        ports: trafficText(trafficIn(sure)),
        who: whoText(addressesOf(sure), networkOf(estate).strangers),
      },
      proof: [fact(subject, 'PubliclyAccessible', STANDS_BY[near.keeper]), ...near.path],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html'],
  examples: {
    bad: join(
      network(),
      groups(),
      noBalancers(),
      databaseAnswer(database('orders', placed(PUBLIC_SUBNETS, [OPEN_GROUP]))),
    ),
    good: join(
      network(),
      groups(),
      noBalancers(),
      databaseAnswer(database('orders', placed(PRIVATE_SUBNETS, [OPEN_GROUP]))),
    ),
  },
});
