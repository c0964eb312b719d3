/** How flows are made, named and joined. */
import { createHash } from 'node:crypto';
import type { Flow, FlowEnd, FlowEvidence, Protocol } from '../../estate/flow.ts';
import { oncePer } from '../../estate/once.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Source } from '../../estate/source.ts';
import { arnParts } from '../ids.ts';

export type Ports = Flow['ports'];

/** A flow before it has its name. */
export type Draft = Omit<Flow, 'id'>;

export const HTTPS: Ports = { from: 443, to: 443 };

export const port = (number: number | undefined): Ports => (number === undefined ? null : { from: number, to: number });

export const toResource = (resource: Resource): FlowEnd => ({ type: 'resource', id: resource.id });
export const toHost = (host: string): FlowEnd => ({ type: 'host', host });
export const toService = (service: string, region: string): FlowEnd => ({ type: 'service', service, region });
export const INTERNET_END: FlowEnd = { type: 'internet' };

export const evidence = (
  type: FlowEvidence['type'],
  detail: string,
  source: Source,
  records: FlowEvidence['records'] = [],
): FlowEvidence => ({ type, detail, source, ...(records.length === 0 ? {} : { records }) });

/** A flow with one piece of evidence. */
export const draft = (
  from: FlowEnd,
  to: FlowEnd,
  protocol: Protocol,
  ports: Ports,
  purpose: string,
  why: FlowEvidence,
): Draft => ({ from, to, protocol, ports, purpose, evidence: [why] });

/** `tcp/3306`, `tcp/32768-65535`, `any`. */
export const portText = (protocol: Protocol, ports: Ports): string =>
  ports === null ? protocol : `${protocol}/${ports.from}${ports.to === ports.from ? '' : `-${ports.to}`}`;

/**
 * An end in words, made of its id alone: `service/shop/web`, `database/shop-mysql`, `internet`, `aws/ecr/eu-west-1`.
 * Not unique over accounts and regions; `fullEndText` is.
 */
export function endText(end: FlowEnd, kindOf: (id: string) => string | undefined): string {
  switch (end.type) {
    case 'resource':
      return `${kindWord(kindOf(end.id))}/${shortId(end.id)}`;
    case 'internet':
    case 'people':
      return end.cidrs === undefined ? end.type : `${end.type}(${blocksText(end.cidrs)})`;
    case 'host':
      return `host/${end.host}`;
    case 'service':
      return `aws/${end.service}/${end.region}`;
  }
}

/** What people call the kind in a flow. */
export const kindWord = (kind: string | undefined): string =>
  kind === 'ecsService' ? 'service' : kind === 'ecsTask' ? 'task' : (kind ?? 'resource');

/** The part of an id that people know: the name in an ARN, without its type and without AWS's random tail. */
export function shortId(id: string): string {
  const resource = arnParts(id)?.resource;
  if (resource === undefined) return id;
  const balancer = /^loadbalancer\/(?:(?:app|net|gwy)\/)?([^/]+)/.exec(resource)?.[1];
  return balancer ?? resource.replace(/^[\w-]+[:/](?=.)/, '');
}

/** Blocks in a name: the first three, for a list may have a thousand. */
function blocksText(cidrs: readonly string[]): string {
  const sorted = [...cidrs].sort();
  const more = sorted.length - 3;
  return sorted.slice(0, 3).join(',') + (more > 0 ? `,+${more}` : '');
}

const blockKeys = new WeakMap<readonly string[], string>();

/** Short also for a thousand blocks: as keys of a map, long texts of equal length would all fall together. */
const digest = (blocks: readonly string[]): string =>
  createHash('sha256')
    .update([...blocks].sort().join(','))
    .digest('hex')
    .slice(0, 16);

/** Equal for equal ends only. */
export function endKey(end: FlowEnd): string {
  if (end.type === 'resource') return `resource ${end.id}`;
  if ((end.type !== 'people' && end.type !== 'internet') || end.cidrs === undefined)
    return endText(end, () => undefined);
  let key = blockKeys.get(end.cidrs);
  if (key === undefined) {
    key = end.cidrs.length > 3 ? `${blocksText(end.cidrs)}:${digest(end.cidrs)}` : blocksText(end.cidrs);
    blockKeys.set(end.cidrs, key);
  }
  return `${end.type}(${key})`;
}

/** Made once of each: the points of a journey join nearly the same drafts again and again. */
const flowKey = oncePer(
  (flow: Draft): string => `${endKey(flow.from)} -> ${endKey(flow.to)} ${portText(flow.protocol, flow.ports)}`,
);

/** The place stands last: where in a list AWS named a thing says nothing. */
const evidenceKey = oncePer(
  ({ type, detail, source }: FlowEvidence): string => `${type} ${detail} ${source.file} ${source.path}`,
);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Joins flows of equal ends and ports, with the evidence of all, and names them. A name is made of the ends' own ids,
 * so it does not change when something else is added; only where two flows would get one name (two accounts with
 * equal names in them) both get the full ids.
 */
export function joinFlows(drafts: readonly Draft[], kindOf: (id: string) => string | undefined): readonly Flow[] {
  const byKey = new Map<string, { first: Draft; evidence: Map<string, FlowEvidence> }>();
  for (const flow of drafts) {
    const key = flowKey(flow);
    const known = byKey.get(key);
    const found = known?.evidence ?? new Map<string, FlowEvidence>();
    for (const why of flow.evidence) found.set(evidenceKey(why), why);
    // The purpose is the first by the alphabet, so that the order of the input does not show.
    const first = known && known.first.purpose <= flow.purpose ? known.first : flow;
    byKey.set(key, { first, evidence: found });
  }
  const texts = new Map<string, string>();
  const textOf = (end: FlowEnd): string => {
    if (end.type !== 'resource') return endText(end, kindOf);
    const text = texts.get(end.id) ?? endText(end, kindOf);
    texts.set(end.id, text);
    return text;
  };
  const count = new Map<string, number>();
  const named = [...byKey].map(([key, { first, evidence: found }]) => {
    const name = `${textOf(first.from)} -> ${textOf(first.to)} ${portText(first.protocol, first.ports)}`;
    count.set(name, (count.get(name) ?? 0) + 1);
    return { key, name, first, found };
  });
  return named
    .map(({ key, name, first, found }): Flow => {
      return {
        from: first.from,
        to: first.to,
        protocol: first.protocol,
        ports: first.ports,
        purpose: first.purpose,
        evidence: [...found.values()].sort((a, b) => compare(evidenceKey(a), evidenceKey(b))),
        id: (count.get(name) ?? 0) > 1 ? key.replaceAll('resource ', '') : name,
      };
    })
    .sort((a, b) => compare(a.id, b.id));
}
