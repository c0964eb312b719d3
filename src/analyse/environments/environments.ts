/**
 * Which environment (production, staging, development …) a resource belongs to, with the evidence for it.
 *
 * In this order: a tag that says so; its name; what holds it (its cluster, its VPC, its account); the one environment of
 * everything that talks to it. Nothing of these: the resource is not in the answer, its environment is unknown.
 * Evidence of the same strength that disagrees decides nothing and is listed as a conflict.
 * Separate environments belong in separate accounts:
 * https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/organizing-your-aws-environment.html
 */
import type { Estate } from '../../estate/estate.ts';
import { all, byId, memoised } from '../../estate/estate.ts';
import type { Id } from '../../estate/ids.ts';
import { oncePer } from '../../estate/once.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Hop } from '../verdict.ts';
import { containersOf } from './containers.ts';
import { type Environment, environmentsIn, isEnvironmentTag } from './words.ts';

export type { Environment } from './words.ts';

export const ENVIRONMENT_CODES = {
  'environment-tag': 'A tag names the environment.',
  'environment-name': 'The name has a word that marks an environment.',
  'environment-of-container': 'What holds it is of the environment.',
  'environment-of-peers': 'Everything that it talks with is of the environment.',
} as const;

export interface EnvironmentClaim {
  readonly environment: Environment;
  readonly because: Hop;
  /** Weaker evidence that says otherwise: a development database in the production network. */
  readonly contrary: readonly { readonly environment: Environment; readonly because: Hop }[];
}

export interface EnvironmentConflict {
  readonly resource: Id;
  readonly evidence: readonly { readonly environment: Environment; readonly because: Hop }[];
}

export interface Environments {
  readonly of: ReadonlyMap<Id, EnvironmentClaim>;
  /** Resources whose own evidence disagrees with itself. They are not in `of`. */
  readonly conflicts: readonly EnvironmentConflict[];
}

interface Evidence {
  readonly environment: Environment;
  readonly because: Hop;
}

function tagEvidence(resource: Resource): readonly Evidence[] {
  const evidence = new Map<Environment, Evidence>();
  for (const key of Object.keys(resource.tags ?? {}).sort()) {
    if (!isEnvironmentTag(key)) continue;
    for (const { environment } of environmentsIn(resource.tags?.[key] ?? '', 'tag')) {
      if (evidence.has(environment)) continue;
      const detail = `Its tag ${key} is “${resource.tags?.[key]}”.`;
      evidence.set(environment, {
        environment,
        because: { resource: resource.id, by: key, code: 'environment-tag', detail, provenance: resource.source },
      });
    }
  }
  return [...evidence.values()];
}

/** The texts people name it by. An AWS managed policy or service role is not theirs. */
function namesOf(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'account':
      return resource.aliases ?? [];
    case 'policy':
      return resource.awsManaged ? [] : [resource.name];
    case 'dnsRecord':
      return [resource.host];
    case 'instanceType':
    case 'region':
    case 'zone':
      return [];
    default:
      return [resource.name];
  }
}

function nameEvidence(resource: Resource): readonly Evidence[] {
  const evidence = new Map<Environment, Evidence>();
  for (const name of namesOf(resource)) {
    for (const { environment, word } of environmentsIn(name, 'name')) {
      if (evidence.has(environment)) continue;
      const detail = `Its name “${name}” has the word “${word}”.`;
      evidence.set(environment, {
        environment,
        because: { resource: resource.id, by: word, code: 'environment-name', detail, provenance: resource.source },
      });
    }
  }
  return [...evidence.values()];
}

/** What a resource says of itself. */
const ownEvidence = oncePer((resource: Resource) => ({ tags: tagEvidence(resource), names: nameEvidence(resource) }));

