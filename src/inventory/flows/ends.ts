/** What an end of a declared flow stands for. */
import { all, byId, type Estate, memoised } from '../../estate/estate.ts';
import type { FlowEnd } from '../../estate/flow.ts';
import type { Kind, Resource } from '../../estate/resource.ts';
import { parseCidr } from '../../estate/sets/index.ts';
import { isArn } from '../ids.ts';
import { UserError } from '../user-error.ts';
import { isAddress } from './addresses.ts';
import { kindWord, shortId, toHost, toResource, toService } from './make.ts';
import { resolveHost } from './resolve.ts';

export interface Place {
  readonly file: string;
  /** `line:column` */
  readonly path: string;
}

export type DeclaredEnd = string | { readonly people: readonly string[] } | { readonly internet: readonly string[] };

/** Kinds that can be an end of a connection. Subnets, groups and roles have names too, but nobody connects to them. */
const ENDS: readonly Kind[] = [
  'ecsService',
  'ecsTask',
  'function',
  'instance',
  'autoScalingGroup',
  'loadBalancer',
  'database',
  'databaseCluster',
  'cache',
  'bucket',
  'table',
  'queue',
  'topic',
  'secret',
  'distribution',
  'networkInterface',
  'natGateway',
  'vpcEndpoint',
];

/** The end that a name, id, ARN, host, block or keyword stands for; throws `UserError` for none or more than one. */
export function endOf(estate: Estate, declared: DeclaredEnd, place: Place): FlowEnd {
  if (typeof declared !== 'string')
    return 'people' in declared
      ? { type: 'people', cidrs: declared.people.map((block) => blockOf(block, place)) }
      : { type: 'internet', cidrs: declared.internet.map((block) => blockOf(block, place)) };
  if (declared === 'internet' || declared === 'people') return { type: declared };
  const exact = byId(estate, declared);
  if (exact) return toResource(exact);
  const candidates = named(estate).get(declared.toLowerCase()) ?? [];
  const [only, ...others] = candidates;
  if (only && others.length === 0) return toResource(only);
  if (others.length > 0)
    throw new UserError(`${declared} is the name of ${candidates.length} resources`, {
      ...place,
      expected: `one of ${candidates.map((resource) => resource.id).join(', ')}`,
      fix: 'write the id or ARN instead of the name',
    });
  return outside(estate, declared) ?? unknownEnd(declared, place);
}

function outside(estate: Estate, declared: string): FlowEnd | undefined {
  const [, service, region] = /^aws\/([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(declared) ?? [];
  if (service !== undefined && region !== undefined) return toService(service, region);
  if (declared.includes('/') && parseCidr(declared)) return { type: 'internet', cidrs: [declared] };
  const host = declared.toLowerCase().replace(/^host\//, '');
  return isAddress(host) || /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(host)
    ? (insideAddress(estate, host) ?? toHost(host))
    : undefined;
}

/** Where the zones that were read lead the name to one address that nothing of the input has: that address says by which way. */
function insideAddress(estate: Estate, host: string): FlowEnd | undefined {
  const [only, ...others] = resolveHost(estate, host, { account: '', region: '', vpc: undefined });
  return others.length === 0 && only?.end.type === 'host' && isAddress(only.end.host) ? only.end : undefined;
}

function unknownEnd(declared: string, place: Place): never {
  throw new UserError(
    isArn(declared) ? `${declared} is not in the input` : `nothing in the input has the name or id ${declared}`,
    {
      ...place,
      expected: 'an id, ARN or name of the input, a host such as api.example.com, a CIDR block, internet or people',
      fix: 'check the spelling; a thing that the input does not hold can be named by its host',
    },
  );
}

function blockOf(block: string, place: Place): string {
  if (parseCidr(block)) return block;
  throw new UserError(`${block} is no CIDR block`, {
    ...place,
    expected: 'a block such as 203.0.113.0/24',
    fix: 'write the block with its prefix length',
  });
}

/** Resources by every name a person may use: `web`, `shop/web`, `service/shop/web`, `service/web`. */
const named = memoised((estate): ReadonlyMap<string, readonly Resource[]> => {
  const index = new Map<string, Resource[]>();
  for (const kind of ENDS)
    for (const resource of all(estate, kind) as readonly Resource[]) {
      const short = shortId(resource.id);
      const word = kindWord(kind);
      const names = [resource.name, short, `${word}/${resource.name}`, `${word}/${short}`];
      for (const name of new Set(names.map((each) => each.toLowerCase()))) {
        const list = index.get(name);
        if (list) list.push(resource);
        else index.set(name, [resource]);
      }
    }
  return index;
});
