import { signOfCode } from '../../../analyse/origin/code.ts';
import { missing } from '../../../estate/coverage.ts';
import { all, type Estate } from '../../../estate/estate.ts';
import type { ResourceOf } from '../../../estate/resource.ts';
import { join } from '../../example.ts';
import { network } from '../../examples/network.ts';
import { callerAnswer } from '../../examples/records.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule, type Example } from '../../rule.ts';
import { nameAndId } from '../../words.ts';

type Made = ResourceOf<'vpc' | 'instance' | 'database' | 'databaseCluster' | 'loadBalancer'>;

const LISTS = ['ec2:DescribeVpcs', 'ec2:DescribeInstances', 'rds:DescribeDBInstances', 'elbv2:DescribeLoadBalancers'];
const TAGS: Readonly<Record<Made['kind'], string>> = {
  vpc: 'ec2:DescribeVpcs',
  instance: 'ec2:DescribeInstances',
  database: 'rds:ListTagsForResource',
  databaseCluster: 'rds:ListTagsForResource',
  loadBalancer: 'elbv2:DescribeTags',
};

/** What somebody made on purpose: not the default VPC, and not what Auto Scaling starts by itself. */
function madeIn(estate: Estate, account: string): readonly Made[] {
  const made: readonly Made[] = [
    ...all(estate, 'vpc').filter((vpc) => vpc.isDefault !== true),
    ...all(estate, 'instance').filter(
      (one) =>
        one.autoScalingGroup === null ||
        (one.autoScalingGroup === undefined && one.tags?.['aws:autoscaling:groupName'] === undefined),
    ),
    ...all(estate, 'database'),
    ...all(estate, 'databaseCluster'),
    ...all(estate, 'loadBalancer'),
  ];
  return made.filter((one) => one.account === account);
}

const tagged = (tags: readonly object[]): Example => {
  const made = network();
  const { Vpcs } = made['ec2:DescribeVpcs'] as { Vpcs: readonly object[] };
  return join(callerAnswer(), {
    'ec2:DescribeVpcs': { Vpcs: Vpcs.map((vpc) => ({ ...vpc, Tags: tags })) },
    'ec2:DescribeInstances': { Reservations: [] },
    'rds:DescribeDBInstances': { DBInstances: [] },
    'elbv2:DescribeLoadBalancers': { LoadBalancers: [] },
  });
};

export const rule = defineRule({
  id: 'made-by-hand',
  problem: 10,
  severity: 'medium',
  title: 'Nothing shows that the account was made by a program',
  why: 'What was clicked together cannot be read, reviewed, tested or made a second time, and two environments drift apart without anybody noticing. When something breaks, nobody knows how it was meant to be.',
  fix: 'Infrastructure as TypeScript: adopt what is there into one program without changing it, then change it by review.',
  fixedBy: ['adopt'],
  subject: 'account',
  needs: LISTS,
  messages: {
    none: 'nothing shows that a program made any of the {m} networks, servers, databases and load balancers of account {account}: no tag of CloudFormation, Pulumi or Terraform is on them',
    some: 'nothing shows that a program made {n} of the {m} networks, servers, databases and load balancers of account {account}; others carry the tags of one',
  },
  check(subject, estate) {
    const { account } = subject;
    const made = madeIn(estate, account);
    const [unlisted] = missing(estate.coverage, LISTS, { account });
    if (made.length === 0)
      return unlisted === undefined
        ? { state: 'notApplicable' }
        : unknown(subject, unlisted, 'which networks, servers, databases and balancers there are');
    const unread = made.filter((one) => one.tags === undefined && one.keptBy === undefined);
    const signs = made.map((one) => ({ one, sign: one.keptBy ?? (one.tags && signOfCode(one.tags)) }));
    const bare = signs.filter(({ one, sign }) => one.tags !== undefined && sign === undefined).map(({ one }) => one);
    const [firstUnread] = unread;
    if (bare.length === 0)
      return firstUnread
        ? unknown(subject, TAGS[firstUnread.kind], 'each tag of the networks, servers, databases and balancers')
        : { state: 'pass' };
    const read = made.length - unread.length;
    const signed = signs.find(({ sign }) => sign !== undefined);
    return {
      state: 'fail',
      message: signed ? 'some' : 'none',
      data: { account, n: bare.length, m: read },
      severity: signed ? 'low' : 'medium',
      proof: bare.map((one) => {
        const keys = Object.keys(one.tags ?? {}).sort();
        const carries = keys.length === 0 ? 'no tags at all' : `only the tags ${keys.join(', ')}`;
        return fact(one, '', `${nameAndId(one)} carries ${carries}`);
      }),
      related: bare,
    };
  },
  sources: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html',
    'https://www.pulumi.com/docs/iac/adopting-pulumi/import/',
  ],
  examples: {
    bad: tagged([{ Key: 'Name', Value: 'shop' }]),
    good: tagged([
      { Key: 'Name', Value: 'shop' },
      { Key: 'pulumi:project', Value: 'shop' },
    ]),
  },
});
