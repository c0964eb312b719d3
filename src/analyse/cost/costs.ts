/**
 * The monthly cost of what is there: charges × prices, fixed and usage apart. What has no price, no quantity or no
 * assumption is unknown: listed and counted, never zero. A total beside unknowns is a lower bound and says so.
 */
import type { Estate } from '../../estate/estate.ts';
import { all } from '../../estate/estate.ts';
import type { Id } from '../../estate/ids.ts';
import type { Kind, Resource } from '../../estate/resource.ts';
import { environmentOf } from '../environments/environments.ts';
import { type Assumptions, assumptionFor, NO_ASSUMPTIONS } from './assumptions.ts';
import { type Bill, bill, type Charge, joined, NOTHING, unpriced } from './charge.ts';
import { cacheBill, clusterBill, databaseBill, instanceBill, serviceBill, taskBill, volumeBill } from './machines.ts';
import { addressBill, balancerBill, endpointBill, natBill } from './network.ts';
import type { PriceRow, PriceTable } from './price.ts';
import * as services from './services.ts';

export interface CostLine {
  readonly resource: Id;
  readonly kind: Kind;
  readonly name: string;
  /** Null when the environment is not known. */
  readonly environment: string | null;
  readonly what: string;
  readonly type: 'fixed' | 'usage';
  readonly quantity: number;
  /** US dollars a month. */
  readonly usd: number;
  readonly price: PriceRow;
  /** For usage: the user's word for it. */
  readonly because?: string;
}

export interface UnknownCost {
  readonly resource: Id;
  readonly kind: Kind;
  readonly name: string;
  readonly environment: string | null;
  readonly what: string;
  readonly type: 'fixed' | 'usage';
  /** `price`: not in the table; `input`: the inventory does not tell; `assumption`: usage that the user must state. */
  readonly lacks: 'price' | 'input' | 'assumption';
  /** What would make it known. */
  readonly missing: string;
}

export interface Total {
  readonly fixed: number;
  readonly usage: number;
  /** How many charges are not in these sums. Above zero, the sums are lower bounds. */
  readonly unknown: { readonly fixed: number; readonly usage: number };
}

export interface Costs {
  readonly currency: 'USD';
  readonly total: Total;
  /** Sorted by name; `null` is what no evidence places, last. */
  readonly environments: readonly (Total & { readonly environment: string | null })[];
  readonly lines: readonly CostLine[];
  readonly unknown: readonly UnknownCost[];
  /** The oldest and newest date of the prices used; null when none was. */
  readonly pricesAsOf: { readonly oldest: string; readonly newest: string } | null;
  /** What every figure rests on. */
  readonly assumptions: readonly string[];
}

const BASIS: readonly string[] = [
  'On-demand list prices, 730 hours a month; without taxes, discounts, reservations, Savings Plans, Spot and free tiers.',
  'Every instance is taken to run Linux.',
];

/** A month's charges of one resource. */
export function billOf(estate: Estate, resource: Resource): Bill {
  return joined(ownBill(estate, resource), addressBill(estate, resource));
}

function ownBill(estate: Estate, resource: Resource): Bill {
  switch (resource.kind) {
    case 'instance':
      return instanceBill(estate, resource);
    case 'volume':
      return volumeBill(resource);
    case 'database':
      return databaseBill(estate, resource);
    case 'databaseCluster':
      return clusterBill(resource);
    case 'cache':
      return cacheBill(resource);
    case 'ecsService':
      return serviceBill(estate, resource);
    case 'ecsTask':
      return taskBill(estate, resource);
    case 'loadBalancer':
      return balancerBill(resource);
    case 'natGateway':
      return natBill(resource);
    case 'vpcEndpoint':
      return endpointBill(resource);
    case 'table':
      return services.tableBill(resource);
    case 'bucket':
      return services.bucketBill();
    case 'queue':
      return services.queueBill(resource);
    case 'topic':
      return services.topicBill();
    case 'function':
      return services.functionBill(resource);
    case 'distribution':
      return services.distributionBill();
    case 'secret':
      return services.secretBill(resource);
    case 'hostedZone':
      return services.zoneBill();
    case 'key':
      return services.keyBill(resource);
    case 'alarm':
      return services.alarmBill();
    case 'logGroup':
      return services.logGroupBill();
    case 'account':
      return transferBill(estate, resource);
    case 'other':
      return services.FREE.has(resource.type)
        ? NOTHING
        : unpriced(resource.type, `Underpin does not model ${resource.type}`);
    default:
      return NOTHING;
  }
}

