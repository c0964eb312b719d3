/**
 * What Terraform files hold -> a recording, as a Pulumi program leaves one: Pulumi's AWS provider is made from Terraform's, so the
 * rooms that read the one read the other.
 */
import { posix } from 'node:path';
import { unreadTypes } from '../pulumi/entries.ts';
import type { Place, RecordedInvoke, RecordedResource, Recording } from '../pulumi/recorded.ts';
import type { Content, Instance } from './instance.ts';
import { type Json, textAt } from './json.ts';
import { makerOf } from './maker.ts';
import { withoutMirrored } from './mirrors.ts';
import { placesOf } from './places.ts';
import { referencesOf } from './references.ts';
import { terraformTypeOf } from './table.ts';

/** What `data` blocks tell whole enough: what they leave out the readers keep unknown. */
const LOOKED_UP = new Set([
  ...['aws_vpc', 'aws_subnet', 'aws_security_group', 'aws_s3_bucket', 'aws_iam_role', 'aws_route53_zone'],
]);

/** Rules of groups are shown by the groups themselves, as of Terraform's last look. */
const SHOWN = [
  'aws:ec2/securityGroupRule:SecurityGroupRule',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
];

export interface Source {
  /** As the user named it. */
  readonly file: string;
  readonly content: Content;
  /** Of the root module, as a plan holds them. */
  readonly variables: Json;
}

/** What one file told beside its resources. */
export interface Told {
  readonly place: Recording['place'];
  /** Types of AWS that are not read, and how many there are of each. */
  readonly unread: ReadonlyMap<string, number>;
  /** Values that are not told and follow from the names in their expressions. */
  readonly inferred: readonly string[];
  /** Addresses that stand twice. */
  readonly twice: readonly string[];
}

/** All files at once: what one manages another only looks up, and a rule may stand beside its group in another state. */
export function recordingOf(sources: readonly Source[]): {
  readonly recording: Recording;
  readonly told: readonly Told[];
} {
  const everything = withoutMirrored(
    sources.flatMap(({ content }) => content.instances),
    sources.flatMap(({ content }) => content.before),
  );
  let from = 0;
  const read = sources.map(({ file, content: { instances, configuration }, variables }) => {
    const own = everything.slice(from, from + instances.length);
    from += instances.length;
    return { file, instances: own, ...resourcesOf(file, own, configuration, variables) };
  });
  const managed = new Set(read.flatMap(({ resources }) => resources.filter(isManaged).map(keyOf)));
  const seen = new Set<string>();
  const resources = read
    .flatMap((one) => one.resources)
    .filter((one) => {
      if (isManaged(one)) return true;
      const key = keyOf(one);
      if (managed.has(key) || seen.has(key) || one.id === '') return false;
      seen.add(key);
      return true;
    });
  const others = everything.some(
    ({ mode, type, fate }) => mode === 'managed' && type.startsWith('aws_') && fate !== 'created',
  );
  const [first = ''] = sources.map(({ file }) => file);
  const recording: Recording = {
    folder: posix.dirname(first),
    file: first,
    partial: 'Terraform tells of what its configuration manages; the account may hold more',
    ...(others ? { others, shown: SHOWN } : {}),
    keptBy: 'Terraform',
    project: '',
    stack: '',
    place: read[0]?.place ?? { account: '', region: '', assumed: [] },
    resources: resources.toSorted((a, b) => compare(a.urn, b.urn) || compare(a.file ?? '', b.file ?? '')),
    invokes: read.flatMap(({ invokes }) => invokes),
    outputs: {},
    problems: [],
  };
  return {
    recording,
    told: read.map(({ place, unread, inferred, twice, resources: own }) => ({
      place,
      inferred,
      twice,
      unread: counted(unread, unreadTypes({ ...recording, resources: own })),
    })),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isManaged = ({ kind }: RecordedResource): boolean => kind === 'declared';
const keyOf = ({ type, id, place }: RecordedResource): string => `${type} ${id} ${place.account} ${place.region}`;

function resourcesOf(file: string, instances: readonly Instance[], configuration: Json, variables: Json) {
  const places = placesOf(instances, configuration, variables);
  const maker = makerOf(file, instances, referencesOf(configuration, instances), places);
  const unread = new Map<string, number>();
  const found = new Map<string, RecordedResource>();
  const twice: string[] = [];
  for (const one of instances) {
    if (!one.type.startsWith('aws_') || (one.mode === 'data' && !LOOKED_UP.has(one.type))) continue;
    const made = maker.make(one);
    if (made === undefined) unread.set(one.type, (unread.get(one.type) ?? 0) + 1);
    else if (found.has(one.address)) twice.push(one.address);
    else found.set(one.address, made);
  }
  const invokes = instances.flatMap((one) => invokeOf(one, places.of(one)) ?? []);
  return { invokes, place: places.main, unread, twice, inferred: [...maker.inferred], resources: [...found.values()] };
}

const PREFIX_LISTS: Readonly<Record<string, string>> = {
  aws_ec2_managed_prefix_list: 'aws:ec2/getManagedPrefixList:getManagedPrefixList',
  aws_prefix_list: 'aws:ec2/getPrefixList:getPrefixList',
};

/** Lists of AWS that are looked up by name: CloudFront's, above all. */
function invokeOf({ mode, type, values }: Instance, place: Place): RecordedInvoke | undefined {
  const token = PREFIX_LISTS[type];
  const [id, name] = [textAt(values, 'id'), textAt(values, 'name')];
  if (mode !== 'data' || token === undefined || id === undefined || name === undefined) return undefined;
  const arn = textAt(values, 'arn');
  return {
    token,
    arguments: { name },
    result: { id, name, ...(arn === undefined ? {} : { arn }) },
    known: true,
    place,
  };
}

/** Types without a row in the table, and those with one that no reader takes, by Terraform's names. */
function counted(
  unknown: ReadonlyMap<string, number>,
  unread: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const counts = new Map(unknown);
  for (const [token, count] of unread) {
    const type = terraformTypeOf(token)?.name ?? token;
    counts.set(type, (counts.get(type) ?? 0) + count);
  }
  return new Map([...counts].sort(([a], [b]) => compare(a, b)));
}
