/** What a target group does not say itself: which balancers lead to it, and whether something fills it. Each counted once a program. */
import type { Block, Declared } from '../declared.ts';
import { whole } from '../translation.ts';
import type { World } from '../world.ts';

export const LISTENER = ['aws:lb/listener:Listener', 'aws:alb/listener:Listener'];
export const RULE = ['aws:lb/listenerRule:ListenerRule', 'aws:alb/listenerRule:ListenerRule'];

/** The target groups that actions lead to; undefined where one of them is not known. */
function endsOf(actions: readonly Block[] | undefined): readonly string[] | undefined {
  return whole(
    actions?.flatMap((each) => {
      const inner = each.has('forward') ? (each.block('forward')?.blocks('targetGroups') ?? [undefined]) : [];
      const own = each.has('targetGroupArn') ? [each.text('targetGroupArn')] : [];
      return [...own, ...inner.map((target) => target?.text('arn'))];
    }),
  );
}

interface Leads {
  /** Balancers by target group; undefined where a listener's balancer is not known. */
  readonly balancers: ReadonlyMap<string, ReadonlySet<string> | undefined>;
  /** Whether a listener or a rule leads to what is only known after a deployment: that may be any group. */
  readonly unclear: boolean;
}

const leads = new WeakMap<World, Leads>();

function leadsIn(world: World): Leads {
  const known = leads.get(world);
  if (known) return known;
  const balancers = new Map<string, Set<string> | undefined>();
  let unclear = false;
  const add = (ends: readonly string[] | undefined, listener: Declared | undefined): void => {
    if (ends === undefined) unclear = true;
    const at = listener?.text('loadBalancerArn');
    for (const group of ends ?? []) {
      const before = balancers.has(group) ? balancers.get(group) : new Set<string>();
      balancers.set(group, at === undefined ? undefined : before?.add(at));
    }
  };
  for (const one of world.of(...LISTENER)) add(endsOf(one.blocks('defaultActions')), one);
  for (const one of world.of(...RULE)) add(endsOf(one.blocks('actions')), world.byId(one.text('listenerArn')));
  const found = { balancers, unclear };
  leads.set(world, found);
  return found;
}

/** A target group knows its balancers by the listeners and rules that lead to it. */
export function balancersOf(group: string | undefined, world: World): readonly string[] | undefined {
  const { balancers, unclear } = leadsIn(world);
  if (unclear || group === undefined) return undefined;
  const found = balancers.has(group) ? balancers.get(group) : new Set<string>();
  return found && [...found].sort();
}

const registered = new WeakMap<World, ReadonlySet<string | undefined>>();

/** The groups that something fills by itself; undefined among them stands for any group. */
function registeredIn(world: World): ReadonlySet<string | undefined> {
  const known = registered.get(world);
  if (known) return known;
  const none: readonly (string | undefined)[] = [undefined];
  const services = world.of('aws:ecs/service:Service').flatMap((one) => {
    const balancers = one.blocks('loadBalancers')?.filter((each) => !each.has('elbName'));
    return balancers?.map((each) => each.text('targetGroupArn')) ?? none;
  });
  const scaling = world.of('aws:autoscaling/group:Group').flatMap((one) => one.texts('targetGroupArns') ?? none);
  const attached = world
    .of('aws:autoscaling/attachment:Attachment')
    .filter((one) => one.has('lbTargetGroupArn'))
    .map((one) => one.text('lbTargetGroupArn'));
  const found = new Set([...services, ...scaling, ...attached]);
  registered.set(world, found);
  return found;
}

/** Whether something registers targets in a group by itself, or may. */
export function registersIn(group: string | undefined, world: World): boolean {
  const groups = registeredIn(world);
  return groups.has(undefined) || groups.has(group);
}
