/** The account and region of each resource: from its own ARN, else as its neighbours of the same provider have it, else the provider's settings. */
import { arnParts, regionOfZone } from '../ids.ts';
import type { Place, Recording } from '../pulumi/recorded.ts';
import type { Instance } from './instance.ts';
import { at, isObject, type Json, listAt, objectAt, textAt } from './json.ts';

/** Used where nothing tells; in AWS's documentation this account is nobody's. */
const ANY: Place = { account: '111122223333', region: 'us-east-1' };

export interface Places {
  readonly main: Recording['place'];
  readonly partition: string;
  readonly of: (instance: Instance) => Place;
}

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const ACCOUNT = /^\d{12}$/;

/** What a resource says of its own place. */
function told({ type, values }: Instance): Partial<Place> & { readonly partition?: string } {
  const arn = arnParts(textAt(values, 'arn') ?? '');
  const zone = textAt(values, 'availability_zone');
  const named = [textAt(values, 'region'), arn?.region, zone && regionOfZone(zone)].find(
    (one) => one !== undefined && REGION.test(one),
  );
  const owner =
    type === 'aws_caller_identity' ? textAt(values, 'account_id') : (arn?.account ?? textAt(values, 'owner_id'));
  return {
    // AWS's own policies and lists have ARNs without an account of the user's
    ...(owner !== undefined && ACCOUNT.test(owner) ? { account: owner } : {}),
    ...(named === undefined ? {} : { region: named }),
    ...(arn === undefined ? {} : { partition: arn.partition }),
  };
}

/** Counted votes; the most frequent wins, and of equals the first by name. */
class Votes {
  readonly #counts = new Map<string, number>();

  add(vote: string | undefined): void {
    if (vote !== undefined) this.#counts.set(vote, (this.#counts.get(vote) ?? 0) + 1);
  }

  get winner(): string | undefined {
    return [...this.#counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
  }
}

interface Group {
  readonly account: Votes;
  readonly region: Votes;
}

export function placesOf(instances: readonly Instance[], configuration: Json, variables: Json): Places {
  const keys = providerKeys(configuration);
  const keyOf = (one: Instance): string => keys.get(configurationKey(one)) ?? one.provider;
  const groups = new Map<string, Group>();
  const all: Group = { account: new Votes(), region: new Votes() };
  const partitions = new Votes();
  for (const one of instances) {
    const { account, region, partition } = told(one);
    const own = groups.get(keyOf(one)) ?? { account: new Votes(), region: new Votes() };
    groups.set(keyOf(one), own);
    // what is looked up may be another account's
    if (one.mode === 'managed' || one.type === 'aws_caller_identity')
      for (const group of [own, all]) {
        group.account.add(account);
        group.region.add(region);
      }
    if (one.mode === 'data' && one.type === 'aws_region')
      for (const group of [own, all]) group.region.add(textAt(one.values, 'name'));
    partitions.add(partition);
  }
  const settings = (key: string): string | undefined =>
    settingOf(objectAt(objectAt(configuration, 'provider_config'), key), 'region', variables);
  const account = all.account.winner;
  const region = all.region.winner ?? settings('aws');
  const main = {
    account: account ?? ANY.account,
    region: region ?? ANY.region,
    assumed: [
      ...(account === undefined ? (['account'] as const) : []),
      ...(region === undefined ? (['region'] as const) : []),
    ],
  };
  return {
    main,
    partition: partitions.winner ?? 'aws',
    of: (one) => {
      const own = told(one);
      const group = groups.get(keyOf(one));
      return {
        account: own.account ?? group?.account.winner ?? main.account,
        region: own.region ?? settings(keyOf(one)) ?? group?.region.winner ?? main.region,
      };
    },
  };
}

const configurationKey = ({ module, mode, type, name }: Instance): string =>
  `${module.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '')} ${mode} ${type}.${name}`;

/** The provider of every resource of the configuration (`aws.west`). */
function providerKeys(configuration: Json): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting: (readonly [string, Json])[] = [['', objectAt(configuration, 'root_module')]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, module] = next;
    for (const one of listAt(module, 'resources')) {
      const key = textAt(one, 'provider_config_key');
      const mode = textAt(one, 'mode') === 'data' ? 'data' : 'managed';
      if (key !== undefined) found.set(`${path} ${mode} ${textAt(one, 'type')}.${textAt(one, 'name')}`, key);
    }
    for (const [name, call] of Object.entries(objectAt(module, 'module_calls')))
      waiting.push([path === '' ? `module.${name}` : `${path}.module.${name}`, objectAt(call, 'module')]);
  }
  return found;
}

/** A setting that is written out, or is a variable of the root module alone. */
function settingOf(provider: Json, name: string, variables: Json): string | undefined {
  const expression = at(objectAt(provider, 'expressions'), name);
  if (!isObject(expression)) return undefined;
  const [reference, ...more] = listAt(expression, 'references');
  const value =
    textAt(expression, 'constant_value') ??
    (typeof reference === 'string' && more.length === 0
      ? textAt(objectAt(variables, reference.replace(/^var\./, '')), 'value')
      : undefined);
  return value !== undefined && REGION.test(value) ? value : undefined;
}
