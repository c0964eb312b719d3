/**
 * What a workload is seen to need, from the evidence in the estate: never from what its role allows. Only as which user of a
 * database it signs in, no evidence but its role tells.
 */
import type { Estate } from '../../../estate/estate.ts';
import { all, byId, find, memoised } from '../../../estate/estate.ts';
import type { FlowEnd } from '../../../estate/flow.ts';
import type { Database, DatabaseCluster } from '../../../estate/kinds/data.ts';
import type { Role } from '../../../estate/kinds/people.ts';
import type { Workload } from '../../workloads/workloads.ts';
import { arnOf } from '../identity.ts';
import { parseArn } from '../policy/arn.ts';
import { grantsOf } from './grants.ts';
import {
  CONTAINER_HOST,
  DATABASE_SIGN_IN,
  DEAD_LETTERS,
  EVENT_SOURCES,
  FUNCTION_IN_VPC,
  SECRETS,
  SKELETONS,
  type Skeleton,
} from './skeletons.ts';
import { lettingIn } from './takes.ts';

export interface ServiceNeed {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** False: the evidence shows the thing, not what is done with it. */
  readonly sure: boolean;
  /** What shows it; with `sure` false, also what has to be settled. */
  readonly because: string;
}

const need = (arn: string, skeleton: Skeleton, because: string): ServiceNeed => ({
  actions: skeleton.actions,
  resources: skeleton.on.map((suffix) => arn + suffix),
  sure: skeleton.sure,
  because: skeleton.doubt === '' ? because : `${because}; ${skeleton.doubt}`,
});

const named = (arn: string, because: string): readonly ServiceNeed[] => {
  const parsed = parseArn(arn);
  if (!parsed || (parsed.service === 'iam' && !parsed.resource.startsWith('role/'))) return [];
  // An object or an index in the environment stands for its bucket or table.
  const whole = parsed.service === 's3' ? `arn:${parsed.partition}:s3:::${parsed.resource.split('/')[0]}` : arn;
  return (SKELETONS[parsed.service] ?? []).map((skeleton) => need(whole, skeleton, because));
};

const byTable = (table: Readonly<Record<string, Skeleton>>, arn: string, because: string): readonly ServiceNeed[] => {
  const skeleton = table[parseArn(arn)?.service ?? ''];
  return skeleton ? [need(arn, skeleton, because)] : [];
};

const logs = (region: string, account: string, group: string, because: string): ServiceNeed => ({
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  resources: [`arn:aws:logs:${region}:${account}:log-group:${group}:*`],
  sure: true,
  because,
});

const onAnything = (actions: readonly string[], because: string): ServiceNeed => ({
  actions,
  resources: ['*'],
  sure: true,
  because,
});

/** Stable, without repetition. */
export function needsOf(estate: Estate, workload: Workload): readonly ServiceNeed[] {
  const needs =
    workload.use === 'execution'
      ? executionNeeds(workload)
      : [...ownNeeds(estate, workload), ...seenNeeds(estate, workload)];
  const unique = new Map<string, ServiceNeed>();
  for (const item of needs) {
    const key = `${item.actions.join()} ${item.resources.join()}`;
    const known = unique.get(key);
    if (!known || (item.sure && !known.sure)) unique.set(key, item);
  }
  return [...unique.values()];
}

/** What the environment and the flows show. */
function seenNeeds(estate: Estate, workload: Workload): readonly ServiceNeed[] {
  const environment = workload.environment.flatMap((fact) =>
    fact.arns.flatMap((arn) => named(arn, `${fact.name} names ${arn}`)),
  );
  const ids = new Set([workload.id, workload.holder.id, workload.definition?.id]);
  const flows = [...ids].flatMap((id) => (id === undefined ? [] : (flowsFrom(estate).get(id) ?? [])));
  const taken = (lettingIn(estate).get(workload.role ?? '') ?? []).flatMap((role) =>
    named(role.arn ?? role.id, `${role.name} lets its role in by name`),
  );
  return [...environment, ...taken, ...flows.flatMap(({ to, because }) => flowNeeds(estate, workload, to, because))];
}

const flowsFrom = memoised((estate) => {
  const index = new Map<string, { readonly to: FlowEnd; readonly because: string }[]>();
  for (const flow of estate.flows) {
    if (flow.from.type !== 'resource') continue;
    const because = flow.evidence[0]?.detail ?? flow.purpose;
    const list = index.get(flow.from.id);
    if (list) list.push({ to: flow.to, because });
    else index.set(flow.from.id, [{ to: flow.to, because }]);
  }
  return index;
});

function flowNeeds(estate: Estate, workload: Workload, to: FlowEnd, because: string): readonly ServiceNeed[] {
  if (to.type !== 'resource') return [];
  const resource = byId(estate, to.id);
  if (!resource) return [];
  if (resource.kind === 'database' || resource.kind === 'databaseCluster')
    return signInNeeds(estate, workload, resource, because);
  const arn = resource.kind === 'bucket' ? `arn:aws:s3:::${resource.name}` : arnOf(resource);
  return named(arn, because);
}

