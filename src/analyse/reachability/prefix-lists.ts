/** What a prefix list stands for. */
import { find } from '../../estate/estate.ts';
import type { PrefixList } from '../../estate/kinds/network.ts';
import { addressSetOf, INTERNET, NO_ADDRESSES } from '../../estate/sets/index.ts';
import type { Ref } from '../../estate/source.ts';
import type { Addresses } from './admission.ts';
import { CLOUDFRONT_LIST, lacking, type Network } from './network.ts';

export interface ListFacts extends Addresses {
  readonly name: string;
  /** Set for AWS's own lists, of which we know whose addresses they are even where the entries were not read. */
  readonly service: string | undefined;
}

interface Place {
  readonly id: string;
  readonly account: string;
  readonly region: string;
}

/** `holder` is the resource that refers to the list. */
export function listFacts(network: Network, ref: Ref<'prefixList'>, holder: Place): ListFacts {
  const list: PrefixList | undefined = find(network.estate, ref);
  const known = list?.cidrs === undefined ? undefined : addressSetOf(list.cidrs);
  const service = serviceOf(list?.listName);
  const name = list?.listName ?? ref.id;
  if (known) return { name, service, sure: known, maybe: known, missing: [] };
  // AWS's own lists hold addresses of AWS alone: a stranger is never among them (docs: "AWS-managed prefix lists").
  if (service !== undefined) return { name, service, sure: NO_ADDRESSES, maybe: NO_ADDRESSES, missing: [] };
  const operation = list === undefined ? 'ec2:DescribeManagedPrefixLists' : 'ec2:GetManagedPrefixListEntries';
  return {
    name,
    service: undefined,
    sure: NO_ADDRESSES,
    maybe: ANYWHERE,
    missing: [lacking(network, operation, { ...holder, id: ref.id }, 'the entries of the prefix list')],
  };
}

const ANYWHERE = addressSetOf(['0.0.0.0/0', '::/0']) ?? INTERNET;

function serviceOf(listName: string | undefined): string | undefined {
  if (listName === CLOUDFRONT_LIST) return 'cloudfront';
  return listName?.startsWith('com.amazonaws.') ? listName.split('.').at(-1) : undefined;
}
