/** Whole services that a role may use without limit: `sqs:*` on every resource, nothing taken away again. */
import type { Estate } from '../../estate/estate.ts';
import type { Role } from '../../estate/kinds/people.ts';
import { serviceNames } from '../access/catalog/catalog.ts';
import { evaluate } from '../access/evaluate.ts';
import { arnOf, identityOf } from '../access/identity.ts';
import { actionMatches } from '../access/meet.ts';
import { matchesResource, parseArn } from '../access/policy/arn.ts';
import { instance, isEverything, matches, type Pattern, parsePattern } from '../access/policy/pattern.ts';
import type { Statement } from '../access/policy/statement.ts';
import type { Hop, Missing } from '../verdict.ts';

export interface Wildcards {
  /** Service prefixes, sorted. */
  readonly services: readonly string[];
  readonly proof: readonly Hop[];
  readonly missing: readonly Missing[];
}

/** An action and a resource that no policy names: only a wildcard allows them. */
const PROBE = 'UnderpinProbe';

export function wildcardServices(estate: Estate, role: Role): Wildcards {
  const { policies, missing, mayOnlyAllow } = identityOf(estate, role).policies;
  const tried = new Map<string, Set<string>>();
  for (const { document } of policies)
    for (const statement of document.statements)
      for (const service of servicesOf(statement))
        for (const resource of placesOf(statement, service, role)) {
          const places = tried.get(service) ?? new Set();
          tried.set(service, places.add(resource));
        }
  const services: string[] = [];
  const proof = new Map<string, Hop>();
  const unread: Missing[] = [...missing, ...mayOnlyAllow.map((item) => item.missing)];
  for (const [service, places] of [...tried].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const resource of places) {
      const answer = evaluate(estate, {
        principal: arnOf(role),
        action: `${service}:${PROBE}`,
        resource,
        // Every client of AWS fulfils the second, so a condition that asks for it takes nothing away.
        context: { 'aws:RequestedRegion': { anyOf: [] }, 'aws:SecureTransport': 'true' },
      });
      if (answer.verdict === 'unknown') unread.push(...answer.missing);
      if (answer.verdict !== 'yes' || answer.conditions.length > 0) continue;
      services.push(service);
      for (const hop of answer.chain) proof.set(`${hop.resource} ${hop.by}`, hop);
      break;
    }
  return { services, proof: [...proof.values()], missing: unread };
}

/** The services of which an Allow covers an action that nobody names: all but the excluded ones for a NotAction. */
function servicesOf({ effect, actions }: Statement): readonly string[] {
  if (effect === 'Deny') return [];
  const covers = (service: string): boolean => actionMatches(actions, `${service}:${PROBE.toLowerCase()}`);
  if (actions.not || actions.items.some(({ text }) => /[*?]/.test(text.split(':')[0] ?? '')))
    return serviceNames().filter(covers);
  return [...new Set(actions.items.flatMap(({ text }) => text.toLowerCase().split(':')[0] ?? []))].filter(covers);
}

/** Some resource of the service that stands for all of them; none where the statement is about some resources only. */
function placesOf({ resources }: Statement, service: string, role: Role): readonly string[] {
  const region = role.region === 'global' ? 'us-east-1' : role.region;
  const any = `arn:aws:${service}:${region}:${role.account}:${PROBE}`;
  if (!resources || resources.not || resources.items.some(isEverything)) return [any];
  return resources.items.flatMap((pattern) => wholly(pattern, service, region, role.account));
}

/**
 * An ARN that says nothing but the service, the account and perhaps the kind: every queue, every table. The part after
 * the kind's name must be a wildcard alone; of S3 no kind is written, so a name before a slash is a bucket's.
 */
function wholly(pattern: Pattern, service: string, region: string, account: string): readonly string[] {
  const written = parseArn(pattern.text);
  const any = `arn:aws:${service}:${region}:${account}:${PROBE}`;
  // `arn:aws:s3:*`: a wildcard at the end runs on over what is not written.
  if (!written) return matchesResource(pattern.tokens, any) ? [any] : [];
  const own = (part: string, whole: string): boolean => part === '' || /^\*+$/.test(part) || part === whole;
  const kind = service === 's3' ? /^\*+(\/\*+)?$/ : /^(?:[A-Za-z-]+[:/])?\*[*:/]*$/;
  if (!matches(parsePattern(written.service, false).tokens, service)) return [];
  if (!own(written.account, account) || !kind.test(written.resource)) return [];
  const concrete = parseArn(instance(pattern, PROBE));
  if (!concrete) return [];
  const place = concrete.region === PROBE ? region : concrete.region;
  const owner = concrete.account === PROBE ? account : concrete.account;
  return [`arn:aws:${service}:${place}:${owner}:${concrete.resource}`];
}
