/** What a listener and a rule of a load balancer do with a request. */
import type { ListenerAction } from '../estate/kinds/balance.ts';
import type { Answers } from './answers.ts';
import { type Tags, tagsIn } from './fields.ts';
import type { Item } from './item.ts';
import { allItems } from './listing.ts';

/**
 * The actions in a field; undefined when one of them cannot be read, since the rest alone would tell of fewer ways
 * than there are.
 */
export function actionsIn(item: Item, field: string): readonly ListenerAction[] | undefined {
  const actions: ListenerAction[] = [];
  for (const action of allItems(item, field) ?? [undefined]) {
    const type = action?.string('Type');
    const targetGroups = action && targetGroupsOf(action);
    if (action === undefined || type === undefined || targetGroups === undefined) return undefined;
    if (type === 'forward' && targetGroups.length === 0) return undefined;
    const redirect = action.item('RedirectConfig');
    actions.push({
      type,
      targetGroups,
      redirect: redirect && redirectText(redirect),
      fixedStatus: action.item('FixedResponseConfig')?.string('StatusCode'),
    });
  }
  return actions;
}

/** AWS tells a single target group twice: as TargetGroupArn and in ForwardConfig, which alone has the weights. */
function targetGroupsOf(action: Item): ListenerAction['targetGroups'] | undefined {
  const forward = action.item('ForwardConfig');
  const groups = forward && allItems(forward, 'TargetGroups');
  if (groups) {
    const found = groups.flatMap((group) => {
      const ref = group.ref<'targetGroup'>('TargetGroupArn');
      return ref ? [{ ref, weight: group.number('Weight') ?? 1 }] : [];
    });
    return found.length === groups.length ? found : undefined;
  }
  if (action.has('ForwardConfig')) return undefined;
  const ref = action.ref<'targetGroup'>('TargetGroupArn');
  return ref ? [{ ref, weight: 1 }] : [];
}

/** The address a redirect sends to, with AWS's own placeholders for the parts that stay. */
function redirectText(redirect: Item): string {
  const part = (field: string, kept: string): string => redirect.string(field) ?? kept;
  const query = part('Query', '#{query}');
  return (
    `${part('Protocol', '#{protocol}')}://${part('Host', '#{host}')}:${part('Port', '#{port}')}` +
    `${part('Path', '/#{path}')}${query === '' ? '' : `?${query}`}`
  );
}

/** Tags from elbv2:DescribeTags, which answers for many resources at once. */
export function balancerTags(answers: Answers): ReadonlyMap<string, Tags> {
  const byArn = new Map<string, Tags>();
  for (const description of answers.items('elbv2:DescribeTags', 'TagDescriptions')) {
    const arn = description.string('ResourceArn');
    const tags = tagsIn(description);
    if (arn !== undefined && tags) byArn.set(arn, tags);
  }
  return byArn;
}

/** The load balancer's name out of the ARN of its listener or rule (`listener/app/shop/1f2e…/9d8c…`). */
export const balancerNameIn = (arn: string): string | undefined =>
  /:listener(?:-rule)?\/(?:app|net|gwy)\/([^/]+)\//.exec(arn)?.[1];
