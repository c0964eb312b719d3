/** One price of AWS's list, and how prices are found. */

export const SERVICES = [
  'ec2',
  'ebs',
  'rds',
  'rds-storage',
  'elasticache',
  'elb',
  'nat',
  'ipv4',
  'fargate',
  'vpc-endpoint',
  'dynamodb',
  's3',
  'sqs',
  'sns',
  'lambda',
  'cloudfront',
  'transfer',
  'logs',
  'cloudwatch',
  'secretsmanager',
  'route53',
  'kms',
] as const;
export type Service = (typeof SERVICES)[number];

/**
 * Where a shipped price was read: `priceList`: a public copy of AWS's price list. `page`: AWS's own pricing page or documentation.
 * `bill`: a published AWS bill, the amount divided by the quantity.
 */
export const CERTAINTIES = ['priceList', 'page', 'bill'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

export interface PriceRow {
  /** A region code, or `global` for services that have one price everywhere. */
  readonly region: string;
  readonly service: Service;
  /** What is bought: `m5.large`, `mysql/db.m5.large`, `redis/cache.t3.micro`, `gp3`, `alb-hour`. See prices/README.md. */
  readonly sku: string;
  /** `hour`, `GB-month`, `GB`, `million`, … */
  readonly unit: string;
  readonly usd: number;
  /** AWS's pricing page. */
  readonly source: string;
  /** ISO date at which the price was known to hold. */
  readonly asOf: string;
  /** Every shipped row has it. Absent on the rows of the user's own price file. */
  readonly checked?: Certainty;
}

export const HOURS_PER_MONTH = 730;

export class PriceTable {
  private readonly rows = new Map<string, PriceRow>();

  /** Later rows override earlier ones of the same region, service and sku. */
  constructor(rows: Iterable<PriceRow>) {
    for (const row of rows) this.rows.set(`${row.region} ${row.service} ${row.sku}`, row);
  }

  /** The price of a sku in a region, or its price everywhere; undefined when the table does not have it. */
  find(region: string, service: Service, sku: string): PriceRow | undefined {
    return this.rows.get(`${region} ${service} ${sku}`) ?? this.rows.get(`global ${service} ${sku}`);
  }

  all(): readonly PriceRow[] {
    return [...this.rows.values()];
  }
}
