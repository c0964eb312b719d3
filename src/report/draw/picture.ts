/** What a picture shows, before anything has a position: nodes in nested containers, and links between nodes. */

import type { Icon } from './icons/icons.ts';

/** The tiers, from left to right. Every picture uses this order, so that a reader who knows one finds his way in all. */
export const COLUMNS = [
  'people',
  'edge',
  'gateway',
  'balancer',
  'public',
  'host',
  'app',
  'data',
  'endpoint',
  'messages',
  'stores',
  'abroad',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Columns of nodes that stand in a subnet; then those of a VPC's own; then those of a region. */
export const ZONE_COLUMNS: readonly Column[] = ['public', 'host', 'app', 'data'];
export const VPC_COLUMNS: readonly Column[] = ['gateway', 'balancer', ...ZONE_COLUMNS, 'endpoint'];
export const REGION_COLUMNS: readonly Column[] = [...VPC_COLUMNS, 'messages', 'stores'];

export type Glyph =
  | 'people'
  | 'internet'
  | 'host'
  | 'cdn'
  | 'gateway'
  | 'nat'
  | 'balancer'
  | 'instance'
  | 'containers'
  | 'function'
  | 'database'
  | 'cache'
  | 'endpoint'
  | 'bucket'
  | 'queue'
  | 'topic'
  | 'table'
  | 'secret'
  | 'services';

/** Decides a tile's colour. */
export type Category = 'outside' | 'network' | 'compute' | 'data' | 'storage' | 'messages' | 'security' | 'services';

export interface DrawnNode {
  /** Stable over the states of a journey. */
  readonly id: string;
  readonly label: string;
  /** A second, quieter line; may be empty. */
  readonly detail: string;
  /** Everything that did not fit, for the tooltip. */
  readonly title: string;
  readonly glyph: Glyph;
  /** AWS's own icon for it; null where AWS has none. */
  readonly icon: Icon | null;
  readonly category: Category;
  readonly column: Column;
  /** The subnet, VPC or region whose box it stands in; null outside of AWS. */
  readonly container: string | null;
  /** The VPC in or beside whose band it stands; null for none. */
  readonly vpc: string | null;
  /** Nodes of one cell stand in the order of this, then of the id. */
  readonly order: number;
  /** Ids of the resources it stands for. */
  readonly resources: readonly string[];
  /** The internet reaches it, and nothing says that it should. */
  readonly exposed: boolean;
}

export type ContainerKind = 'account' | 'region' | 'vpc' | 'zone' | 'subnet';

export interface Container {
  readonly id: string;
  readonly kind: ContainerKind;
  /** Null for the outermost. */
  readonly parent: string | null;
  readonly label: string;
  /** Its address block. */
  readonly range?: string | undefined;
  /** Of a subnet: whether its route table leads to an internet gateway; undefined when not known. */
  readonly public?: boolean | undefined;
  /** What else stands there that has no tile; written inside. */
  readonly hint?: string;
}

export type LinkClass = 'flow' | 'exposure' | 'replication';

/** A connection between two nodes, or one hop of one. */
export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly class: LinkClass;
  /** The ports in words; empty where they mean nothing. */
  readonly label: string;
  readonly title: string;
  /** Ids of the flows (or exposures) that pass here. */
  readonly carries: readonly string[];
}

export interface Picture {
  readonly title: string;
  readonly subtitle: string;
  readonly nodes: readonly DrawnNode[];
  readonly containers: readonly Container[];
  readonly links: readonly Link[];
  /** What the picture leaves out, in sentences. */
  readonly notes: readonly string[];
  /** For the words around it: to the reader's language; English when left out. */
  readonly say?: (english: string) => string;
}
