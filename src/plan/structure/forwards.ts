/** Listeners and rules that forward to a target group, and how a second group takes over by weights. */
import { all, type Estate } from '../../estate/estate.ts';
import type { Listener, ListenerRule, TargetGroup } from '../../estate/kinds/balance.ts';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import type { Update } from '../edit.ts';
import type { State } from '../state.ts';
import type { DeclaredResource } from '../world.ts';
import { declaredOf } from './declared.ts';

export interface Forward {
  readonly of: Listener | ListenerRule;
  readonly declared: DeclaredResource;
  readonly property: 'defaultActions' | 'actions';
}

export interface Forwards {
  readonly found: readonly Forward[];
  /** Why one of them cannot be edited. */
  readonly problems: readonly string[];
}

/** A listener's last rule is its default action, which the listener holds. */
export function forwardsTo(estate: Estate, state: State, group: TargetGroup): Forwards {
  const leads = ({ actions }: Listener | ListenerRule): boolean =>
    actions?.some(({ targetGroups }) => targetGroups.some(({ ref }) => ref.id === group.id)) ?? false;
  const holders = [
    ...all(estate, 'listener').filter(leads),
    ...all(estate, 'listenerRule').filter((rule) => rule.priority !== 'default' && leads(rule)),
  ];
  const found: Forward[] = [];
  const problems: string[] = [];
  for (const of of holders) {
    const declared = declaredOf(state, of);
    const property = of.kind === 'listener' ? 'defaultActions' : 'actions';
    if (!declared) problems.push(`${of.name} is not under the program's care`);
    else if (of.actions?.some(({ targetGroups }) => targetGroups.length > 1))
      problems.push(`${of.name} shares its requests out by weights already`);
    else found.push({ of, declared, property });
  }
  return { found, problems };
}

const actionsOf = ({ declared, property }: Forward): readonly Properties[] => {
  const value = declared.properties[property];
  return Array.isArray(value) ? value.filter(isProperties) : [];
};

/** AWS takes weights from 0 to 999; ours are a hundred together. */
export interface Shares {
  readonly from: { readonly arn: string; readonly weight: number };
  readonly to: { readonly arn: string; readonly weight: number };
  /** Seconds that a visitor stays with the group it met first; undefined where the group itself is not sticky. */
  readonly sticky: number | undefined;
}

/**
 * Cookies of a target group hold a visitor at a target; over weights only the action's own hold it at a group.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html
 */
export const shared = (forward: Forward, { from, to, sticky }: Shares): Update =>
  written(forward, {
    forward: {
      targetGroups: [
        { arn: from.arn, weight: from.weight },
        { arn: to.arn, weight: to.weight },
      ],
      ...(sticky === undefined ? {} : { stickiness: { enabled: true, duration: sticky } }),
    },
  });

export const onlyTo = (forward: Forward, arn: string): Update => written(forward, { targetGroupArn: arn });

function written(forward: Forward, to: Properties): Update {
  const { declared, property } = forward;
  const actions = actionsOf(forward).map((action): Value => {
    if (action.type !== 'forward') return action;
    const { targetGroupArn: _group, forward: _forward, ...rest } = action;
    return { ...rest, ...to };
  });
  return { op: 'update', type: declared.type, name: declared.name, properties: { [property]: actions } };
}
