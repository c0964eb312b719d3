/** An estate as a picture: nodes, the boxes around them, and links. No positions yet. */
import { all, byId, type Estate } from '../../estate/estate.ts';
import { containersOf, regionId, subnetBox } from './containers.ts';
import { fold } from './fold.ts';
import { drawLinks, type Extra, type LinkSet } from './links.ts';
import { shortName } from './names.ts';
import { categoryOf, type Draft, draftNodes, iconOf, orderOf } from './nodes.ts';
import { undecided } from './open.ts';
import type { DrawnNode, Link, Picture } from './picture.ts';
import { type Say, spoken } from './spoken.ts';

export interface ModelOptions {
  readonly title?: string;
  /** Above this many nodes, alike ones are folded into one. */
  readonly foldAbove?: number;
  /** To the reader's language; English when left out. */
  readonly say?: Say;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

export const modelOf = (estate: Estate, options: ModelOptions = {}): Picture => {
  const picture = englishModel(estate, options);
  return options.say === undefined ? picture : spoken(picture, options.say);
};

function englishModel(estate: Estate, options: ModelOptions): Picture {
  const linked = new Set<string>();
  for (const { from, to } of estate.flows)
    for (const end of [from, to]) if (end.type === 'resource') linked.add(end.id);
  const drafts = draftNodes(estate, linked);
  const set = drawLinks(estate, drafts);
  const inhabited = new Set(
    drafts.nodes.flatMap((node) => (node.seat && !['gateway', 'endpoint'].includes(node.glyph) ? [node.seat.vpc] : [])),
  );
  const shown = drafts.nodes.filter((node) => !node.seat || inhabited.has(node.seat.vpc));
  const nodes = withBands(
    estate,
    [...shown.map((one) => fromDraft(estate, one, set)), ...set.extras.map(fromExtra)],
    set.links,
  );
  const present = new Set(nodes.map((node) => node.id));
  const links = set.links.filter((link) => present.has(link.from) && present.has(link.to));
  const folded = fold(nodes, links, options.foldAbove ?? 60);
  const containers = containersOf(estate, folded.nodes, drafts.nodes);
  const accounts = all(estate, 'account');
  const regions = [...new Set(containers.filter((one) => one.kind === 'region').map((one) => one.label))];
  const empty = all(estate, 'vpc').filter((vpc) => !inhabited.has(vpc.id)).length;
  return {
    title: options.title ?? accounts.map((one) => one.name).join(', '),
    subtitle: [
      regions.join(', '),
      `${counted(new Set(folded.nodes.flatMap((node) => node.resources)).size, 'resource')}, ${counted(estate.flows.length, 'flow')}`,
    ]
      .filter((text) => text !== '')
      .join(' · '),
    nodes: folded.nodes,
    containers,
    links: folded.links,
    notes: [
      ...folded.notes,
      ...undecidedNote(estate),
      ...(empty > 0
        ? [empty > 1 ? `${empty} VPCs without anything in them not drawn.` : '1 VPC without anything in it not drawn.']
        : []),
    ],
  };
}

/** A picture without red must not look like an answer when the question could not be decided. */
function undecidedNote(estate: Estate): readonly string[] {
  const count = undecided(estate);
  return count === 0
    ? []
    : [
        `Whether the internet reaches ${counted(count, 'thing')} cannot be told from the input: underpin exposure says why.`,
      ];
}

function fromDraft(estate: Estate, draft: Draft, set: LinkSet): DrawnNode {
  const { seat, region, ...rest } = draft;
  const own = byId(estate, draft.resources[0] ?? '');
  const inSubnet = !['gateway', 'balancer', 'endpoint'].includes(draft.column);
  const global = draft.column === 'edge';
  const container = seat
    ? inSubnet
      ? subnetBox(seat)
      : seat.vpc
    : global
      ? null
      : regionId(own?.account ?? '', region ?? '');
  return { ...rest, container, vpc: seat?.vpc ?? null, exposed: set.exposed.has(draft.id) };
}

function fromExtra(one: Extra): DrawnNode {
  const glyph = one.type;
  return {
    id: one.id,
    label: one.label,
    detail: one.type === 'services' ? servicesText([...one.services].sort()) : '',
    title:
      one.type === 'services'
        ? `AWS services by their public names: ${[...one.services].sort().join(', ')}`
        : one.label,
    glyph,
    icon: iconOf(glyph),
    category: categoryOf(glyph),
    column: one.type === 'services' ? 'stores' : one.type === 'host' ? 'abroad' : 'people',
    container: null,
    vpc: one.vpc,
    order: one.type === 'people' ? 0 : orderOf(glyph),
    resources: [],
    exposed: false,
  };
}

const servicesText = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} +${names.length - 3}` : names.join(', ');

/** The VPC of each region with most nodes: what nothing links to goes beside it. */
function biggestIn(estate: Estate, nodes: readonly DrawnNode[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { vpc } of nodes) if (vpc !== null) counts.set(vpc, (counts.get(vpc) ?? 0) + 1);
  const biggest = new Map<string, string>();
  for (const [id] of [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))) {
    const vpc = byId(estate, id);
    if (vpc && !biggest.has(regionId(vpc.account, vpc.region))) biggest.set(regionId(vpc.account, vpc.region), id);
  }
  return biggest;
}

/** What stands in no VPC goes beside the one it has most to do with; ties go to the first. */
function withBands(estate: Estate, nodes: readonly DrawnNode[], links: readonly Link[]): readonly DrawnNode[] {
  const band = new Map<string, string>();
  for (const node of nodes) {
    if (node.vpc !== null) band.set(node.id, node.vpc);
  }
  const near = new Map<string, string[]>();
  for (const { from, to } of links)
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const) {
      const list = near.get(a);
      if (list) list.push(b);
      else near.set(a, [b]);
    }
  const loose = nodes.filter((node) => !band.has(node.id) && node.column !== 'people');
  for (let round = 0; round < 3; round++)
    for (const node of loose) {
      if (band.has(node.id)) continue;
      const votes = new Map<string, number>();
      for (const other of near.get(node.id) ?? []) {
        const vpc = band.get(other);
        if (vpc !== undefined) votes.set(vpc, (votes.get(vpc) ?? 0) + 1);
      }
      const [best] = [...votes].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
      if (best) band.set(node.id, best[0]);
    }
  const biggest = biggestIn(estate, nodes);
  const free = new Set(loose.map((node) => node.id));
  return nodes.map((node) => {
    if (!free.has(node.id)) return node;
    const vpc = band.get(node.id) ?? biggest.get(node.container ?? '') ?? null;
    const around = new Set((near.get(node.id) ?? []).flatMap((other) => band.get(other) ?? []));
    const label = around.size === 1 && vpc !== null ? shortName(node.label, byId(estate, vpc)?.name) : node.label;
    return { ...node, vpc, label };
  });
}
