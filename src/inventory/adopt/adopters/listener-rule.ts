import type { Answers } from '../../answers.ts';
import { allStrings, REDACTED } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { balancerNameIn, balancerTags } from '../../listener-actions.ts';
import { allItems } from '../../listing.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { actionsOf } from '../listener-actions.ts';
import { managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:lb/listenerRule:ListenerRule';

/** By AWS's field: where it holds the values, and the argument that takes them. */
const FIELDS: Readonly<Record<string, readonly [config: string, input: string]>> = {
  'host-header': ['HostHeaderConfig', 'hostHeader'],
  'path-pattern': ['PathPatternConfig', 'pathPattern'],
  'http-request-method': ['HttpRequestMethodConfig', 'httpRequestMethod'],
  'source-ip': ['SourceIpConfig', 'sourceIp'],
};

interface Conditions {
  readonly inputs: readonly Properties[];
  /** Whether a value may be a secret and was left out. */
  readonly hidden: boolean;
}

function conditionsOf(item: Item): Conditions | undefined {
  const found = allItems(item, 'Conditions')?.map(conditionOf);
  const inputs = found?.filter((one) => one !== undefined);
  if (!inputs || inputs.length !== found?.length) return undefined;
  return { inputs, hidden: inputs.some((one) => JSON.stringify(one).includes(REDACTED)) };
}

function conditionOf(item: Item): Properties | undefined {
  const field = item.string('Field') ?? '';
  const [config, input] = FIELDS[field] ?? [];
  if (config !== undefined && input !== undefined) {
    // older answers have the values beside the field
    const values = valuesOf(item.item(config) ?? item);
    return values && { [input]: values };
  }
  // a header's value is often the secret by which a request proves that it came through the CDN
  if (field === 'http-header') {
    const header = item.item('HttpHeaderConfig');
    const values = header && valuesOf(header, (value) => (/^[*?]*$/.test(value) ? value : REDACTED));
    const httpHeaderName = header?.string('HttpHeaderName');
    return values && httpHeaderName !== undefined ? { httpHeader: { httpHeaderName, ...values } } : undefined;
  }
  if (field === 'query-string') {
    const query = item.item('QueryStringConfig');
    const pairs = query && allItems(query, 'Values');
    // the values of a query string can be tokens
    return pairs && { queryStrings: pairs.map((pair) => said({ key: pair.string('Key'), value: REDACTED })) };
  }
  return undefined;
}

function valuesOf(item: Item, shown: (value: string) => string = (value) => value): Properties | undefined {
  const [values, regexValues] = ['Values', 'RegexValues'].map((field) => allStrings(item, field)?.map(shown));
  return values === undefined && regexValues === undefined
    ? undefined
    : said({
        values: values?.length === 0 ? undefined : values,
        regexValues: regexValues?.length === 0 ? undefined : regexValues,
      });
}

/** A rule's ARN is its listener's with `listener-rule` for `listener` and one more part. */
const listenerIn = (rule: string): string => rule.replace(':listener-rule/', ':listener/').replace(/\/[^/]+$/, '');

function rule(
  answers: Answers,
  item: Item,
  own: ReturnType<typeof balancerTags>,
  ports: ReadonlyMap<string, string>,
): readonly Adoption[] {
  const arn = item.string('RuleArn');
  // the last rule is the listener's default action, and declared with it
  if (arn === undefined || item.string('Priority') === 'default' || item.boolean('IsDefault') === true) return [];
  const of: Whole = { kind: 'listenerRule', id: arn };
  const tags = tagged(answers, arn, own.get(arn));
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  const priority = item.number('Priority');
  const conditions = conditionsOf(item);
  if (priority === undefined || conditions === undefined)
    return [refused(TYPE, of, untold(item.context.operation, { Priority: priority, Conditions: conditions }))];
  const actions = actionsOf(item, 'Actions');
  if (typeof actions === 'string') return [refused(TYPE, of, actions)];
  if ((item.items('Transforms') ?? []).length > 0)
    return [refused(TYPE, of, 'it rewrites requests, which is not adopted')];
  const listenerArn = listenerIn(arn);
  return [
    {
      state: 'adopted',
      type: TYPE,
      name:
        tags.tags?.Name ??
        [balancerNameIn(arn), ports.get(listenerArn), 'rule', priority].filter((part) => part).join('-'),
      id: arn,
      importId: arn,
      inputs: { listenerArn, priority, conditions: conditions.inputs, actions, ...tags.inputs },
      outputs: { arn, ...tags.outputs },
      ignoreChanges: [...tags.ignoreChanges, ...(conditions.hidden ? ['conditions'] : [])],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

export const adopter: Adopter = {
  name: 'listener-rule',
  types: [TYPE],
  operations: ['elbv2:DescribeRules', 'elbv2:DescribeListeners', 'elbv2:DescribeTags'],
  adopt: (answers) => {
    const tags = balancerTags(answers);
    const ports = new Map(
      answers
        .items('elbv2:DescribeListeners', 'Listeners')
        .map((item) => [
          item.string('ListenerArn') ?? '',
          `${item.string('Protocol')?.toLowerCase() ?? ''}-${item.number('Port') ?? ''}`,
        ]),
    );
    return answers.items('elbv2:DescribeRules', 'Rules').flatMap((item) => rule(answers, item, tags, ports));
  },
};
