/**
 * By which names a function is called beside its own, and whether what answers then is as the function is now: a
 * published version keeps the code, the role, the network and the settings of its day.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
import { isDeepStrictEqual } from 'node:util';
import type { EnvironmentFact, FunctionVersion, LambdaFunction } from '../estate/kinds/compute.ts';
import { oncePer } from '../estate/once.ts';
import type { Answers } from './answers.ts';
import { factsOfAll, variable } from './environment.ts';
import { functionArn } from './ids.ts';
import type { Item } from './item.ts';
import { allItems } from './listing.ts';

/** Operations that tell of versions. */
export const VERSION_OPERATIONS: readonly string[] = ['lambda:ListAliases', 'lambda:ListVersionsByFunction'];

export const LATEST = '$LATEST';

const QUALIFIED = /^(arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+):(.+)$/;

/** A function's ARN without the version or alias. */
export const unqualified = (arn: string): string => arn.replace(QUALIFIED, '$1');

/** The version or alias in an ARN; undefined where it has none, or the one that follows every change. */
export function qualifierOf(arn: string): string | undefined {
  const qualifier = QUALIFIED.exec(arn)?.[2];
  return qualifier === LATEST ? undefined : qualifier;
}

interface Told {
  /** Versions by the alias that leads to them. */
  readonly aliases: Map<string, ReadonlySet<string>>;
  readonly named: Set<string>;
  /** Settings by the version. */
  readonly versions: Map<string, Item>;
  /** Whether all aliases are known. */
  listed: boolean;
}

const toldOf = oncePer((answers: Answers): ReadonlyMap<string, Told> => {
  const functions = new Map<string, Told>();
  const of = (arn: string): Told => {
    const known = functions.get(arn) ?? { aliases: new Map(), named: new Set(), versions: new Map(), listed: false };
    functions.set(arn, known);
    return known;
  };
  const name = (item: Item): void => {
    const { account, region } = item.context;
    const arn = functionArn(account, region, item.string('FunctionArn') ?? '');
    const qualifier = qualifierOf(arn);
    if (qualifier !== undefined) of(unqualified(arn)).named.add(qualifier);
  };
  for (const { item, entry } of answers.bodies('lambda:ListAliases')) {
    const asked = entry.input.FunctionName;
    if (typeof asked !== 'string') continue;
    const told = of(unqualified(functionArn(entry.account, entry.region, asked)));
    const list = allItems(item, 'Aliases');
    told.listed = list !== undefined && !item.has('NextMarker');
    for (const one of list ?? []) {
      const more = Object.keys(one.item('RoutingConfig')?.item('AdditionalVersionWeights')?.value ?? {});
      const versions = new Set([one.string('FunctionVersion') ?? 'unknown', ...more]);
      if ([...versions].some((version) => version !== LATEST))
        told.aliases.set(one.string('Name') ?? 'unknown', versions);
    }
  }
  for (const { item } of answers.bodies('lambda:ListEventSourceMappings'))
    for (const one of item.items('EventSourceMappings') ?? []) name(one);
  for (const { item } of answers.bodies('lambda:ListFunctionUrlConfigs'))
    for (const one of item.items('FunctionUrlConfigs') ?? []) name(one);
  for (const { item } of answers.bodies('lambda:ListVersionsByFunction'))
    for (const one of item.items('Versions') ?? []) {
      const version = one.string('Version');
      if (version !== undefined) of(unqualified(one.string('FunctionArn') ?? '')).versions.set(version, one);
    }
  return functions;
});

/** What is said of a function by its ARN. `of` gives the answer that tells a field of the function itself. */
export function versionsOf(
  answers: Answers,
  arn: string,
  of: (field: string) => Item,
): Pick<LambdaFunction, 'qualifiers' | 'versions'> {
  const told = toldOf(answers).get(arn);
  if (!told) return {};
  const qualifiers = [...new Set([...told.aliases.keys(), ...told.named])].sort();
  // what an alias leads to is there, whether it was read or not
  const there = new Set([...told.versions.keys(), ...[...told.aliases.values()].flatMap((leads) => [...leads])]);
  const versions = [...there]
    .filter((version) => version !== LATEST)
    .sort()
    .map((version): FunctionVersion => {
      const item = told.versions.get(version);
      return {
        version,
        aliases: [...told.aliases].flatMap(([alias, leads]) => (leads.has(version) ? [alias] : [])).sort(),
        role: item?.string('Role'),
        isAlike: item !== undefined && isAlike(item, of),
      };
    });
  return {
    ...(qualifiers.length > 0 || told.listed ? { qualifiers } : {}),
    ...(versions.length > 0 ? { versions } : {}),
  };
}

function isAlike(version: Item, of: (field: string) => Item): boolean {
  const [there, here] = [namedIn(version), namedIn(of('Environment'))];
  if (!there || !here || !isDeepStrictEqual(placeOf(version), placeOf(of('VpcConfig')))) return false;
  return [...there].every((one) => here.has(one));
}

/** Lambda leaves the field out of a function outside a VPC, or fills it with empty lists. */
const placeOf = (item: Item): unknown =>
  ['SubnetIds', 'SecurityGroupIds'].map((list) => [...(item.item('VpcConfig')?.strings(list) ?? [])].sort());

/** Hosts with their ports, and ARNs, in the variables; undefined where they were not told. */
function namedIn(item: Item): ReadonlySet<string> | undefined {
  const facts = factsIn(item);
  return facts && new Set(facts.flatMap(({ hosts, arns }) => [...hosts.map(textOf), ...arns]));
}

const textOf = ({ host, port, scheme }: EnvironmentFact['hosts'][number]): string => `${scheme} ${host} ${port}`;

/** What the variables of a function or of a version of it tell; undefined where one was not told. */
export function factsIn(item: Item): readonly EnvironmentFact[] | undefined {
  if (!item.has('Environment')) return [];
  const environment = item.item('Environment');
  // Lambda could not decrypt the variables for the reader
  if (!environment || environment.has('Error')) return undefined;
  const variables = environment.item('Variables');
  if (!variables) return undefined;
  const names = Object.keys(variables.value).sort();
  const written = names.flatMap((name) => variable(name, variables.string(name)) ?? []);
  return written.length === names.length ? factsOfAll(written) : undefined;
}