/** Traffic to the internet belongs to an account and a region, not to one resource. */
function transferBill(estate: Estate, account: Resource): Bill {
  const regions = new Set(
    all(estate, 'vpc').flatMap((vpc) => (vpc.account === account.account ? [vpc.region as string] : [])),
  );
  return bill(
    ...[...regions].sort().map(
      (region): Charge => ({
        service: 'transfer',
        sku: 'internet-gb',
        what: `traffic to the internet from ${region}`,
        type: 'usage',
        quantity: undefined,
        region,
      }),
    ),
  );
}

/** Rounds away what floating point adds, far below a cent. */
const round = (usd: number): number => Math.round(usd * 1e6) / 1e6;

export function costs(estate: Estate, prices: PriceTable, assumptions: Assumptions = NO_ASSUMPTIONS): Costs {
  const environments = environmentOf(estate);
  const environmentBy = ({ id }: Resource): string | null => environments.get(id)?.environment ?? null;
  const { lines, unknown } = itemised(estate, prices, assumptions, environmentBy);
  return {
    currency: 'USD',
    total: totalOf(lines, unknown),
    environments: perEnvironment(lines, unknown),
    lines,
    unknown,
    pricesAsOf: datesOf(lines),
    assumptions: BASIS,
  };
}

/** The total of `costs` alone, for one who asks it of many estates. */
export function totalCost(estate: Estate, prices: PriceTable): Total {
  const { lines, unknown } = itemised(estate, prices, NO_ASSUMPTIONS, () => null);
  return totalOf(lines, unknown);
}

function itemised(
  estate: Estate,
  prices: PriceTable,
  assumptions: Assumptions,
  inEnvironment: (resource: Resource) => string | null,
): Pick<Costs, 'lines' | 'unknown'> {
  const lines: CostLine[] = [];
  const unknown: UnknownCost[] = [];
  for (const resource of estate.resources) {
    const { charges, unpriced: rest } = billOf(estate, resource);
    const about = {
      resource: resource.id,
      kind: resource.kind,
      name: resource.name,
      environment: inEnvironment(resource),
    };
    for (const { what, missing } of rest) unknown.push({ ...about, what, type: 'fixed', lacks: 'input', missing });
    for (const charge of charges) {
      const { what, type } = charge;
      const assumed =
        charge.quantity === undefined && type === 'usage' ? assumptionFor(assumptions, resource, charge) : undefined;
      const quantity = charge.quantity ?? assumed?.perMonth;
      if (quantity === undefined) {
        const stated = `state ${charge.service}/${charge.sku} in the assumptions`;
        unknown.push({
          ...about,
          what,
          type,
          lacks: type === 'usage' ? 'assumption' : 'input',
          missing: charge.missing ?? stated,
        });
        continue;
      }
      const region = charge.region ?? resource.region;
      const price = prices.find(region, charge.service, charge.sku);
      if (!price) {
        unknown.push({
          ...about,
          what,
          type,
          lacks: 'price',
          missing: `the table has no price of ${charge.service} ${charge.sku} in ${region}`,
        });
        continue;
      }
      const because = assumed?.because === undefined ? {} : { because: assumed.because };
      lines.push({ ...about, what, type, quantity, usd: round(quantity * price.usd), price, ...because });
    }
  }
  return { lines, unknown };
}

function totalOf(lines: readonly CostLine[], unknown: readonly UnknownCost[]): Total {
  const sum = (type: 'fixed' | 'usage'): number =>
    round(lines.reduce((total, line) => (line.type === type ? total + line.usd : total), 0));
  const count = (type: 'fixed' | 'usage'): number => unknown.filter((one) => one.type === type).length;
  return { fixed: sum('fixed'), usage: sum('usage'), unknown: { fixed: count('fixed'), usage: count('usage') } };
}

function perEnvironment(lines: readonly CostLine[], unknown: readonly UnknownCost[]): Costs['environments'] {
  const byEnvironment = new Map<string | null, { lines: CostLine[]; unknown: UnknownCost[] }>();
  const of = (environment: string | null): { lines: CostLine[]; unknown: UnknownCost[] } => {
    const known = byEnvironment.get(environment) ?? { lines: [], unknown: [] };
    byEnvironment.set(environment, known);
    return known;
  };
  for (const line of lines) of(line.environment).lines.push(line);
  for (const one of unknown) of(one.environment).unknown.push(one);
  return [...byEnvironment]
    .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
    .map(([environment, parts]) => ({ environment, ...totalOf(parts.lines, parts.unknown) }));
}

function datesOf(lines: readonly CostLine[]): Costs['pricesAsOf'] {
  const dates = lines.map((line) => line.price.asOf).sort();
  const oldest = dates[0];
  const newest = dates.at(-1);
  return oldest === undefined || newest === undefined ? null : { oldest, newest };
}