/**
 * A database that takes tokens of IAM lets in whom a policy names. A cluster's instances tell of it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
 */
function signInNeeds(
  estate: Estate,
  workload: Workload,
  database: Database | DatabaseCluster,
  because: string,
): readonly ServiceNeed[] {
  const instances =
    database.kind === 'database' ? [database] : (database.members ?? []).flatMap(({ ref }) => find(estate, ref) ?? []);
  if (!instances.some(({ iamAuthentication }) => iamAuthentication === true)) return [];
  // AWS gives a database another resource id when it is renewed or restored: what names none of them outlives that
  const anybody = `arn:aws:rds-db:${database.region}:${database.account}:dbuser:*/*`;
  const role = workload.role === null ? undefined : byId(estate, workload.role);
  const named = role?.kind === 'role' ? usersNamed(estate, role) : [];
  return (named.length > 0 ? named : [anybody]).map((arn) => need(arn, DATABASE_SIGN_IN, because));
}

/** The database users that its policies name. */
const usersNamed = (estate: Estate, role: Role): readonly string[] => [
  ...new Set(grantsOf(estate, role).grants.flatMap(({ resources }) => resources.filter((arn) => /:dbuser:/.test(arn)))),
];

/** What the kind of workload itself needs. */
function ownNeeds(estate: Estate, { holder, use, name }: Workload): readonly ServiceNeed[] {
  if (use === 'function' && holder.kind === 'function') {
    return [
      logs(holder.region, holder.account, `/aws/lambda/${holder.name}`, 'every function writes its log'),
      ...(eventSources(estate).get(holder.id) ?? []).flatMap((arn) =>
        byTable(EVENT_SOURCES, arn, `${arn} feeds ${name}`),
      ),
      ...(holder.deadLetter ? byTable(DEAD_LETTERS, holder.deadLetter, 'failed events go there') : []),
      ...(holder.network ? [onAnything(FUNCTION_IN_VPC, 'the function runs in a VPC')] : []),
    ];
  }
  if (use === 'instance' && holder.kind === 'instance') {
    const host = containerHosts(estate).has(holder.id);
    return [
      ...(host ? [onAnything(CONTAINER_HOST, 'the instance is a container host of ECS')] : []),
      ...(host ? [onAnything(PULL, 'container hosts pull images for tasks without an execution role')] : []),
      ...(holder.managedBySsm
        ? [onAnything(['ssm:UpdateInstanceInformation', ...SSM_CHANNELS], 'Systems Manager manages the instance')]
        : []),
    ];
  }
  return [];
}

const PULL = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchGetImage',
];
const SSM_CHANNELS = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

const eventSources = memoised((estate) => {
  const index = new Map<string, string[]>();
  for (const source of all(estate, 'eventSource')) {
    if (!source.function || source.eventSourceArn === undefined || source.enabled === false) continue;
    const list = index.get(source.function.id);
    if (list) list.push(source.eventSourceArn);
    else index.set(source.function.id, [source.eventSourceArn]);
  }
  return index;
});

const containerHosts = memoised(
  (estate): ReadonlySet<string> =>
    new Set(all(estate, 'containerInstance').flatMap((host) => (host.instance ? [host.instance.id] : []))),
);

/** Pulling the images, writing the log, reading the secrets that the definition names. */
function executionNeeds({ definition }: Workload): readonly ServiceNeed[] {
  if (!definition) return [];
  const { account, region } = definition;
  return (definition.containers ?? []).flatMap((container) => {
    const repository = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(
      container.image ?? '',
    );
    const pull: readonly ServiceNeed[] = repository
      ? [
          onAnything(PULL.slice(0, 1), 'pulling an image begins with a token'),
          {
            actions: PULL.slice(1),
            resources: [`arn:aws:ecr:${repository[2]}:${repository[1]}:repository/${repository[3]}`],
            sure: true,
            because: `${container.name} runs ${container.image}`,
          },
        ]
      : [];
    const log: readonly ServiceNeed[] =
      container.logDriver === 'awslogs'
        ? [
            {
              ...logs(region, account, container.logGroup ?? '*', `${container.name} logs to CloudWatch`),
              sure: container.logGroup !== undefined,
            },
          ]
        : [];
    const secrets = (container.environment ?? []).flatMap((fact) => {
      if (fact.valueFrom === undefined) return [];
      const arn = fact.valueFrom.startsWith('arn:')
        ? secretArn(fact.valueFrom)
        : `arn:aws:ssm:${region}:${account}:parameter/${fact.valueFrom.replace(/^\//, '')}`;
      return byTable(SECRETS, arn, `${fact.name} comes from ${arn}`);
    });
    return [...pull, ...log, ...secrets];
  });
}

/** A reference to one field of a secret ends in `:field:stage:version`. */
const secretArn = (text: string): string => (text.includes(':secret:') ? text.split(':').slice(0, 7).join(':') : text);
