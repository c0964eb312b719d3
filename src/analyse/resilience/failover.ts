/** How long AWS says its failovers take. A range and its page, never a bare number. */

export interface Failover {
  /** What happens, and what clients see of it. */
  readonly what: string;
  /** Null where AWS gives no time. */
  readonly seconds: { readonly from: number; readonly to: number } | null;
  readonly source: string;
}

export const MULTI_AZ_INSTANCE: Failover = {
  what: 'RDS makes the standby the primary under the same address. Connections break and must be opened again; AWS says typically 60 to 120 seconds, longer with large transactions.',
  seconds: { from: 60, to: 120 },
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html',
};

export const MULTI_AZ_CLUSTER: Failover = {
  what: 'RDS makes a readable standby the writer under the cluster’s address. Connections break and must be opened again; AWS says typically under 35 seconds, by replica lag.',
  seconds: { from: 0, to: 35 },
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts-failover.html',
};

export const AURORA_READER: Failover = {
  what: 'Aurora makes a reader the writer under the cluster’s address. Connections break and must be opened again; AWS says typically less than 60 seconds, often less than 30.',
  seconds: { from: 0, to: 60 },
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
};

export const AURORA_RECREATED: Failover = {
  what: 'Aurora makes the only instance again, in the same zone and as well as it can; AWS says typically less than 10 minutes.',
  seconds: { from: 0, to: 600 },
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
};

export const CACHE_REPLICA: Failover = {
  what: 'ElastiCache makes a replica the primary under the primary address. Writes fail meanwhile, and the last ones before are lost; AWS says the promotion takes a few seconds, and noticing the failure comes before it.',
  seconds: null,
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html',
};

export const TASKS_RESCHEDULED: Failover = {
  what: 'ECS starts the tasks elsewhere: the time to pull the image, to start and to pass the health check. AWS gives no figure.',
  seconds: null,
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html',
};

export const INSTANCES_REPLACED: Failover = {
  what: 'The Auto Scaling group notices the loss and starts instances in a zone that is left: the time to boot and to pass the health check. AWS gives no figure.',
  seconds: null,
  source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html',
};

export const NAME_ANSWERS_OTHERS: Failover = {
  what: 'The health check notices that no data comes, Route 53 leaves the record out, and clients get another answer once the record’s time to live is over. Until then their new connections fail. AWS gives no figure; minutes, since the data is of minutes.',
  seconds: null,
  source: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-private-hosted-zones.html',
};
