/** Which subnets of a list are public: their route tables lead to an attached internet gateway. */
import { type Estate, findOf, memoised } from '../../estate/estate.ts';
import type { Subnet } from '../../estate/kinds/network.ts';
import type { Ref } from '../../estate/source.ts';
import { publicSubnet } from '../reachability/index.ts';
import type { Hop, Missing, Verdict } from '../verdict.ts';

const verdicts = memoised(() => new Map<string, Verdict>());

/** Asked once a subnet. */
export function isPublic(estate: Estate, subnet: Subnet): Verdict {
  const known = verdicts(estate);
  const verdict = known.get(subnet.id) ?? told(subnet) ?? publicSubnet(estate, subnet);
  known.set(subnet.id, verdict);
  return verdict;
}

/** Without its id or its VPC, nothing can be known of a subnet's route table and gateway. */
const told = (subnet: Subnet): Verdict | undefined =>
  subnet.vpc.id.startsWith('vpc-') && subnet.id.startsWith('subnet-')
    ? undefined
    : {
        answer: 'unknown',
        missing: [
          {
            operation: 'ec2:DescribeSubnets',
            reason: 'the id or the VPC of a subnet is not in the answer',
            resource: subnet.id,
          },
        ],
        assumptions: [],
      };

export interface SubnetsTold {
  readonly open: readonly { readonly subnet: Subnet; readonly proof: readonly Hop[] }[];
  readonly closed: readonly Subnet[];
  /** What would tell of the others. */
  readonly missing: readonly Missing[];
}

/** Sorts subnets by whether they are public. */
export function tellSubnets(estate: Estate, refs: readonly Ref<'subnet'>[]): SubnetsTold {
  const open: SubnetsTold['open'][number][] = [];
  const closed: Subnet[] = [];
  const missing: Missing[] = [];
  for (const id of [...new Set(refs.map((ref) => ref.id))].sort()) {
    const subnet = findOf(estate, 'subnet', id);
    if (subnet === undefined) {
      missing.push({
        operation: 'ec2:DescribeSubnets',
        reason: 'a subnet that is in use is not in the input',
        resource: id,
      });
      continue;
    }
    const verdict = isPublic(estate, subnet);
    if (verdict.answer === 'yes') open.push({ subnet, proof: verdict.proof });
    else if (verdict.answer === 'no') closed.push(subnet);
    else missing.push(...verdict.missing);
  }
  return { open, closed, missing };
}

/** `shop-a (subnet-…) and shop-b (subnet-…)`; with many, the first ones and how many more. */
export function subnetsText(subnets: readonly Subnet[]): string {
  const texts = subnets.map((subnet) => (subnet.name === subnet.id ? subnet.id : `${subnet.name} (${subnet.id})`));
  return texts.length > 2 ? `${texts[0]} and ${texts.length - 1} more` : texts.join(' and ');
}
