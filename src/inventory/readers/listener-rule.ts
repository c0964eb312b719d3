import type { ListenerRule, RuleCondition } from '../../estate/kinds/balance.ts';
import type { Answers } from '../answers.ts';
import { allStrings, REDACTED, text } from '../fields.ts';
import type { Item } from '../item.ts';
import { actionsIn, balancerNameIn, balancerTags } from '../listener-actions.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

/** Where AWS holds the values of a condition, by its field; older answers have them in `Values` itself. */
const CONFIGS: Readonly<Record<string, string>> = {
  'host-header': 'HostHeaderConfig',
  'path-pattern': 'PathPatternConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
};

export const reader: Reader = {
  name: 'listener-rule',
  kinds: ['listenerRule'],
  operations: ['elbv2:DescribeRules', 'elbv2:DescribeTags', 'elbv2:DescribeListeners'],
  read: (answers) => {
    const tags = balancerTags(answers);
    const ports = portsOf(answers);
    return answers.bodies('elbv2:DescribeRules').flatMap(({ item: body, entry }) =>
      (body.items('Rules') ?? []).map((item): ListenerRule => {
        const id = idOf(item, 'RuleArn');
        const listener =
          listenerOf(id) ?? (typeof entry.input.ListenerArn === 'string' ? entry.input.ListenerArn : undefined);
        const priority = priorityOf(item);
        const name = [balancerNameIn(id), listener && ports.get(listener), 'rule', priority];
        return {
          kind: 'listenerRule',
          ...base(
            'listenerRule',
            item,
            { id, arn: text(item, 'RuleArn'), name: name.filter((part) => part !== undefined).join(' ') },
            tags.get(id),
          ),
          listener: listener === undefined ? undefined : item.refTo('RuleArn', listener),
          priority,
          conditions: conditionsOf(item),
          actions: actionsIn(item, 'Actions'),
        };
      }),
    );
  },
};

/** A rule's ARN is its listener's with `listener-rule` for `listener` and one more part. */
const listenerOf = (rule: string): string | undefined => {
  const [, before, path] = /^(arn:.*:)listener-rule\/(.+)\/[^/]+$/.exec(rule) ?? [];
  return before !== undefined && path !== undefined ? `${before}listener/${path}` : undefined;
};

const portsOf = (answers: Answers): ReadonlyMap<string, string> =>
  new Map(
    answers
      .items('elbv2:DescribeListeners', 'Listeners')
      .map((item) => [
        text(item, 'ListenerArn') ?? '',
        `${item.string('Protocol') ?? ''}:${item.number('Port') ?? ''}`,
      ]),
  );

function priorityOf(item: Item): number | 'default' | undefined {
  if (item.value.Priority === 'default' || item.boolean('IsDefault')) return 'default';
  return item.number('Priority');
}

function conditionsOf(item: Item): readonly RuleCondition[] | undefined {
  const conditions: RuleCondition[] = [];
  for (const condition of allItems(item, 'Conditions') ?? [undefined]) {
    const field = condition?.string('Field');
    const values = condition && field !== undefined ? valuesOf(condition, field) : undefined;
    if (!condition || field === undefined || values === undefined) return undefined;
    conditions.push({ field, values, headerName: condition.item('HttpHeaderConfig')?.string('HttpHeaderName') });
  }
  return conditions;
}

function valuesOf(condition: Item, field: string): readonly string[] | undefined {
  const config = condition.item(CONFIGS[field] ?? '');
  if (config && field === 'query-string') {
    // the values of a query string can be tokens: only the names are kept
    const pairs = config.has('Values') ? allItems(config, 'Values') : undefined;
    return pairs?.map((pair) => [pair.string('Key'), REDACTED].filter((part) => part !== undefined).join('='));
  }
  const holder = config ?? condition;
  const lists = ['Values', 'RegexValues'].filter((list) => holder.has(list)).map((list) => allStrings(holder, list));
  if (lists.length === 0 || lists.includes(undefined)) return undefined;
  const values = lists.flatMap((list) => list ?? []);
  // a header's value is often the secret that proves a request came through the CDN; `*` is none
  return field === 'http-header' ? values.map((value) => (/^[*?]*$/.test(value) ? value : REDACTED)) : values;
}
