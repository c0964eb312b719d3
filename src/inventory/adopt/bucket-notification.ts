/** Whom a bucket tells of its objects, as arguments. */
import { allStrings, text } from '../fields.ts';
import type { Item } from '../item.ts';
import { allItems, joined } from '../listing.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';

const LISTS = [
  ['TopicConfigurations', 'TopicArn', 'topics', 'topicArn'],
  ['QueueConfigurations', 'QueueArn', 'queues', 'queueArn'],
  ['LambdaFunctionConfigurations', 'LambdaFunctionArn', 'lambdaFunctions', 'lambdaFunctionArn'],
] as const;

/** Null when nobody is told; undefined when AWS's answer could not be understood as a whole. */
export function notificationOf(answer: Item): Properties | null | undefined {
  const lists = LISTS.map(([field, arn, argument, target]): readonly [string, readonly Properties[] | undefined] => [
    argument,
    answer.has(field) ? joined((allItems(answer, field) ?? [undefined]).map((one) => told(one, arn, target))) : [],
  ]);
  if (lists.some(([, list]) => list === undefined)) return undefined;
  const some = lists.flatMap(([argument, list]) => (list?.length ? [[argument, list] as const] : []));
  const eventbridge = answer.has('EventBridgeConfiguration');
  if (some.length === 0 && !eventbridge) return null;
  return { ...Object.fromEntries(some), ...(eventbridge ? { eventbridge } : {}) };
}

function told(one: Item | undefined, arn: string, target: string): readonly Properties[] | undefined {
  const [to, events] = [text(one, arn), allStrings(one, 'Events')];
  if (one === undefined || to === undefined || events === undefined) return undefined;
  const rules = one.item('Filter')?.item('Key')?.items('FilterRules') ?? [];
  const filter = (name: string): string | undefined =>
    rules.find((rule) => rule.string('Name')?.toLowerCase() === name)?.string('Value');
  return [
    said({
      id: text(one, 'Id'),
      [target]: to,
      events,
      filterPrefix: filter('prefix'),
      filterSuffix: filter('suffix'),
    }),
  ];
}
