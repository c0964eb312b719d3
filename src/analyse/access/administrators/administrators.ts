/**
 * Who is an administrator in effect, and by which shortest chain. Direct administrators first; then, round by round,
 * whoever can give itself everything or take over somebody found before.
 */
import type { Estate } from '../../../estate/estate.ts';
import { memoised } from '../../../estate/estate.ts';
import type { Role, User } from '../../../estate/kinds/people.ts';
import { recalled } from '../../../estate/memory.ts';
import type { Missing } from '../../verdict.ts';
import type { AccessAnswer, Condition, DecidingStatement } from '../answer.ts';
import { identityOf, principals } from '../identity.ts';
import { isServiceLinked } from '../layers.ts';
import { goodness, merge } from './combine.ts';
import { gapsOf } from './gaps.ts';
import { mayLift } from './lifting.ts';
import {
  type Attempts,
  attemptsOf,
  hasOnlyTrusts,
  type Link,
  promotion,
  takeover,
  trustsSomebody,
  worthTaken,
} from './links.ts';
import { makings } from './making.ts';
import { power } from './power.ts';
import { tagging, tagsOfSession, withSessionTags } from './tagging.ts';
import { unmodelled } from './unmodelled.ts';

/** How: by a policy of its own, by a group, by a NotAction that leaves everything else, or by way of others. */
export type Way = 'direct' | 'group' | 'notAction' | 'escalation';

export interface Administrator {
  readonly principal: User | Role;
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** Null for a no. */
  readonly way: Way | null;
  /** The steps from the principal to full power; empty for a direct administrator. */
  readonly chain: readonly Link[];
  readonly conditions: readonly Condition[];
  readonly statements: readonly DecidingStatement[];
  readonly missing: readonly Missing[];
  readonly assumptions: readonly string[];
}

const ownPower = recalled(
  (estate: Estate, principal: User | Role): AccessAnswer =>
    withSessionTags(estate, principal, power(estate, principal)),
);
const attemptsFor = recalled((estate: Estate, principal: User | Role): Attempts => attemptsOf(estate, principal));

/** Users and roles, in the estate's order, but for AWS's own service-linked roles. */
export const administrators = memoised((estate): readonly Administrator[] => {
  const all = principals(estate).filter((principal) => principal.kind === 'user' || !isServiceLinked(principal));
  const found = new Map<string, Administrator>();
  const powers = new Map(all.map((principal) => [principal.id, ownPower(estate, principal)]));
  const attemptsBy = (principal: User | Role): Attempts => attemptsFor(estate, principal);
  const onlyTrusted = (principal: User | Role): boolean => hasOnlyTrusts(estate, principal, attemptsBy(principal));
  const powerOf = (principal: User | Role): AccessAnswer => powers.get(principal.id) ?? power(estate, principal);

  for (const certainty of ['yes', 'unknown'] as const) {
    const fresh = new Map<string, Administrator>();
    for (const principal of all) {
      if (found.has(principal.id)) continue;
      const answer = powerOf(principal);
      const self = answer.verdict === certainty ? direct(principal, answer) : undefined;
      if (self) fresh.set(principal.id, self);
    }
    if (certainty === 'unknown') {
      const roles = all.flatMap((one) =>
        one.kind === 'role' && (found.has(one.id) || fresh.has(one.id)) ? [one] : [],
      );
      for (const principal of all) {
        if (found.has(principal.id) || fresh.has(principal.id)) continue;
        const missing = [
          ...gapsOf(estate, principal, attemptsBy(principal), (role) => found.has(role.id)),
          ...unmodelled(estate, principal, roles),
        ];
        if (missing.length > 0)
          fresh.set(principal.id, { ...none(principal), verdict: 'unknown', way: 'escalation', missing });
      }
      for (const [id, known] of found) fresh.set(id, known);
    }
    spread(estate, all, found, fresh, { certainty, attemptsBy, powerOf, onlyTrusted });
  }
  return all.map((principal) => found.get(principal.id) ?? none(principal));
});

interface Tools {
  readonly certainty: 'yes' | 'unknown';
  readonly attemptsBy: (principal: User | Role) => Attempts;
  readonly powerOf: (principal: User | Role) => AccessAnswer;
  readonly onlyTrusted: (principal: User | Role) => boolean;
}

/** Breadth first, so that the first chain found is a shortest one. */
function spread(
  estate: Estate,
  all: readonly (User | Role)[],
  found: Map<string, Administrator>,
  first: ReadonlyMap<string, Administrator>,
  tools: Tools,
): void {
  const byPrincipal = new Map<string, User | Role>(all.map((principal) => [principal.id, principal]));
  const accept = (round: ReadonlyMap<string, Administrator>): void => {
    for (const [id, administrator] of round) if (!found.has(id)) found.set(id, administrator);
  };
  accept(first);
  let frontier = [...first.keys()];
  for (let round = 1; round === 1 || round === 2 || frontier.length > 0; round++) {
    const targets = frontier.flatMap((id) => byPrincipal.get(id) ?? []);
    const trusting = targets.filter(trustsSomebody);
    const next = new Map<string, Administrator>();
    for (const principal of all) {
      if (found.has(principal.id)) continue;
      if (tools.certainty === 'yes' && mayBeDenied(estate, principal)) continue;
      const ways = [
        ...(round === 1 ? selfMade(estate, principal, tools) : []),
        ...(round === 2 ? detours(estate, principal, all, tools) : []),
        ...viaOthers(estate, principal, tools.onlyTrusted(principal) ? trusting : targets, found, tools),
      ];
      const chosen = pick(ways, tools.certainty);
      if (chosen) next.set(principal.id, chosen);
    }
    accept(next);
    frontier = [...next.keys()];
  }
}

