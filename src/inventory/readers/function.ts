import type { EventSource, FunctionUrl, LambdaFunction } from '../../estate/kinds/compute.ts';
import type { Answers } from '../answers.ts';
import { allRefs, allStrings, tagsOf, whereOf } from '../fields.ts';
import { factsIn, qualifierOf, unqualified, VERSION_OPERATIONS, versionsOf } from '../function-versions.ts';
import { functionArn, nameOfArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';
import { choice, idOf } from '../reading.ts';

/**
 * Every function once, by its ARN, with all that was told of it: the operation about the one function first, which
 * never tells less than the listing. A published version tells nothing of the function as it is now.
 */
function configurations(answers: Answers): ReadonlyMap<string, readonly Item[]> {
  const byArn = new Map<string, Item[]>();
  const published: Item[] = [];
  const add = (item: Item | undefined, isOnly = false): void => {
    if (!item) return;
    const name = item.has('FunctionArn') ? undefined : item.string('FunctionName');
    const { account, region } = item.context;
    const told = name === undefined ? idOf(item, 'FunctionArn') : functionArn(account, region, name);
    if (!isOnly && qualifierOf(told) !== undefined) {
      published.push(item);
      return;
    }
    const arn = unqualified(told);
    const list = byArn.get(arn);
    if (list) list.push(item);
    else byArn.set(arn, [item]);
  };
  for (const { item } of answers.bodies('lambda:GetFunctionConfiguration')) add(item);
  for (const { item } of answers.bodies('lambda:GetFunction')) add(item.item('Configuration'));
  for (const item of answers.items('lambda:ListFunctions', 'Functions')) add(item);
  for (const item of published) if (!byArn.has(unqualified(idOf(item, 'FunctionArn')))) add(item, true);
  return byArn;
}

/** Lambda leaves the field out of a function outside a VPC, or fills it with empty texts. */
function networkOf(item: Item): LambdaFunction['network'] {
  const network = item.item('VpcConfig');
  if (!network) return item.has('VpcConfig') ? undefined : null;
  const subnets = allRefs<'subnet'>(network, 'SubnetIds');
  if (!network.string('VpcId') && !subnets?.length) return network.has('SubnetIds') && !subnets ? undefined : null;
  return { vpc: network.ref('VpcId'), subnets, securityGroups: allRefs(network, 'SecurityGroupIds') };
}

/** The first of the tellings that has the field: a telling without it may be of an operation that does not show it. */
const telling = (items: readonly Item[], field: string): Item | undefined =>
  items.find((item) => item.has(field)) ?? items[0];

function urlsOf(answers: Answers, arn: string, name: string, item: Item): LambdaFunction['urls'] {
  const answer = about(answers, 'lambda:ListFunctionUrlConfigs', arn, name, item);
  if (answer.state === 'absent') return [];
  if (answer.state === 'unknown') return undefined;
  return allItems(answer.item, 'FunctionUrlConfigs')?.flatMap((one) => {
    const url = one.string('FunctionUrl');
    const auth = one.string('AuthType');
    const qualifier = one.string('FunctionArn')?.split(':')[7];
    if (url === undefined) return [];
    const known: FunctionUrl = { url, auth: auth === 'NONE' || auth === 'AWS_IAM' ? auth : undefined };
    return [qualifier === undefined ? known : { ...known, qualifier }];
  });
}

function policyOf(answers: Answers, arn: string, name: string, item: Item): LambdaFunction['policy'] {
  const answer = about(answers, 'lambda:GetPolicy', arn, name, item);
  return answer.state === 'absent' ? null : answer.state === 'read' ? policyIn(answer.item, 'Policy') : undefined;
}

/** A request about one function, by its name or its ARN. */
function about(answers: Answers, operation: string, arn: string, name: string, item: Item) {
  const byName = answers.one(operation, 'FunctionName', name, whereOf(item));
  return byName.state === 'unknown' ? answers.one(operation, 'FunctionName', arn, whereOf(item)) : byName;
}

function lambdaFunction(answers: Answers, arn: string, items: readonly Item[]): LambdaFunction[] {
  const [first] = items;
  if (!first) return [];
  const name = first.string('FunctionName') ?? nameOfArn(arn);
  const of = (field: string): Item => telling(items, field) ?? first;
  const ownTags = about(answers, 'lambda:GetFunction', arn, name, first);
  const tags =
    tagsOf(answers, 'lambda:ListTags', 'Resource', arn, whereOf(first)) ??
    (ownTags.state === 'read' ? ownTags.item.tags() : undefined);
  const deadLetter = of('DeadLetterConfig');
  const packageType = choice(of('PackageType'), 'PackageType', ['Zip', 'Image']);
  return [
    {
      kind: 'function',
      ...base('function', first, { id: arn, name, arn }, tags),
      ...(packageType === undefined ? {} : { packageType }),
      runtime: of('Runtime').string('Runtime'),
      role: of('Role').ref('Role'),
      network: networkOf(of('VpcConfig')),
      environment: factsIn(of('Environment')),
      memory: of('MemorySize').number('MemorySize'),
      timeout: of('Timeout').number('Timeout'),
      architectures: allStrings(of('Architectures'), 'Architectures'),
      deadLetter: deadLetter.has('DeadLetterConfig') ? deadLetter.item('DeadLetterConfig')?.string('TargetArn') : null,
      policy: policyOf(answers, arn, name, first),
      urls: urlsOf(answers, arn, name, first),
      ...versionsOf(answers, arn, of),
    },
  ];
}

const DISABLED = new Set(['Disabled', 'Disabling', 'Deleting']);
const ENABLED = new Set(['Enabled', 'Enabling', 'Creating', 'Updating']);

function eventSource(item: Item): EventSource {
  const uuid = idOf(item, 'UUID');
  const state = item.string('State') ?? '';
  const { account, region } = item.context;
  return {
    kind: 'eventSource',
    ...base('eventSource', item, { id: uuid, arn: item.string('EventSourceMappingArn') }),
    eventSourceArn: item.string('EventSourceArn'),
    function: item.ref('FunctionArn', (name) => unqualified(functionArn(account, region, name))),
    enabled: DISABLED.has(state) ? false : ENABLED.has(state) ? true : undefined,
    batchSize: item.number('BatchSize'),
  };
}

/** Lambda functions, and the queues, streams and tables that call them. */
export const reader: Reader = {
  name: 'function',
  kinds: ['function', 'eventSource'],
  operations: [
    'lambda:ListFunctions',
    'lambda:GetFunction',
    'lambda:GetFunctionConfiguration',
    'lambda:GetPolicy',
    'lambda:ListFunctionUrlConfigs',
    'lambda:ListTags',
    'lambda:ListEventSourceMappings',
    ...VERSION_OPERATIONS,
  ],
  read: (answers) => {
    const sources = new Map<string, EventSource>();
    // asked for the account and again for each function
    for (const item of answers.items('lambda:ListEventSourceMappings', 'EventSourceMappings')) {
      const source = eventSource(item);
      if (!sources.has(source.id)) sources.set(source.id, source);
    }
    return [
      ...[...configurations(answers)].flatMap(([arn, items]) => lambdaFunction(answers, arn, items)),
      ...sources.values(),
    ];
  },
};
