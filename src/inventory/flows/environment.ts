/**
 * Settings: a host, URL or ARN in the environment of a container or function, or in an instance's user data, is
 * where the code connects to.
 */
import { all, byId, type Estate, memoised } from '../../estate/estate.ts';
import type { FlowEnd } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';
import { arnParts, isArn, arn as parameterArn } from '../ids.ts';
import { type Draft, draft, evidence, HTTPS, kindWord, port, toResource, toService } from './make.ts';
import { portOfScheme } from './ports.ts';
import { resolveHost } from './resolve.ts';
import { type Runner, runners, type Setting } from './runners.ts';

export const fromEnvironment = (estate: Estate): readonly Draft[] =>
  runners(estate).flatMap((runner) =>
    runner.settings.flatMap((setting) => [
      ...hosts(estate, runner, setting),
      ...arns(estate, runner, setting),
      ...names(estate, runner, setting),
      ...reference(estate, runner, setting),
    ]),
  );

const says = (runner: Runner, { fact, where }: Setting): string =>
  `${fact.name} in ${where} of ${runner.resource.name}`;

function hosts(estate: Estate, runner: Runner, setting: Setting): readonly Draft[] {
  const from = toResource(runner.resource);
  // The URL of a queue holds the host of SQS, but names the queue: its ARN among the facts says more.
  const services = new Set(setting.fact.arns.flatMap((arn) => arnParts(arn)?.service ?? []));
  return setting.fact.hosts.flatMap(({ host, port: written, scheme }) => {
    if (setting.neighbours.has(host.toLowerCase())) return [];
    return resolveHost(estate, host, runner.asker)
      .filter(({ end }) => end.type !== 'resource' || end.id !== runner.resource.id)
      .filter(({ end }) => end.type !== 'service' || !services.has(end.service))
      .flatMap(({ end, ports, via, records }) => {
        const known = written ?? portOfScheme(scheme);
        const why = evidence('environment', `${says(runner, setting)} is ${host}${via}`, setting.source, records);
        const all = known === undefined ? ports : [known];
        return (all.length === 0 ? [undefined] : all).map((number) =>
          draft(from, end, 'tcp', port(number), purposeOf(estate, end), why),
        );
      });
  });
}

function arns(estate: Estate, runner: Runner, setting: Setting): readonly Draft[] {
  if (setting.fact.credential === 'reference') return [];
  return setting.fact.arns.flatMap((arn) => {
    const end = endOfArn(estate, arn, runner.asker.region);
    const why = evidence('environment', `${says(runner, setting)} names ${arn}`, setting.source);
    return end ? [draft(toResource(runner.resource), end, 'tcp', HTTPS, purposeOf(estate, end), why)] : [];
  });
}

const NAMED = ['bucket', 'table', 'queue', 'topic'] as const;

/** Buckets have one name in the world; the others one in an account and region, where the programs look for them. */
const placeOf = (kind: string, { account, region }: { readonly account: string; readonly region: string }): string =>
  kind === 'bucket' ? '' : `${account} ${region}`;

const byName = memoised(
  (estate): ReadonlyMap<string, Resource> =>
    new Map(
      NAMED.flatMap((kind) =>
        all(estate, kind).map((one) => [`${kind} ${placeOf(kind, one)} ${one.name}`, one] as const),
      ),
    ),
);

/** A bare name counts where the variable says of what it is the name, and there is one that is called so. */
function names(estate: Estate, runner: Runner, setting: Setting): readonly Draft[] {
  return (setting.fact.names ?? []).flatMap(({ kind, name }) => {
    const one = byName(estate).get(`${kind} ${placeOf(kind, runner.asker)} ${name}`);
    if (!one) return [];
    const end = toResource(one);
    const why = evidence('environment', `${says(runner, setting)} is ${name}`, setting.source);
    return [draft(toResource(runner.resource), end, 'tcp', HTTPS, purposeOf(estate, end), why)];
  });
}

/**
 * A value from Secrets Manager or Parameter Store is fetched when the task starts. It is named by its ARN, with
 * `:json-key:stage:version` behind a secret's, or for a parameter of the same region by its name alone.
 */
function reference(estate: Estate, runner: Runner, setting: Setting): readonly Draft[] {
  const { credential, valueFrom } = setting.fact;
  if (credential !== 'reference' || valueFrom === undefined) return [];
  const { account, region } = runner.asker;
  const arn = isArn(valueFrom)
    ? valueFrom.replace(/^(arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+):.*$/, '$1')
    : parameterArn('ssm', region, account, `parameter/${valueFrom.replace(/^\//, '')}`);
  const secret = byId(estate, arn);
  const service = valueFrom.includes('secretsmanager') ? 'secretsmanager' : 'ssm';
  const end = secret ? toResource(secret) : toService(service, arnParts(arn)?.region || region);
  const why = evidence('environment', `${says(runner, setting)} is taken from ${valueFrom}`, setting.source);
  return [draft(toResource(runner.resource), end, 'tcp', HTTPS, 'the secret read at the start', why)];
}

/** Services whose things are used by connecting to the service's public API. */
const BY_API = new Set([
  'sqs',
  'sns',
  'dynamodb',
  's3',
  'secretsmanager',
  'ssm',
  'lambda',
  'kinesis',
  'firehose',
  'kms',
  'states',
  'events',
  'ses',
  'cognito-idp',
]);

/** What an ARN stands for: the resource, or the API of its service where the estate does not hold it. */
export function endOfArn(estate: Estate, arn: string, region = 'global'): FlowEnd | undefined {
  const parts = arnParts(arn);
  if (!parts || !BY_API.has(parts.service)) return undefined;
  // `bucket/key`, `table/name/index/…`, `function:name:alias` belong to the thing they start with
  const owner = { s3: /^[^/]+/, dynamodb: /^table\/[^/]+/, lambda: /^function:[^:]+/ }[parts.service]?.exec(
    parts.resource,
  );
  const id = owner ? arn.slice(0, arn.length - parts.resource.length) + owner[0] : arn;
  const resource = byId(estate, arn) ?? byId(estate, id);
  return resource ? toResource(resource) : toService(parts.service, parts.region || region);
}

function purposeOf(estate: Estate, end: FlowEnd): string {
  const kind: Resource['kind'] | undefined = end.type === 'resource' ? byId(estate, end.id)?.kind : undefined;
  switch (end.type) {
    case 'host':
      return 'a host outside';
    case 'service':
      return `the API of ${end.service}`;
    default:
      return kind === undefined ? 'a setting names it' : `uses the ${kindWord(kind)}`;
  }
}
