/** What instances, volumes, databases, caches and Fargate tasks are charged for. */
import type { Estate } from '../../estate/estate.ts';
import { find } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { asked, type Bill, bill, type Charge, fixed, hourly, joined, NOTHING, unpriced, usage } from './charge.ts';
import { HOURS_PER_MONTH } from './price.ts';

/** Running hours of every hour of the month; a stopped instance is not charged, its volumes are. */
export function instanceBill(estate: Estate, instance: ResourceOf<'instance'>): Bill {
  if (instance.state === 'terminated' || instance.state === 'shutting-down') return NOTHING;
  const volumes =
    instance.volumes === undefined || instance.volumes.some((ref) => !find(estate, ref))
      ? unpriced('its volumes', 'ec2:DescribeVolumes does not have them')
      : NOTHING;
  if (instance.state === 'stopped' || instance.state === 'stopping') return volumes;
  if (instance.instanceType === undefined)
    return joined(unpriced('the instance', asked(instance, 'InstanceType')), volumes);
  const missing = instance.state === undefined ? asked(instance, 'State') : undefined;
  return joined(
    bill(hourly('ec2', instance.instanceType, 'on demand, Linux', missing === undefined ? 1 : undefined, missing)),
    volumes,
  );
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html: 3,000 IOPS and 125 MiB/s of gp3 are included. */
const GP3 = { iops: 3000, throughput: 125 };

/** What is over the amount that the price of the storage includes. */
function over(
  sku: string,
  what: string,
  amount: number | undefined,
  included: number,
  missing: string,
): readonly Charge[] {
  if (amount === undefined) return [fixed('ebs', sku, what, undefined, missing)];
  return amount > included ? [fixed('ebs', sku, what, amount - included)] : [];
}

export function volumeBill(volume: ResourceOf<'volume'>): Bill {
  const type = volume.volumeType;
  if (type === undefined) return unpriced('the volume', asked(volume, 'VolumeType'));
  const charges: Charge[] = [
    fixed('ebs', type, 'storage', volume.size, volume.size === undefined ? asked(volume, 'Size') : undefined),
  ];
  if (type === 'gp3') {
    charges.push(...over('gp3-iops', 'IOPS over 3,000', volume.iops, GP3.iops, asked(volume, 'Iops')));
    charges.push(
      ...over(
        'gp3-throughput',
        'throughput over 125 MiB/s',
        volume.throughput,
        GP3.throughput,
        asked(volume, 'Throughput'),
      ),
    );
  }
  if (type === 'io1' || type === 'io2') {
    charges.push(
      fixed(
        'ebs',
        `${type}-iops`,
        'provisioned IOPS',
        volume.iops,
        volume.iops === undefined ? asked(volume, 'Iops') : undefined,
      ),
    );
  }
  if (type === 'standard') charges.push(usage('ebs', 'standard-io', 'requests to a magnetic volume'));
  return bill(...charges);
}

/**
 * Engine versions that AWS charges Extended Support for, and from when.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
 */
const EXTENDED_SUPPORT: readonly { readonly engine: RegExp; readonly version: RegExp; readonly from: string }[] = [
  { engine: /^mysql$/, version: /^5\.7/, from: '2024-03-01' },
  { engine: /^mysql$/, version: /^8\.0/, from: '2026-08-01' },
  { engine: /^postgres$/, version: /^11(\.|$)/, from: '2024-04-01' },
  { engine: /^postgres$/, version: /^12(\.|$)/, from: '2025-03-01' },
  { engine: /^postgres$/, version: /^13(\.|$)/, from: '2026-03-01' },
];

function extendedSupport(estate: Estate, database: ResourceOf<'database'>): Bill {
  const { engine = '', engineVersion } = database;
  if (engineVersion === undefined)
    return EXTENDED_SUPPORT.some((one) => one.engine.test(engine))
      ? unpriced('RDS Extended Support', asked(database, 'EngineVersion'))
      : NOTHING;
  const rule = EXTENDED_SUPPORT.find((one) => one.engine.test(engine) && one.version.test(engineVersion));
  if (!rule || (estate.collectedAt !== undefined && estate.collectedAt < rule.from)) return NOTHING;
  return unpriced(
    'RDS Extended Support',
    `${engine} ${engineVersion} may be charged by the vCPU and hour from ${rule.from} on, and the input does not tell the vCPUs`,
  );
}

export function databaseBill(estate: Estate, database: ResourceOf<'database'>): Bill {
  const { engine, instanceClass } = database;
  const member = Boolean(database.cluster);
  const copies = member ? 1 : database.multiAz === undefined ? undefined : database.multiAz ? 2 : 1;
  const noCopies = copies === undefined ? asked(database, 'MultiAZ') : undefined;
  const two = copies === 2 ? ', twice for Multi-AZ' : '';
  const charges: Charge[] = [];
  // without its class the rest of it is still told
  const untold = engine === undefined ? 'Engine' : instanceClass === undefined ? 'DBInstanceClass' : undefined;
  if (instanceClass === 'db.serverless' && untold === undefined)
    charges.push(usage('rds', `${engine}/acu-hour`, 'capacity units of Serverless'));
  else if (untold === undefined && database.status !== 'stopped')
    charges.push(hourly('rds', `${engine}/${instanceClass}`, `on demand, ${engine}${two}`, copies, noCopies));
  if (!member) charges.push(...storageCharges(database, copies, noCopies, two));
  const machine = untold === undefined ? NOTHING : unpriced('the database', asked(database, untold));
  return joined(machine, bill(...charges), extendedSupport(estate, database));
}

function storageCharges(
  database: ResourceOf<'database'>,
  copies: number | undefined,
  untold: string | undefined,
  two: string,
): readonly Charge[] {
  const type = database.storageType;
  const size = database.allocatedStorage;
  const times = (amount: number | undefined): number | undefined =>
    amount === undefined || copies === undefined ? undefined : amount * copies;
  const sizeMissing = size === undefined ? asked(database, 'AllocatedStorage') : untold;
  if (type === undefined)
    return [fixed('rds-storage', 'unknown', `storage${two}`, undefined, asked(database, 'StorageType'))];
  const charges = [fixed('rds-storage', type, `storage${two}`, times(size), sizeMissing)];
  if (type === 'io1' || type === 'io2') {
    charges.push(
      fixed(
        'rds-storage',
        `${type}-iops`,
        `provisioned IOPS${two}`,
        times(database.iops),
        database.iops === undefined ? asked(database, 'Iops') : untold,
      ),
    );
  }
  return charges;
}

export const clusterBill = (cluster: ResourceOf<'databaseCluster'>): Bill =>
  cluster.engine?.startsWith('aurora') === false
    ? unpriced('storage of the cluster', asked(cluster, 'its storage'))
    : bill(
        usage('rds-storage', 'aurora', 'storage, by what is written'),
        usage('rds', 'aurora-io-million', 'requests to storage'),
      );

export function cacheBill(cache: ResourceOf<'cache'>): Bill {
  const { engine, nodeType, nodes } = cache;
  if (engine === undefined || nodeType === undefined)
    return unpriced('the cache', asked(cache, engine === undefined ? 'Engine' : 'CacheNodeType'));
  const count = nodes?.length;
  return bill(
    hourly(
      'elasticache',
      `${engine}/${nodeType}`,
      `${count ?? 'its'} node${count === 1 ? '' : 's'}, ${engine}`,
      count,
      count === undefined ? asked(cache, 'its nodes') : undefined,
    ),
  );
}

/** The vCPU and memory of Fargate tasks; tasks on EC2 are paid with their instances. */
export function serviceBill(estate: Estate, service: ResourceOf<'ecsService'>): Bill {
  const fargate =
    service.launchType === 'FARGATE' ||
    (service.launchType === undefined && service.capacityProviders?.some((one) => one.startsWith('FARGATE')));
  if (!fargate) {
    if (service.launchType === undefined && !service.capacityProviders?.length)
      return unpriced('its tasks', asked(service, 'launchType'));
    return NOTHING;
  }
  if (service.capacityProviders?.includes('FARGATE_SPOT'))
    return unpriced('its tasks on Fargate Spot', 'the Spot price changes all the time');
  // those that are wanted: what stops is started anew, and charged again
  return taskCharges(estate, service.taskDefinition, service.desired);
}

/** Fargate tasks that no service started. */
export function taskBill(estate: Estate, task: ResourceOf<'ecsTask'>): Bill {
  if (task.service || (task.lastStatus !== undefined && task.lastStatus !== 'RUNNING')) return NOTHING;
  if (task.launchType === undefined && !task.containerInstance) return unpriced('the task', asked(task, 'launchType'));
  return task.launchType === 'FARGATE' ? taskCharges(estate, task.taskDefinition, 1) : NOTHING;
}

function taskCharges(
  estate: Estate,
  definitionRef: ResourceOf<'ecsService'>['taskDefinition'],
  tasks: number | undefined,
): Bill {
  const definition = find(estate, definitionRef);
  const arm = definition?.architecture?.toUpperCase() === 'ARM64' ? 'arm-' : '';
  const month = (perTask: number | undefined): number | undefined =>
    perTask === undefined || tasks === undefined ? undefined : perTask * tasks * HOURS_PER_MONTH;
  const missing =
    tasks === undefined
      ? 'ecs:DescribeServices does not tell how many tasks run'
      : 'ecs:DescribeTaskDefinition does not tell cpu and memory';
  const charge = (sku: string, what: string, amount: number | undefined): Charge =>
    fixed('fargate', arm + sku, what, amount, amount === undefined ? missing : undefined);
  const cpu = definition?.cpu === undefined ? undefined : definition.cpu / 1024;
  const memory = definition?.memory === undefined ? undefined : definition.memory / 1024;
  return bill(
    charge('vcpu-hour', `${cpu ?? '?'} vCPU × ${tasks ?? '?'} tasks`, month(cpu)),
    charge('gb-hour', `${memory ?? '?'} GB × ${tasks ?? '?'} tasks`, month(memory)),
  );
}