/** A text that was not read may deny anything, so no step of such a principal can be proven. */
const mayBeDenied = (estate: Estate, principal: User | Role): boolean => {
  const { policies, boundary } = identityOf(estate, principal);
  return policies.missing.length > 0 || (boundary?.missing.length ?? 0) > 0;
};

/** Of chains of one length: a plain yes before a conditional one. */
function pick(ways: readonly Administrator[], certainty: 'yes' | 'unknown'): Administrator | undefined {
  const good = ways.filter((way) => way.verdict === 'yes' || certainty === 'unknown');
  return (
    good.find((way) => way.verdict === 'yes' && way.conditions.length === 0) ??
    good.find((way) => way.verdict === 'yes') ??
    good[0]
  );
}

function selfMade(estate: Estate, principal: User | Role, tools: Tools): readonly Administrator[] {
  const link = promotion(estate, principal, principal, tools.attemptsBy(principal));
  const links = [...(link ? [link] : []), ...makings(estate, principal), ...tagging(estate, principal)];
  return links.map((one) => chained(principal, [one], [one.answer]));
}

/** Give everything to somebody who is nobody yet, and take their place. */
function detours(
  estate: Estate,
  principal: User | Role,
  all: readonly (User | Role)[],
  tools: Tools,
): readonly Administrator[] {
  const attempts = tools.attemptsBy(principal);
  if (attempts.promotions.length === 0 && !mayLift(estate, principal)) return [];
  let best: Administrator | undefined;
  for (const target of all) {
    if (target.id === principal.id) continue;
    const given = promotion(estate, principal, target, attempts);
    const taken = given && takeover(estate, principal, target, attempts);
    if (!given || !taken) continue;
    const way = chained(principal, [given, taken], [given.answer, taken.answer]);
    if (!best || goodness(way) > goodness(best)) best = way;
    if (goodness(way) === 3) break;
  }
  return best ? [best] : [];
}

function viaOthers(
  estate: Estate,
  principal: User | Role,
  targets: readonly (User | Role)[],
  found: ReadonlyMap<string, Administrator>,
  tools: Tools,
): readonly Administrator[] {
  const attempts = tools.attemptsBy(principal);
  let best: Administrator | undefined;
  for (const target of targets) {
    const link = takeover(estate, principal, target, attempts);
    const rest = link && found.get(target.id);
    if (!link || !rest) continue;
    const direct = rest.way !== 'escalation';
    const tags = tagsOfSession(estate, principal, target, link.by, direct ? tools.powerOf(target) : answerOf(rest));
    if (tags.verdict === 'no') continue;
    const worth = worthTaken(estate, target, link.by, direct ? tools.powerOf(target) : answerOf(rest), direct);
    if (worth.verdict === 'no') continue;
    const way = chained(principal, [link, ...rest.chain], [link.answer, tags, worth]);
    if (!best || goodness(way) > goodness(best)) best = way;
    if (goodness(way) === 3) break;
  }
  return best ? [best] : [];
}

function chained(principal: User | Role, chain: readonly Link[], answers: readonly AccessAnswer[]): Administrator {
  return { principal, way: 'escalation', chain, ...fields(merge(answers)) };
}

type Fields = Pick<AccessAnswer, 'verdict' | 'conditions' | 'statements' | 'missing' | 'assumptions'>;

const fields = ({ verdict, conditions, statements, missing, assumptions }: Fields): Fields => ({
  verdict,
  conditions,
  statements,
  missing,
  assumptions,
});

const answerOf = (administrator: Administrator): AccessAnswer => ({
  ...fields(administrator),
  chain: [],
  because: 'allowed',
});

function direct(principal: User | Role, answer: AccessAnswer): Administrator {
  const allows = answer.statements.filter(
    (statement) => statement.effect === 'Allow' && ['inline', 'managed'].includes(statement.type),
  );
  const byGroup = allows.length > 0 && allows.every((statement) => statement.holder !== principal.id);
  const trick = allows.length > 0 && allows.every((statement) => statement.notAction);
  return { principal, way: trick ? 'notAction' : byGroup ? 'group' : 'direct', chain: [], ...fields(answer) };
}

const none = (principal: User | Role): Administrator => ({
  principal,
  verdict: 'no',
  way: null,
  chain: [],
  conditions: [],
  statements: [],
  missing: [],
  assumptions: [],
});
