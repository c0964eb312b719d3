/**
 * Everything in which development differs from production, why, and what that touches. A test records both stacks and fails
 * when anything else differs, or when a line here has become untrue.
 */

export interface Difference {
  /** Path of the setting in the stack's configuration. */
  readonly setting: string;
  readonly why: string;
  /** `type name property` of what differs; `*` stands for anything. A resource that only one stack has is `type name exists`. */
  readonly touches: readonly string[];
}

export const differences: readonly Difference[] = [
  {
    setting: 'aws:allowedAccountIds',
    why: 'Each stack has an account of its own, so a mistake in one cannot reach the other.',
    touches: [],
  },
  {
    setting: 'domain',
    why: 'Both are on the internet, under names of their own.',
    touches: [
      'aws:acm/certificate:Certificate * domainName',
      'aws:cloudfront/distribution:Distribution * aliases',
      'aws:cloudfront/distribution:Distribution * comment',
      'aws:route53/record:Record shop-edge-ipv* name',
      'aws:route53/record:Record shop-media-ipv* name',
      'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration shop-media corsRules',
      'aws:ecs/taskDefinition:TaskDefinition * containerDefinitions',
    ],
  },
  {
    setting: 'hostedZoneId',
    why: "Development's names are in a zone of its own account.",
    touches: ['aws:route53/record:Record shop-* zoneId'],
  },
  {
    setting: 'network.vpc.cidr',
    why: 'Two networks that may be connected one day must not overlap.',
    touches: ['aws:ec2/vpc:Vpc shop-vpc cidrBlock', 'aws:ec2/subnet:Subnet * cidrBlock'],
  },
  {
    setting: 'network.nat',
    why: 'One NAT gateway is enough when a lost zone may stop development for an hour.',
    touches: [
      'aws:ec2/natGateway:NatGateway shop-nat-b exists',
      'aws:ec2/eip:Eip shop-nat-b-address exists',
      'aws:ec2/route:Route shop-app-b-to-nat natGatewayId',
    ],
  },
  {
    setting: 'database.size',
    why: 'Nobody waits for it.',
    touches: ['aws:rds/instance:Instance shop-mysql instanceClass'],
  },
  {
    setting: 'database.multiAz',
    why: 'Development may wait for a lost zone; a standby doubles the price.',
    touches: ['aws:rds/instance:Instance shop-mysql multiAz'],
  },
  {
    setting: 'database.replicas',
    why: 'Development has no readers to serve; and without replicas RDS can manage the password itself.',
    touches: [
      'aws:rds/instance:Instance shop-mysql-replica-* exists',
      'aws:rds/instance:Instance shop-mysql manageMasterUserPassword',
      'aws:rds/instance:Instance shop-mysql password',
      'aws:secretsmanager/secret*:Secret* shop-mysql-password exists',
      'aws:ec2/securityGroup:SecurityGroup shop-mysql-readers exists',
      'aws:vpc/securityGroup*Rule:* *shop-mysql-readers* exists',
      'aws:route53/record:Record shop-mysql-read-* exists',
      'aws:route53/record:Record shop-mysql-read-writer weightedRoutingPolicies',
      'aws:route53/healthCheck:HealthCheck shop-mysql-replica-*-serves exists',
      'aws:cloudwatch/metricAlarm:MetricAlarm shop-mysql-replica-*-serves exists',
      'aws:cloudwatch/metricAlarm:MetricAlarm shop-watch-shop-mysql-replica-* exists',
      'aws:rds/eventSubscription:EventSubscription shop-watch-shop-mysql-events sourceIds',
      'aws:ecs/taskDefinition:TaskDefinition * containerDefinitions',
      'aws:iam/rolePolicy:RolePolicy shop-*-may-start policy',
    ],
  },
  {
    setting: 'cache.size',
    why: 'There is little to keep.',
    touches: ['aws:elasticache/replicationGroup:ReplicationGroup shop-cache nodeType'],
  },
  {
    setting: 'cache.nodes',
    why: 'A cache that is empty for a minute hurts nobody there.',
    touches: [
      'aws:elasticache/replicationGroup:ReplicationGroup shop-cache numCacheClusters',
      'aws:elasticache/replicationGroup:ReplicationGroup shop-cache preferredCacheClusterAzs',
      'aws:elasticache/replicationGroup:ReplicationGroup shop-cache automaticFailoverEnabled',
      'aws:elasticache/replicationGroup:ReplicationGroup shop-cache multiAzEnabled',
      'aws:cloudwatch/metricAlarm:MetricAlarm shop-watch-shop-cache-node-002-memory exists',
    ],
  },
  {
    setting: 'tasks',
    why: 'One task of each is enough for a handful of people.',
    touches: [
      'aws:ecs/service:Service * desiredCount',
      'aws:appautoscaling/target:Target * minCapacity',
      'aws:appautoscaling/target:Target * maxCapacity',
    ],
  },
  {
    setting: 'monthlyBudget',
    why: 'It costs less, so a surprise is smaller.',
    touches: ['aws:budgets/budget:Budget shop-watch-budget limitAmount'],
  },
  {
    setting: 'deletionProtection',
    why: 'Development is taken down and made anew.',
    touches: [
      'aws:lb/loadBalancer:LoadBalancer shop-edge-lb enableDeletionProtection',
      'aws:lb/loadBalancer:LoadBalancer shop-edge-lb protect',
      'aws:rds/instance:Instance shop-mysql deletionProtection',
      'aws:rds/instance:Instance shop-mysql protect',
      'aws:elasticache/replicationGroup:ReplicationGroup shop-cache protect',
      'aws:dynamodb/table:Table shop-carts deletionProtectionEnabled',
      'aws:dynamodb/table:Table shop-carts protect',
    ],
  },
  {
    setting: 'the name of the stack',
    why: "It is in every resource's tags; and GitHub's environments have the stacks' names, so each admits its own deployments.",
    touches: ['* tags', 'aws:iam/role:Role shop-deploy assumeRolePolicy'],
  },
];
