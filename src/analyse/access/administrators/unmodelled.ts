/**
 * The net under the table of escalations: a role may be passed to any service that its trust lets in, and AWS has more
 * services than the table. Where a principal may pass an administrator's role to one that no row knows, and may start
 * something there, "is no administrator" is not said.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
import type { Estate } from '../../../estate/estate.ts';
import type { Role, User } from '../../../estate/kinds/people.ts';
import type { Missing } from '../../verdict.ts';
import { missing } from '../attached.ts';
import { actionsOf, serviceNames } from '../catalog/catalog.ts';
import { evaluate } from '../evaluate.ts';
import { arnOf } from '../identity.ts';
import { TAKEOVERS } from './escalations.ts';
import { mayBeAble } from './needs.ts';

const passing = TAKEOVERS.filter(({ passedTo }) => passedTo !== undefined);
/** Service principals, and prefixes of actions, of the table's rows. */
const KNOWN = new Set(passing.map(({ passedTo }) => passedTo));
const ROWS = new Set(passing.flatMap(({ needs }) => needs.flat().map(({ action }) => action.split(':')[0] ?? '')));

/** Services that start machines with a role for EC2, beside those of the table. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'ec2.amazonaws.com': ['eks', 'elasticbeanstalk', 'gamelift', 'opsworks', 'pcs', 'emr-containers'],
};

const STARTS =
  /^(create|run|start|update|put|register|submit|launch|associate|modify|execute|import|deploy|provision|invoke)/i;

export function unmodelled(
  estate: Estate,
  principal: User | Role,
  administrators: readonly Role[],
): readonly Missing[] {
  if (!mayBeAble(estate, principal, PASS)) return [];
  const started = new Map<string, string | undefined>();
  for (const role of administrators) {
    if (role.account !== principal.account || role.id === principal.id) continue;
    for (const service of strangers(role)) {
      if (!started.has(service)) started.set(service, startedIn(estate, principal, service));
      const action = started.get(service);
      if (action && mayPass(estate, principal, role, service))
        return [
          missing(
            'iam:GetAccountAuthorizationDetails',
            `${principal.name} may pass the administrator's role ${role.name} to ${service} and may do ${action}: whether that runs something with the role is not known here; name the roles that it may pass`,
            role.id,
          ),
        ];
    }
  }
  return [];
}

const PASS = 'iam:PassRole';

const mayPass = (estate: Estate, principal: User | Role, role: Role, service: string): boolean =>
  mayBeAble(estate, principal, PASS, arnOf(role)) &&
  evaluate(estate, {
    principal: arnOf(principal),
    action: PASS,
    resource: arnOf(role),
    context: { 'iam:PassedToService': service },
  }).verdict !== 'no';

/** Services that the trust lets in and that the table does not know, or does not know all of. */
const strangers = (role: Role): readonly string[] => [
  ...new Set(
    [...(role.trust ?? '').matchAll(/"([a-z0-9.-]+\.amazonaws\.com(?:\.cn)?)"/gi)].flatMap(([, service = '']) =>
      KNOWN.has(service.toLowerCase()) && !Object.hasOwn(ALSO, service.toLowerCase()) ? [] : [service.toLowerCase()],
    ),
  ),
];

/** The prefixes of actions that may belong to a service's principal; all that no row knows where its name does not say. */
function prefixesOf(service: string): readonly string[] {
  const also = Object.hasOwn(ALSO, service) ? ALSO[service] : undefined;
  if (also) return also;
  const labels = new Set(service.replace(/\.amazonaws\.com(\.cn)?$/, '').split('.'));
  const named = serviceNames().filter((name) => labels.has(name));
  return named.length > 0
    ? named
    : serviceNames().filter((name) => !ROWS.has(name) && name !== 'iam' && name !== 'sts');
}

/** The first action that starts something there and that the principal may do. */
function startedIn(estate: Estate, principal: User | Role, service: string): string | undefined {
  for (const prefix of prefixesOf(service))
    for (const { action } of actionsOf(prefix)?.values() ?? [])
      if (
        STARTS.test(action.slice(prefix.length + 1)) &&
        mayBeAble(estate, principal, action) &&
        evaluate(estate, { principal: arnOf(principal), action, resource: '*' }).because !== 'explicitDeny'
      )
        return action;
  return undefined;
}
