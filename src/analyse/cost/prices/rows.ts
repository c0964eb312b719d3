/** Price tables as text, one family a line: `m5 | large 0.096 xlarge 0.192`. */
import type { Certainty, PriceRow, Service } from '../price.ts';

export const PAGES: Readonly<Record<Service, string>> = {
  ec2: 'https://aws.amazon.com/ec2/pricing/on-demand/',
  ebs: 'https://aws.amazon.com/ebs/pricing/',
  rds: 'https://aws.amazon.com/rds/pricing/',
  'rds-storage': 'https://aws.amazon.com/rds/pricing/',
  elasticache: 'https://aws.amazon.com/elasticache/pricing/',
  elb: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
  nat: 'https://aws.amazon.com/vpc/pricing/',
  ipv4: 'https://aws.amazon.com/vpc/pricing/',
  fargate: 'https://aws.amazon.com/fargate/pricing/',
  'vpc-endpoint': 'https://aws.amazon.com/privatelink/pricing/',
  dynamodb: 'https://aws.amazon.com/dynamodb/pricing/',
  s3: 'https://aws.amazon.com/s3/pricing/',
  sqs: 'https://aws.amazon.com/sqs/pricing/',
  sns: 'https://aws.amazon.com/sns/pricing/',
  lambda: 'https://aws.amazon.com/lambda/pricing/',
  cloudfront: 'https://aws.amazon.com/cloudfront/pricing/',
  transfer: 'https://aws.amazon.com/ec2/pricing/on-demand/',
  logs: 'https://aws.amazon.com/cloudwatch/pricing/',
  cloudwatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  secretsmanager: 'https://aws.amazon.com/secrets-manager/pricing/',
  route53: 'https://aws.amazon.com/route53/pricing/',
  kms: 'https://aws.amazon.com/kms/pricing/',
};

interface Where {
  readonly region: string;
  readonly asOf: string;
  readonly checked: Certainty;
}

const priceOf = (text: string | undefined, line: string): number => {
  const usd = Number(text);
  if (text === undefined || !Number.isFinite(usd) || usd <= 0) throw new Error(`not a price in “${line}”`);
  return usd;
};

/** Hourly prices of machine types. `prefixes` go before the family: `mysql/db.`; several for engines of one price. */
export function machines(where: Where, service: Service, prefixes: readonly string[], table: string): PriceRow[] {
  return table.split('\n').flatMap((line) => {
    const [family = '', sizes = ''] = line.split('|').map((part) => part.trim());
    if (family === '') return [];
    const words = sizes.split(/\s+/);
    return prefixes.flatMap((prefix) => {
      const rows: PriceRow[] = [];
      for (let n = 0; n < words.length; n += 2) {
        const usd = priceOf(words[n + 1], line);
        rows.push({
          region: where.region,
          asOf: where.asOf,
          checked: where.checked,
          service,
          sku: `${prefix}${family}.${words[n]}`,
          unit: 'hour',
          usd,
          source: PAGES[service],
        });
      }
      return rows;
    });
  });
}

/** Other prices, one a line: `elb | alb-hour | hour | 0.0225`. */
export function others(where: Where, table: string): PriceRow[] {
  return table.split('\n').flatMap((line) => {
    const [service = '', sku = '', unit = '', usd] = line.split('|').map((part) => part.trim());
    if (service === '') return [];
    if (!(service in PAGES)) throw new Error(`no such service in “${line}”`);
    const known = service as Service;
    return [{ ...where, service: known, sku, unit, usd: priceOf(usd, line), source: PAGES[known] }];
  });
}