export const environmentsOf: (estate: Estate) => Environments = memoised((estate) => {
  const claims = new Map<Id, EnvironmentClaim | null>();
  const conflicts: EnvironmentConflict[] = [];
  const accounts = new Map(all(estate, 'account').map((account) => [account.account as string, account]));

  function claimOf(resource: Resource): EnvironmentClaim | null {
    const known = claims.get(resource.id);
    if (known !== undefined) return known;
    claims.set(resource.id, null); // a cycle of containers ends here
    const claim = own(resource) ?? null;
    claims.set(resource.id, claim);
    return claim;
  }

  function own(resource: Resource): EnvironmentClaim | undefined {
    const { tags, names } = ownEvidence(resource);
    const strongest = tags.length > 0 ? tags : names;
    const inherited = inheritedOf(resource);
    if (strongest.length > 1) {
      conflicts.push({ resource: resource.id, evidence: strongest });
      return undefined;
    }
    const [first] = strongest;
    if (first === undefined) return inherited;
    const weaker = [...(strongest === tags ? names : []), ...(inherited ? [inherited] : [])];
    const contrary = weaker.filter((other) => other.environment !== first.environment);
    return {
      environment: first.environment,
      because: first.because,
      contrary: contrary.map(({ environment, because }) => ({ environment, because })),
    };
  }

  function inheritedOf(resource: Resource): EnvironmentClaim | undefined {
    for (const container of containersOf(estate, resource)) {
      const claim = claimOf(container);
      if (claim) return within(resource, container, claim.environment);
    }
    const account = resource.kind === 'account' ? undefined : accounts.get(resource.account);
    const claim = account && claimOf(account);
    return account && claim ? within(resource, account, claim.environment) : undefined;
  }

  for (const resource of estate.resources) claimOf(resource);
  byPeers(estate, claims, new Set(conflicts.map((conflict) => conflict.resource)));

  const decided = new Map<Id, EnvironmentClaim>();
  for (const resource of estate.resources) {
    const claim = claims.get(resource.id);
    if (claim) decided.set(resource.id, claim);
  }
  conflicts.sort((a, b) => (a.resource < b.resource ? -1 : a.resource > b.resource ? 1 : 0));
  return { of: decided, conflicts };
});

function within(resource: Resource, container: Resource, environment: Environment): EnvironmentClaim {
  const detail = `It is part of ${container.kind} ${container.name}, which is ${environment}.`;
  const because: Hop = {
    resource: resource.id,
    by: container.id,
    code: 'environment-of-container',
    detail,
    provenance: resource.source,
  };
  return { environment, because, contrary: [] };
}

/** One step only: what is known by its peers does not make its own peers known. */
function byPeers(estate: Estate, claims: Map<Id, EnvironmentClaim | null>, disputed: ReadonlySet<Id>): void {
  const peers = new Map<Id, Set<Id>>();
  const join = (a: Id, b: Id): void => {
    if (claims.get(a) || disputed.has(a)) return;
    const list = peers.get(a);
    if (list) list.add(b);
    else peers.set(a, new Set([b]));
  };
  for (const { from, to } of estate.flows) {
    if (from.type !== 'resource' || to.type !== 'resource') continue;
    join(from.id, to.id);
    join(to.id, from.id);
  }
  const found: [Id, EnvironmentClaim][] = [];
  for (const [resource, others] of peers) {
    const environments = new Set([...others].map((other) => claims.get(other)?.environment));
    const [environment] = environments;
    if (environments.size !== 1 || environment === undefined || !byId(estate, resource)) continue;
    const names = [...others].map((other) => byId(estate, other)?.name ?? other).sort();
    const because: Hop = {
      resource,
      by: '',
      code: 'environment-of-peers',
      detail: `All that it talks with is ${environment}: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}.`,
    };
    found.push([resource, { environment, because, contrary: [] }]);
  }
  for (const [resource, claim] of found) claims.set(resource, claim);
}

/** The environment of each resource for which there is evidence; who is not in the map is unknown. */
export const environmentOf = (estate: Estate): ReadonlyMap<Id, EnvironmentClaim> => environmentsOf(estate).of;
