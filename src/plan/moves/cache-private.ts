import { isPublic } from '../../analyse/internet/subnets.ts';
import { all, find } from '../../estate/estate.ts';
import type { Subnet } from '../../estate/kinds/network.ts';
import type { Move, Refusal } from '../move.ts';
import { standAlone, subnetsOf } from '../structure/databases.ts';
import { flips, isHeld, privateTable, publicOnes } from '../structure/route-flip.ts';

export const move: Move = {
  name: 'cache-private',
  title: 'Caches leave the public subnets',
  about: 'What shares a subnet with a cache is private too, and no route from the internet leads there.',
  scope: 'environment',
  risk: 'closing',
  preconditions: [
    'a private route table with a way out in the VPC',
    'nothing in the subnets of the cache needs the internet gateway',
  ],
  undo: 'the old route table again, in seconds',
  sources: [
    {
      claim: 'the nodes of a cache have private addresses only, so they lose nothing with the public route',
      url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/accessing-elasticache.html',
      certainty: 'documented',
    },
    {
      claim: 'a group of caches cannot be given another subnet group, but its subnets can turn private where they are',
      url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html',
      certainty: 'composed',
    },
  ],
  propose: (context) => {
    const { estate, scope, preferences } = context;
    const refusals: Omit<Refusal, 'move' | 'environment'>[] = [];
    const found: Subnet[] = [];
    const names: string[] = [];
    for (const cache of all(estate, 'cache')) {
      if (!scope.holds(cache)) continue;
      const subnets = find(estate, cache.subnetGroup)?.subnets?.map((ref) => find(estate, ref));
      if (!subnets || subnets.some((one) => one === undefined || isPublic(estate, one).answer === 'unknown')) {
        refusals.push({
          subject: cache.id,
          because: `Whether the subnets of ${cache.name} are public is not known.`,
          change:
            'Collect elasticache:DescribeCacheSubnetGroups, ec2:DescribeSubnets, ec2:DescribeRouteTables and ec2:DescribeInternetGateways.',
        });
        continue;
      }
      const open = publicOnes(
        estate,
        subnets.flatMap((one) => (one ? [one] : [])),
      );
      if (open.length > 0) names.push(cache.name);
      found.push(...open);
    }
    const subnets = publicOnes(estate, found);
    if (subnets.length === 0) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
    const flipping = preferences.databasePrivate !== 'failover';
    const shared = standAlone(context).filter((one) =>
      subnetsOf(estate, one)?.some(({ id }) => subnets.some((subnet) => subnet.id === id)),
    );
    if (flipping && shared.length > 0)
      return {
        state: 'waits',
        for: `the subnets of ${shared.map(({ name }) => name).join(', ')}, which turn private with it`,
      };
    const bare = subnets.find((subnet) => privateTable(estate, subnet) === undefined);
    if (bare) return { state: 'waits', for: `a private route table with a way out in the VPC of ${bare.name}` };
    const foreign = subnets.filter((subnet) => !isHeld(context, subnet));
    if (foreign.length > 0)
      return {
        state: 'refused',
        refusals: foreign.map(({ id, name }) => ({
          subject: id,
          because: `The route table association of ${name} is not under the program's care.`,
          change: 'Collect ec2:DescribeRouteTables.',
        })),
      };
    return { state: 'ready', steps: flips(context, move.name, subnets, names.join(', ')), refusals };
  },
};
