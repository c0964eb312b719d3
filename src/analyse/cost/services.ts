/** What tables, buckets, queues, topics, functions, distributions, secrets, zones and keys are charged for. */
import type { ResourceOf } from '../../estate/resource.ts';
import { asked, type Bill, bill, fixed, hourly, NOTHING, unpriced, usage } from './charge.ts';

export function tableBill(table: ResourceOf<'table'>): Bill {
  const size = table.sizeBytes;
  const storage = fixed(
    'dynamodb',
    'storage',
    'storage',
    size === undefined ? undefined : size / 1e9,
    size === undefined ? asked(table, 'TableSizeBytes') : undefined,
  );
  if (table.billing === undefined)
    return { ...bill(storage), unpriced: [{ what: 'reads and writes', missing: asked(table, 'BillingModeSummary') }] };
  if (table.billing === 'PAY_PER_REQUEST') {
    return bill(
      storage,
      usage('dynamodb', 'read-million', 'read request units'),
      usage('dynamodb', 'write-million', 'write request units'),
    );
  }
  const capacity = asked(table, 'ProvisionedThroughput');
  return bill(
    storage,
    hourly(
      'dynamodb',
      'rcu-hour',
      'provisioned read capacity',
      table.readCapacity,
      table.readCapacity === undefined ? capacity : undefined,
    ),
    hourly(
      'dynamodb',
      'wcu-hour',
      'provisioned write capacity',
      table.writeCapacity,
      table.writeCapacity === undefined ? capacity : undefined,
    ),
  );
}

export const bucketBill = (): Bill =>
  bill(
    usage('s3', 'standard', 'storage'),
    usage('s3', 'put-1000', 'writes and listings'),
    usage('s3', 'get-1000', 'reads'),
  );

export const queueBill = (queue: ResourceOf<'queue'>): Bill =>
  bill(usage('sqs', queue.name.endsWith('.fifo') ? 'fifo-million' : 'standard-million', 'requests'));

export const topicBill = (): Bill => bill(usage('sns', 'publish-million', 'messages published'));

export function functionBill(lambda: ResourceOf<'function'>): Bill {
  const arm = lambda.architectures?.includes('arm64') ? 'arm-' : '';
  return bill(usage('lambda', 'request-million', 'calls'), usage('lambda', `${arm}gb-second`, 'run time × memory'));
}

export const distributionBill = (): Bill =>
  bill(
    usage('cloudfront', 'gb-us-eu', 'traffic to viewers in North America and Europe'),
    usage('cloudfront', 'gb-korea', 'traffic to viewers in Korea'),
    usage('cloudfront', 'https-10000', 'requests'),
  );

export const secretBill = (secret: ResourceOf<'secret'>): Bill =>
  secret.service === 'secretsmanager' ? bill(fixed('secretsmanager', 'secret', 'secret', 1)) : NOTHING;

export const zoneBill = (): Bill => bill(fixed('route53', 'zone', 'hosted zone', 1));

/** Keys that AWS made for its own services (`alias/aws/…`) are free. */
export function keyBill(key: ResourceOf<'key'>): Bill {
  if (key.aliases.some((alias) => alias.startsWith('alias/aws/'))) return NOTHING;
  if (key.aliases.length === 0) return unpriced('the key', 'kms:ListAliases does not tell whether it is AWS’s own');
  return bill(fixed('kms', 'key', 'customer-managed key', 1));
}

export const alarmBill = (): Bill => bill(fixed('cloudwatch', 'alarm', 'alarm', 1));

export const logGroupBill = (): Bill => bill(usage('logs', 'ingest-gb', 'logs taken in'));

/** Things without a kind of their own that AWS does not charge for being there. */
export const FREE: ReadonlySet<string> = new Set([
  'budgets:budget',
  'cloudformation:stack',
  'ec2:customerGateway',
  'ec2:dhcpOptions',
  'ec2:instanceConnectEndpoint',
  'ec2:keyPair',
  'ecs:capacityProvider',
  'elasticache:parameterGroup',
  'elasticache:user',
  'elasticache:userGroup',
  'events:rule',
  'lambda:layer',
  'rds:clusterParameterGroup',
  'rds:eventSubscription',
  'rds:parameterGroup',
  'rds:optionGroup',
  'redshift:clusterSubnetGroup',
  's3:accessPoint',
  'sso:instance',
]);
