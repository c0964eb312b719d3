/**
 * What the input would have to list before "is no administrator" may be said: a role that was not read may be the one
 * that a principal can take (its trust alone can let it in), a function that was not read the one that carries it.
 */
import { statusOf } from '../../../estate/coverage.ts';
import type { Estate } from '../../../estate/estate.ts';
import { all, memoised } from '../../../estate/estate.ts';
import type { Role, User } from '../../../estate/kinds/people.ts';
import type { Missing } from '../../verdict.ts';
import { missing } from '../attached.ts';
import { evaluate } from '../evaluate.ts';
import { arnOf } from '../identity.ts';
import { RUN_BY, type Takeover } from './escalation.ts';
import type { Attempts } from './links.ts';

/** Each kind is listed by any of these. */
const LISTED = {
  role: ['iam:GetAccountAuthorizationDetails', 'iam:ListRoles'],
  user: ['iam:GetAccountAuthorizationDetails', 'iam:ListUsers'],
  function: ['lambda:ListFunctions'],
  instance: ['ec2:DescribeInstances'],
  service: ['ecs:ListServices', 'ecs:DescribeServices'],
} as const;

const cache = memoised(() => new Map<string, boolean>());

function listed(estate: Estate, kind: keyof typeof LISTED, account: string): boolean {
  const key = `${kind} ${account}`;
  const known = cache(estate).get(key);
  if (known !== undefined) return known;
  const answer = LISTED[kind].some((operation) => statusOf(estate.coverage, operation, { account }) === 'read');
  cache(estate).set(key, answer);
  return answer;
}

const told = (kind: keyof typeof LISTED, what: string): Missing => missing(LISTED[kind][0], what);

/**
 * @param administers Whether a role is known to be an administrator: only what may carry one matters, or may carry any
 * role at all when the principal can make it one.
 */
export function gapsOf(
  estate: Estate,
  principal: User | Role,
  attempts: Attempts,
  administers: (role: Role) => boolean,
): readonly Missing[] {
  const { account } = principal;
  const promotes = attempts.promotions.some((promotion) => promotion.target === 'role');
  const mayCarry = (role: Role): boolean => role.account === account && (promotes || administers(role));
  const gaps = new Map<string, Missing>();
  for (const takeover of attempts.takeovers) {
    if (!listed(estate, takeover.target, account))
      gaps.set(
        takeover.target,
        told(takeover.target, `the ${takeover.target}s that ${principal.name} could take over were not all listed`),
      );
    else if (takeover.carrier && !listed(estate, takeover.carrier, account) && someCarried(estate, takeover, mayCarry))
      gaps.set(
        takeover.carrier,
        told(takeover.carrier, `whether a ${takeover.carrier} runs with an administrator's role was not read`),
      );
  }
  return [...gaps.values()];
}

const someCarried = (estate: Estate, { carrier }: Takeover, mayCarry: (role: Role) => boolean): boolean =>
  carrier !== undefined &&
  all(estate, 'role').some((role) => mayCarry(role) && carriable(estate, role).has(RUN_BY[carrier]));

const trusts = memoised(() => new Map<string, ReadonlySet<string>>());

/** The services of the table that a role lets in. */
function carriable(estate: Estate, role: Role): ReadonlySet<string> {
  let known = trusts(estate).get(role.id);
  if (!known) {
    const resource = arnOf(role);
    const services = Object.values(RUN_BY).filter(
      (principal) => evaluate(estate, { principal, action: 'sts:AssumeRole', resource }).verdict !== 'no',
    );
    known = new Set(services);
    trusts(estate).set(role.id, known);
  }
  return known;
}
