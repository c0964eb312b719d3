/** Collects answers in the form of an inventory file; long listings come in pages, as AWS gives them. */
import { ACCOUNT, REGION } from './names.ts';

export type Json = Readonly<Record<string, unknown>>;

interface Request {
  readonly input?: Json;
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
  readonly region?: string;
}

export interface Inventory {
  readonly format: 'underpin.inventory/1';
  readonly account: string;
  readonly region: string;
  readonly collectedAt: string;
  readonly responses: Readonly<Record<string, readonly Request[]>>;
}

/** Lists that stand beside the one that is filled. */
const ALSO: Readonly<Record<string, Json>> = { 'cloudwatch:DescribeAlarms': { CompositeAlarms: [] } };
const PAGE = 500;
const GLOBAL = new Set(['iam', 'route53', 'cloudfront', 's3', 'sts', 'organizations']);

export class Answers {
  private readonly requests = new Map<string, Request[]>();
  private readonly lists = new Map<string, { readonly field: string; readonly items: unknown[] }>();

  /** The answer to one request. */
  answer(operation: string, input: Json, output: unknown): void {
    this.push(operation, { input, output });
  }

  /** AWS's way of saying that there is none. */
  refuse(operation: string, input: Json, name: string): void {
    this.push(operation, { input, error: { name, message: 'there is none' } });
  }

  /** One more item of a listing. */
  item(operation: string, field: string, item: unknown): void {
    this.list(operation, field).push(item);
  }

  /** A listing, perhaps empty. */
  list(operation: string, field: string): unknown[] {
    const known = this.lists.get(operation) ?? { field, items: [] };
    this.lists.set(operation, known);
    return known.items;
  }

  /** A listing's items, which is then no longer written by itself: for what is listed once a parent. */
  take(operation: string): readonly unknown[] {
    const items = this.lists.get(operation)?.items ?? [];
    this.lists.delete(operation);
    return items;
  }

  inventory(): Inventory {
    for (const [operation, { field, items }] of this.lists)
      for (let from = 0; from === 0 || from < items.length; from += PAGE) {
        const more = from + PAGE < items.length ? { NextToken: `${operation}#${from + PAGE}` } : {};
        const input = from === 0 ? {} : { NextToken: `${operation}#${from}` };
        this.answer(operation, input, { ...ALSO[operation], [field]: items.slice(from, from + PAGE), ...more });
      }
    this.lists.clear();
    return {
      format: 'underpin.inventory/1',
      account: ACCOUNT,
      region: REGION,
      collectedAt: '2026-11-22T13:00:00Z',
      responses: Object.fromEntries(this.requests),
    };
  }

  private push(operation: string, request: Request): void {
    const list = this.requests.get(operation) ?? [];
    this.requests.set(operation, list);
    list.push(GLOBAL.has(operation.split(':')[0] ?? '') ? { ...request, region: 'global' } : request);
  }
}
