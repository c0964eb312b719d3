/** From a resource of the estate to what declares it. */
import type { Resource } from '../../estate/resource.ts';
import { referencesIn } from '../edit.ts';
import type { State } from '../state.ts';
import type { DeclaredResource, World } from '../world.ts';

const indexes = new WeakMap<World, ReadonlyMap<string, readonly DeclaredResource[]>>();

function indexOf(world: World): ReadonlyMap<string, readonly DeclaredResource[]> {
  const known = indexes.get(world);
  if (known) return known;
  const index = new Map<string, DeclaredResource[]>();
  const put = (key: string, one: DeclaredResource): void => {
    const list = index.get(key);
    if (list) list.push(one);
    else index.set(key, [one]);
  };
  for (const one of world.declared.values()) {
    if (one.adopted) put(one.adopted.of.id, one);
    else for (const key of keysOf(one, world)) put(key, one);
  }
  indexes.set(world, index);
  return index;
}

/** The property by which a part that the plan made names what it is a part of. */
const OWNER: Readonly<Record<string, string>> = {
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 'role',
  'aws:iam/rolePolicy:RolePolicy': 'role',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': 'securityGroupId',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': 'securityGroupId',
};

/** Its own id and ARN, and the id of what it is a part of. */
function keysOf(one: DeclaredResource, world: World): ReadonlySet<string> {
  const [owner] = referencesIn(one.properties[OWNER[one.type] ?? '']);
  const of = owner && world.declared.get(owner.address);
  const keys = [
    one.id,
    textOf(one.outputs.arn),
    of?.adopted?.of.id ?? '',
    ...(of ? [of.id, textOf(of.outputs.arn)] : []),
  ];
  return new Set(keys.filter((key) => key !== ''));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Everything that is declared of a resource: itself, its rules, its policies, its attachments. */
export const declaredAllOf = (state: State, { id }: Pick<Resource, 'id'>): readonly DeclaredResource[] =>
  indexOf(state.world).get(id) ?? [];

/** Types that are the thing itself and no part of it, by kind. */
const ITSELF: Readonly<Partial<Record<Resource['kind'], readonly string[]>>> = {
  vpc: ['aws:ec2/vpc:Vpc'],
  subnet: ['aws:ec2/subnet:Subnet'],
  routeTable: ['aws:ec2/routeTable:RouteTable'],
  internetGateway: ['aws:ec2/internetGateway:InternetGateway'],
  natGateway: ['aws:ec2/natGateway:NatGateway'],
  securityGroup: ['aws:ec2/securityGroup:SecurityGroup'],
  instance: ['aws:ec2/instance:Instance'],
  launchTemplate: ['aws:ec2/launchTemplate:LaunchTemplate'],
  autoScalingGroup: ['aws:autoscaling/group:Group'],
  ecsCluster: ['aws:ecs/cluster:Cluster'],
  ecsService: ['aws:ecs/service:Service'],
  taskDefinition: ['aws:ecs/taskDefinition:TaskDefinition'],
  loadBalancer: ['aws:lb/loadBalancer:LoadBalancer'],
  listener: ['aws:lb/listener:Listener'],
  listenerRule: ['aws:lb/listenerRule:ListenerRule'],
  targetGroup: ['aws:lb/targetGroup:TargetGroup'],
  database: ['aws:rds/instance:Instance', 'aws:rds/clusterInstance:ClusterInstance'],
  databaseCluster: ['aws:rds/cluster:Cluster'],
  databaseSubnetGroup: ['aws:rds/subnetGroup:SubnetGroup'],
  cache: ['aws:elasticache/replicationGroup:ReplicationGroup', 'aws:elasticache/cluster:Cluster'],
  cacheSubnetGroup: ['aws:elasticache/subnetGroup:SubnetGroup'],
  bucket: ['aws:s3/bucket:Bucket'],
  queue: ['aws:sqs/queue:Queue'],
  topic: ['aws:sns/topic:Topic'],
  table: ['aws:dynamodb/table:Table'],
  function: ['aws:lambda/function:Function'],
  distribution: ['aws:cloudfront/distribution:Distribution'],
  dnsRecord: ['aws:route53/record:Record'],
  user: ['aws:iam/user:User'],
  group: ['aws:iam/group:Group'],
  role: ['aws:iam/role:Role'],
  policy: ['aws:iam/policy:Policy'],
  instanceProfile: ['aws:iam/instanceProfile:InstanceProfile'],
  logGroup: ['aws:cloudwatch/logGroup:LogGroup'],
};

/** What declares the resource itself; undefined when the program does not have it. */
export function declaredOf(state: State, resource: Pick<Resource, 'id' | 'kind'>): DeclaredResource | undefined {
  const types = ITSELF[resource.kind] ?? [];
  return declaredAllOf(state, resource).find(({ type }) => types.includes(type));
}

/** Parts of it of one type: the attachments of a role, the rules of a group. */
export const partsOf = (
  state: State,
  resource: Pick<Resource, 'id'>,
  ...types: readonly string[]
): readonly DeclaredResource[] => declaredAllOf(state, resource).filter(({ type }) => types.includes(type));
