import type { DataMap } from '../../../blueprint/declared/declaration.ts';
import {
  ATTACHMENT,
  ROLE,
  ROLE_POLICY,
  type ServiceRoleArgs,
  serviceRole,
  trustOf,
} from '../../../blueprint/declared/service-role.ts';
import { gathered, type Kind, kind, ofType, textOf } from './kind.ts';

export const serviceRoleKind: Kind = kind<ServiceRoleArgs>({
  name: 'ServiceRole',
  form: 'component',
  find: (things) => {
    const own = new Set(things.flatMap(({ type, name }) => (type === ROLE ? [name] : [])));
    return gathered(things, ({ type, name }) => {
      if (type === ROLE) return name;
      if (type === ROLE_POLICY) return own.has(name.replace(/-policy$/, '')) ? name.replace(/-policy$/, '') : undefined;
      // the last word is the policy's
      const of = name.slice(0, name.lastIndexOf('-'));
      return type === ATTACHMENT && own.has(of) ? of : undefined;
    }).filter(({ name }) => own.has(name));
  },
  args: (name, children) => {
    const [role] = ofType(children, ROLE);
    const [policy] = ofType(children, ROLE_POLICY);
    const trust = statementsOf(textOf(role, 'assumeRolePolicy'));
    const may = statementsOf(textOf(policy, 'policy'));
    if (role === undefined || trust === undefined || (policy !== undefined && may === undefined)) return undefined;
    const called = textOf(role, 'name');
    const service = serviceIn(trust);
    const lasts = role.properties.maxSessionDuration;
    const policyName = textOf(policy, 'name');
    return {
      name: called === name ? undefined : called,
      description: textOf(role, 'description'),
      ...(service === undefined ? { trust } : { service }),
      may,
      policyName: policyName === 'what-it-uses' ? undefined : policyName,
      managed: ofType(children, ATTACHMENT).map((one) => (textOf(one, 'policyArn') ?? '').replace(/^.*?policy\//, '')),
      maxSessionDuration: typeof lasts === 'number' ? lasts : undefined,
    };
  },
  declares: (name, args) => serviceRole(name, args),
  defaults: () => ({ managed: [] }),
  reach: (_name, { type }, output) =>
    type !== ROLE ? undefined : ['id', 'arn', 'name'].includes(output) ? `.${output}` : `.role.${output}`,
});

/** Undefined where the text is no policy of this form, or would be another when written again. */
export function statementsOf(text: string | undefined): readonly DataMap[] | undefined {
  if (text === undefined) return undefined;
  try {
    const { Version, Statement, ...more } = JSON.parse(text);
    const plain = Version === '2012-10-17' && Array.isArray(Statement) && Object.keys(more).length === 0;
    return plain ? Statement : undefined;
  } catch {
    return undefined;
  }
}

function serviceIn(trust: readonly DataMap[]): string | undefined {
  const [one, ...more] = trust;
  const principal = one?.Principal;
  const service = typeof principal === 'object' && 'Service' in principal ? principal.Service : undefined;
  return more.length === 0 && typeof service === 'string' && JSON.stringify(trustOf(service)) === JSON.stringify(one)
    ? service
    : undefined;
}
