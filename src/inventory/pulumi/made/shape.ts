/** How AWS names what it makes: ids, ARNs and hosts in its own forms, from the URN, so that every run makes the same. */
import { createHash } from 'node:crypto';
import type { Properties, Value } from '../recorded.ts';

/** A resource that is being registered. */
export interface Subject {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Without marks of secrets; what is unknown is left out. */
  readonly inputs: Properties;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly defaultTags: Properties;
  /** The id of what is imported or only read. */
  readonly importId: string | undefined;
  /** Public addresses given out so far. */
  readonly addresses: Set<string>;
}

export type State = { readonly id: string } & Properties;
export type Shape = (subject: Subject) => State;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `vpc-0123456789abcdef0`. `part` tells what AWS makes along with a resource from the resource itself. */
export const hexId = (subject: Subject, prefix: string, part = ''): string =>
  `${prefix}-0${hash(`${subject.urn}${part}`).slice(0, 16)}`;

/** `E1A2B3C4D5E6F7`, as CloudFront and Route 53 have it. */
export const letterId = (subject: Subject, prefix: string): string =>
  `${prefix}${hash(subject.urn).slice(0, 13).toUpperCase()}`;

export const uuid = (subject: Subject, part = ''): string =>
  hash(`${subject.urn}${part}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

export const shortHash = (subject: Subject, length: number): string => hash(subject.urn).slice(0, length);

export const text = (value: Value | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The name in AWS: the input that holds it, else Pulumi's own, the logical name with seven hexadecimal digits. */
export const physical = (subject: Subject, input = 'name'): string =>
  text(subject.inputs[input]) ??
  `${text(subject.inputs[`${input}Prefix`]) ?? `${subject.name}-`}${shortHash(subject, 7)}`;

export const arn = (
  subject: Subject,
  service: string,
  resource: string,
  form: 'regional' | 'global' | 'bare' = 'regional',
): string =>
  `arn:${subject.partition}:${service}:${form === 'regional' ? subject.region : ''}:${form === 'bare' ? '' : subject.account}:${resource}`;

/** A host of a regional service: `db.abcdefghijkl.eu-west-1.rds.amazonaws.com`. */
export const host = (subject: Subject, service: string, ...labels: readonly string[]): string =>
  `${labels.join('.')}.${subject.region}.${service}.amazonaws.com`;

/** What AWS puts into the hosts of an account and region. */
export const accountHash = (subject: Subject): string => hash(`${subject.account}${subject.region}`).slice(0, 12);

/** The blocks that documentation uses: an address from them is nobody's. https://www.rfc-editor.org/rfc/rfc5737 */
const BLOCKS = ['203.0.113', '198.51.100', '192.0.2'];

export function publicAddress(subject: Subject): string {
  const first = Number.parseInt(hash(subject.urn).slice(0, 6), 16) % (BLOCKS.length * 254);
  for (let step = 0; step < BLOCKS.length * 254; step++) {
    const n = (first + step) % (BLOCKS.length * 254);
    const address = `${BLOCKS[Math.floor(n / 254)]}.${(n % 254) + 1}`;
    if (subject.addresses.has(address)) continue;
    subject.addresses.add(address);
    return address;
  }
  return '203.0.113.255';
}

/** A resource that is known by its ARN, which is its id too. */
export const byArn =
  (
    service: string,
    resource: (subject: Subject) => string,
    more: (arn: string, subject: Subject) => Properties = () => ({}),
  ): Shape =>
  (subject) => {
    const own = subject.importId ?? arn(subject, service, resource(subject));
    return { id: own, arn: own, ...more(own, subject) };
  };

/** A resource that is known by its name, with an ARN beside. */
export const byName =
  (
    input: string,
    service: string,
    resource: (name: string) => string,
    more: (name: string, subject: Subject) => Properties = () => ({}),
    form: 'regional' | 'global' | 'bare' = 'regional',
  ): Shape =>
  (subject) => {
    const name = subject.importId ?? physical(subject, input);
    return { id: name, [input]: name, arn: arn(subject, service, resource(name), form), ...more(name, subject) };
  };

/** A resource of EC2, known by `<prefix>-<hex>`. */
export const ofEc2 =
  (prefix: string, kind: string, more: (id: string, subject: Subject) => Properties = () => ({})): Shape =>
  (subject) => {
    const id = subject.importId ?? hexId(subject, prefix);
    return { id, arn: arn(subject, 'ec2', `${kind}/${id}`), ownerId: subject.account, ...more(id, subject) };
  };
