/**
 * The actions that AWS has, from its Service Authorization Reference: to expand wildcards, to know which actions take
 * no resource, and to notice a misspelt one. A service's list is taken apart when it is first asked for.
 */
import { matches, parsePattern } from '../policy/pattern.ts';
import { ACTIONS } from './actions.ts';

export interface CatalogAction {
  /** As AWS writes it: `sqs:SendMessage`. */
  readonly action: string;
  /** Whether a policy can limit it to certain resources. */
  readonly takesResource: boolean;
}

const services = new Map<string, ReadonlyMap<string, CatalogAction>>();

/** Lower-case action names of a service; undefined for a prefix that AWS does not have. */
export function actionsOf(service: string): ReadonlyMap<string, CatalogAction> | undefined {
  const prefix = service.toLowerCase();
  const known = services.get(prefix);
  if (known) return known;
  const list = Object.hasOwn(ACTIONS, prefix) ? ACTIONS[prefix] : undefined;
  if (list === undefined) return undefined;
  const actions = new Map(
    list.split(' ').map((entry) => {
      const name = entry.replace('*', '');
      return [name.toLowerCase(), { action: `${prefix}:${name}`, takesResource: !entry.endsWith('*') }];
    }),
  );
  services.set(prefix, actions);
  return actions;
}

export const serviceNames = (): readonly string[] => Object.keys(ACTIONS);

/** The action of a name in any case; undefined when AWS has none. */
export function findAction(text: string): CatalogAction | undefined {
  const [service = '', name = ''] = text.split(':');
  return actionsOf(service)?.get(name.toLowerCase());
}

/** Every action that a pattern covers, in the order of AWS's own list. `*` alone is every action there is. */
export function expandAction(pattern: string): readonly CatalogAction[] {
  const colon = pattern.indexOf(':');
  const [service, name] = colon < 0 ? [pattern, '*'] : [pattern.slice(0, colon), pattern.slice(colon + 1)];
  const tokens = parsePattern(name.toLowerCase(), false).tokens;
  const prefixes = /[*?]/.test(service)
    ? serviceNames().filter((prefix) => matches(parsePattern(service.toLowerCase(), false).tokens, prefix))
    : [service];
  const found: CatalogAction[] = [];
  for (const prefix of prefixes) {
    const actions = actionsOf(prefix);
    const named = actions?.get(name.toLowerCase());
    // an action has neither star nor question mark in its name
    if (named) found.push(named);
    else if (/[*?]/.test(name))
      actions?.forEach((action, lower) => {
        if (matches(tokens, lower)) found.push(action);
      });
  }
  return found;
}

/** The action that was probably meant: the nearest by single letters, when it is near enough. */
export function nearestAction(text: string): string | undefined {
  const [service = '', name = ''] = text.split(':');
  const lower = name.toLowerCase();
  const limit = Math.max(1, Math.floor(lower.length / 5));
  let best: { readonly action: string; readonly distance: number } | undefined;
  for (const [candidate, { action }] of actionsOf(service) ?? []) {
    if (Math.abs(candidate.length - lower.length) > limit) continue;
    const distance = editDistance(candidate, lower);
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { action, distance };
  }
  return best?.action;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? a.length;
}
