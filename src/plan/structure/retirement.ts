/** What of the program belongs to an environment that goes, and in which order it can be deleted. */
import { environmentsOf } from '../../analyse/environments/environments.ts';
import { byId, type Estate } from '../../estate/estate.ts';
import type { Id } from '../../estate/ids.ts';
import type { Resource } from '../../estate/resource.ts';
import { addressOf, referencesIn } from '../edit.ts';
import { namedUse } from '../named-uses.ts';
import type { State } from '../state.ts';
import type { DeclaredResource } from '../world.ts';

export interface Retirement {
  /** Everything that goes, in stages: what is used by nothing that is left comes first. */
  readonly stages: readonly Stage[];
  /** What belongs to the environment in the estate. */
  readonly resources: readonly Resource[];
  readonly problems: readonly { readonly subject: string; readonly because: string; readonly change: string }[];
}

export interface Stage {
  readonly key: string;
  readonly title: string;
  readonly declared: readonly DeclaredResource[];
}

/** Who deletes data by a guess deletes somebody else's: only a tag, a name or what holds it counts, and nothing may say otherwise. */
const SURE = new Set(['environment-tag', 'environment-name', 'environment-of-container']);

const STAGES: readonly { readonly key: string; readonly title: string; readonly types: RegExp }[] = [
  {
    key: 'doors',
    title: 'addresses, listeners, triggers and alarms',
    types:
      /^aws:(route53\/record|lb\/listener|cloudwatch\/(metricAlarm|eventRule|eventTarget)|appautoscaling|lambda\/(permission|eventSourceMapping)|sns\/topicSubscription|s3\/bucketNotification|scheduler)/,
  },
  {
    key: 'programs',
    title: 'programs, servers and load balancers',
    types: /^aws:(ecs\/(service|taskDefinition)|lambda\/function|autoscaling|ec2\/instance|lb\/|elb\/|wafv2|alb\/)/,
  },
  {
    key: 'data',
    title: 'databases, caches, tables, buckets and queues',
    types:
      /^aws:(rds\/(instance|cluster|clusterInstance):|elasticache\/(replicationGroup|cluster|user)|dynamodb|s3\/|sqs|sns|secretsmanager|ssm\/parameter|kms|efs|cloudfront)/,
  },
  { key: 'rest', title: 'clusters, roles, logs and certificates', types: /^(?!aws:(ec2|vpc)\/)/ },
  {
    key: 'gateways',
    title: 'NAT gateways and endpoints',
    types: /^aws:ec2\/(natGateway|flowLog|vpcEndpoint.*#Interface$)/,
  },
  {
    key: 'routes',
    title: 'rules and routes',
    types:
      /^aws:(vpc\/|ec2\/(route:|routeTableAssociation|mainRouteTableAssociation|vpcEndpoint|securityGroupRule|networkAclRule|networkAclAssociation|vpcPeering|eipAssociation|internetGatewayAttachment))/,
  },
  { key: 'places', title: 'subnets, tables and groups', types: /^aws:ec2\/(?!vpc:|internetGateway:|vpcIpv4)/ },
  { key: 'network', title: 'the network', types: /./ },
];

export function retirementOf(state: State, estate: Estate, environment: string, stem: string): Retirement {
  const claims = environmentsOf(estate).of;
  const problems: { readonly subject: string; readonly because: string; readonly change: string }[] = [];
  const resources: Resource[] = [];
  for (const resource of estate.resources) {
    const claim = claims.get(resource.id as Id);
    if (claim?.environment !== environment) continue;
    if (!SURE.has(claim.because.code) || claim.contrary.length > 0) {
      if (claim.contrary.length > 0 || ['database', 'bucket', 'table', 'databaseCluster'].includes(resource.kind))
        problems.push({
          subject: resource.id,
          because: `Whether ${resource.name} belongs to ${environment} is not sure: ${(claim.contrary[0]?.because ?? claim.because).detail}`,
          change: `Tag it Environment=${environment}, or with where it belongs; until then it stays.`,
        });
      continue;
    }
    resources.push(resource);
  }
  const ids = new Set<string>(resources.map(({ id }) => id));
  const kept = stillUsed(state, estate, resources, ids);
  for (const { of, says } of kept)
    problems.push({
      subject: of.id,
      because: `${of.name} belongs to ${environment}, and something that stays uses it: ${says}.`,
      change: `Give what stays one of its own, with the data that it needs, and name that one instead. Until then ${of.name} stays here, with what it stands on.`,
    });
  const staying = new Set<string>(resources.flatMap(({ id }) => (ids.has(id) ? [] : [id])));
  const going = goingOf(state, estate, ids, staying, stem);
  for (const one of state.world.declared.values()) {
    const address = addressOf(one);
    if (going.has(address)) continue;
    const used = referencesIn(one.properties).find((reference) => going.has(reference.address));
    if (used)
      problems.push({
        subject: one.adopted?.of.id ?? one.id,
        because: `${one.name}, which stays, still refers to ${used.address.replace(/^.*::/, '')}.`,
        change: 'Give each environment its own first.',
      });
  }
  return { stages: stagesOf(going), resources: resources.filter(({ id }) => ids.has(id)), problems };
}

interface Kept {
  readonly of: Resource;
  readonly says: string;
}

/** Takes out of `ids` what something names that stays, and what that stands on; tells of the first. */
function stillUsed(state: State, estate: Estate, resources: readonly Resource[], ids: Set<string>): readonly Kept[] {
  const kept: Kept[] = [];
  for (let before = -1; before !== ids.size; ) {
    before = ids.size;
    for (const of of resources) {
      const use = ids.has(of.id) ? namedUse(state, of, ids) : undefined;
      if (use === undefined) continue;
      ids.delete(of.id);
      kept.push({ of, says: use.says });
    }
    const stays = new Set<string>(resources.flatMap(({ id }) => (ids.has(id) ? [] : [id])));
    if (stays.size === 0) break;
    for (const one of state.world.declared.values())
      if (stays.has(wholeOf(estate, one) ?? '') || isPartOf(stays, state, estate, one))
        for (const { address } of referencesIn(one.properties)) {
          const ground = state.world.declared.get(address);
          if (ground) ids.delete(wholeOf(estate, ground) ?? '');
        }
  }
  return kept;
}

/** What the journey made for a thing, such as its policy, refers to it or has its name. */
function isPartOf(
  wholes: ReadonlySet<string>,
  { world }: State,
  estate: Estate,
  { inputs, properties }: DeclaredResource,
): boolean {
  if (wholes.size === 0) return false;
  const names = new Set([...wholes].flatMap((id) => [id, byId(estate, id)?.name ?? id]));
  return (
    PART_OF.some((field) => names.has(String(inputs[field] ?? ''))) ||
    PART_OF.flatMap((field) => referencesIn(properties[field])).some(({ address }) => {
      const of = world.declared.get(address);
      return of !== undefined && wholes.has(wholeOf(estate, of) ?? '');
    })
  );
}

/** The properties by which a part names what it is a part of. */
const PART_OF = ['bucket', 'queueUrl', 'arn', 'resourceArn', 'secretArn', 'keyId', 'tableName', 'role'] as const;

/** The resource of the estate that it is, or is a part of. */
const wholeOf = (estate: Estate, one: DeclaredResource): string | undefined =>
  one.adopted?.of.id ?? [one.id, String(one.outputs.arn ?? '')].find((id) => byId(estate, id) !== undefined);

/** Wholes of the environment, their parts, and what refers to them and is a part of nothing else. */
function goingOf(
  state: State,
  estate: Estate,
  ids: ReadonlySet<string>,
  kept: ReadonlySet<string>,
  stem: string,
): ReadonlyMap<string, DeclaredResource> {
  const going = new Map<string, DeclaredResource>();
  for (const one of state.world.declared.values()) {
    const whole = wholeOf(estate, one);
    const mine =
      whole === undefined ? one.name.startsWith(`${stem}-`) && !isPartOf(kept, state, estate, one) : ids.has(whole);
    if (mine) going.set(addressOf(one), one);
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const one of state.world.declared.values()) {
      if (going.has(addressOf(one)) || one.adopted) continue;
      const isPart = byId(estate, one.id) === undefined && byId(estate, String(one.outputs.arn ?? '')) === undefined;
      if (
        isPart &&
        !isPartOf(kept, state, estate, one) &&
        referencesIn(one.properties).some(({ address }) => going.has(address))
      ) {
        going.set(addressOf(one), one);
        grown = true;
      }
    }
  }
  return going;
}

/** An endpoint with interfaces stands in a subnet; one for a gateway is a route. */
const sortOf = ({ type, inputs }: DeclaredResource): string =>
  inputs.vpcEndpointType === 'Interface' ? `${type}#Interface` : type;

/** Nothing is deleted while something that is left refers to it. */
function stagesOf(going: ReadonlyMap<string, DeclaredResource>): readonly Stage[] {
  const at = new Map(
    [...going].map(([address, one]) => [address, STAGES.findIndex(({ types }) => types.test(sortOf(one)))]),
  );
  for (let moved = true; moved; ) {
    moved = false;
    for (const [address, one] of going)
      for (const { address: used } of referencesIn(one.properties)) {
        const limit = at.get(used);
        if (limit !== undefined && (at.get(address) ?? 0) > limit) {
          at.set(address, limit);
          moved = true;
        }
      }
  }
  return STAGES.flatMap(({ key, title }, n) => {
    const declared = [...going].flatMap(([address, one]) => (at.get(address) === n ? [one] : []));
    return declared.length === 0 ? [] : [{ key, title, declared }];
  });
}
