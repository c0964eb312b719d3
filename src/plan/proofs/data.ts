/**
 * Condition 4: no data at risk. Nothing stateful is deleted or replaced, no property is changed whose change replaces, and a
 * copy precedes what moves data.
 */
import { byId, type Estate, find } from '../../estate/estate.ts';
import type { Kind } from '../../estate/resource.ts';
import type { Edit } from '../edit.ts';
import { addressOf, recordsOnly } from '../edit.ts';
import { isNamedByPrograms, namedUse } from '../named-uses.ts';
import { changeOf, MOVES_DATA, revises, SERVING, STATEFUL } from '../replacement.ts';
import { estateAt, type State } from '../state.ts';
import type { Step } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { type Change, changesBetween } from './difference.ts';
import { counterexample, type Findings, noFindings, type Proof, proofOf } from './proof.ts';

export function proveData(before: State, step: Step, after: State): Proof {
  const found = noFindings();
  const then = estateAt(before);
  for (const edit of step.edits) judge(edit, before, then, step, found);
  for (const effect of step.effects)
    if (effect.op === 'remove' && KEEPS_DATA.has(effect.kind)) removal(effect.id, effect.id, before, step, found);
  for (const change of changesBetween(then, estateAt(after))) lessKept(change, step, found);
  for (const edit of step.edits) expiry(edit, before, step, found);
  stillNamed(then, after, found);
  const touched = step.edits.filter((edit) => STATEFUL.has(edit.type) && edit.op !== 'adopt').length;
  return proofOf(
    'data',
    touched === 0 ? 'nothing that keeps data is changed' : `${touched} changes of what keeps data, all in place`,
    found,
  );
}

const KEEPS_DATA: ReadonlySet<Kind> = new Set<Kind>([
  'bucket',
  'cache',
  'database',
  'databaseCluster',
  'key',
  'logGroup',
  'queue',
  'repository',
  'secret',
  'table',
  'volume',
]);

/** Days or copies that are kept, by kind: fewer of them are deleted at once, and not when something else goes. */
const KEPT: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  database: ['backupRetention'],
  databaseCluster: ['backupRetention'],
  cache: ['snapshotRetention'],
  logGroup: ['retention'],
  table: ['pointInTimeRecovery'],
  bucket: ['versioning'],
};

/** Automated backups beyond a shorter retention are gone with the change, as are log lines. */
function lessKept({ before, after, fields }: Change, step: Step, found: Findings): void {
  if (!before || !after) return;
  const [was, is] = [before, after].map((one) => new Map<string, unknown>(Object.entries(one)));
  for (const field of KEPT[after.kind] ?? []) {
    // of a bucket null says that versioning never was on, elsewhere that nothing ever goes
    const [kept, then] = [is, was].map((one) =>
      field === 'versioning' ? (one?.get(field) ?? false) : one?.get(field),
    );
    if (!fields.includes(field) || amountOf(kept) >= amountOf(then)) continue;
    if (step.declares.deletesData?.some(({ resource }) => resource === after.id)) continue;
    const text = `${field} of ${after.name} would be ${String(is?.get(field))} and is ${String(was?.get(field))}: what is kept beyond that is deleted`;
    found.violations.push(counterexample(after.id, text));
  }
}

/** Log groups keep for ever unless they are told how long; what is not known may be for ever too. */
const amountOf = (value: unknown): number => {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return Number.POSITIVE_INFINITY;
  return value === true || value === 'Enabled' ? 1 : 0;
};

/** No flow tells of a table that a setting names: deleted under a program, it is missed all the same, copy or not. */
function stillNamed(then: Estate, after: State, found: Findings): void {
  const nobody: ReadonlySet<string> = new Set();
  for (const { before: gone, after: left } of changesBetween(then, estateAt(after))) {
    if (!gone || left || !isNamedByPrograms(gone)) continue;
    const use = namedUse(after, gone, nobody);
    if (use) found.violations.push(counterexample(gone.id, `${gone.name} would be gone, and ${use.says}`));
  }
}

const LIFECYCLE = [
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
  'aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2',
];

/** A rule of a lifecycle deletes what is older: only of a bucket that the journey itself has made. */
function expiry(edit: Edit, before: State, step: Step, found: Findings): void {
  if (!LIFECYCLE.includes(edit.type) || (edit.op !== 'create' && edit.op !== 'update')) return;
  if (!/"(noncurrentVersionE|e)xpirations?"/.test(JSON.stringify(edit.properties))) return;
  const known = before.world.declared.get(addressOf(edit));
  const text = JSON.stringify([edit.properties.bucket ?? known?.properties.bucket]);
  const bucket = [...before.world.declared.values()].find(
    (one) => one.type === 'aws:s3/bucket:Bucket' && (text.includes(`"${one.id}"`) || text.includes(addressOf(one))),
  );
  // one that is made in this very step is no part of the state before
  if (!bucket?.adopted && !text.match(/^\["[^$]/)) return;
  const id = bucket?.adopted?.of.id ?? text;
  if (step.declares.deletesData?.some(({ resource }) => resource === id)) return;
  found.violations.push(counterexample(id, `${edit.name} would delete what the bucket keeps after some days`));
}

function judge(edit: Edit, before: State, then: Estate, step: Step, found: Findings): void {
  const known = before.world.declared.get(addressOf(edit));
  // what an act has done is in its effects and copies; the program only writes it down
  if (recordsOnly(edit)) {
    recorded(edit, known, before, then, step, found);
    return;
  }
  if (edit.op === 'delete' && known && STATEFUL.has(edit.type))
    removal(namedBy(step, [idIn(then, known), known.id]), edit.name, before, step, found);
  if (edit.op !== 'update' || !known) return;
  const subject = known.adopted?.of.id ?? known.id;
  for (const property of Object.keys(edit.properties)) {
    if (JSON.stringify(known.properties[property]) === JSON.stringify(edit.properties[property])) continue;
    if (revises(edit.type, property)) continue;
    const change = changeOf(edit.type, property);
    if (change.kind === 'replaces')
      found.violations.push(counterexample(subject, `changing ${property} of ${edit.name}: ${change.why}`));
    else if (change.kind === 'unknown' && (STATEFUL.has(edit.type) || SERVING.has(edit.type)))
      found.unknowns.push(
        counterexample(subject, `nobody told whether a change of ${property} replaces ${edit.name} (${edit.type})`),
      );
  }
  if ((MOVES_DATA[edit.type] ?? []).some((property) => property in edit.properties))
    copyFirst(known, before, then, step, found);
}

/** A step may name what goes by its id or by its ARN. */
const namedBy = ({ declares }: Step, [id = '', other = '']: readonly string[]): string =>
  declares.deletesData?.some(({ resource }) => resource === other) ? other : id;

/** As the estate knows it: what the journey made has its ARN among its outputs. */
function idIn(estate: Estate, { adopted, id, outputs }: DeclaredResource): string {
  if (adopted) return adopted.of.id;
  const { arn } = outputs;
  return byId(estate, id) === undefined && typeof arn === 'string' && byId(estate, arn) !== undefined ? arn : id;
}

/** A copy still precedes what moves data, whoever does it. */
function recorded(
  edit: Edit,
  known: DeclaredResource | undefined,
  before: State,
  then: Estate,
  step: Step,
  found: Findings,
): void {
  const id = known?.adopted?.of.id ?? known?.id;
  if (
    edit.op === 'delete' &&
    STATEFUL.has(edit.type) &&
    !step.successions.some(({ from, to }) => from === id && to.length > 0)
  )
    found.violations.push(
      counterexample(id ?? edit.name, `the program would let go of ${edit.name}, and nothing says what it is part of`),
    );
  if (
    edit.op === 'update' &&
    known &&
    (edit.type === 'aws:rds/instance:Instance' || edit.type === 'aws:rds/cluster:Cluster')
  )
    copyFirst(known, before, then, step, found);
}

/** Automatic backups count: they can restore any second but the last minutes. */
function copyFirst(known: DeclaredResource, before: State, then: Estate, step: Step, found: Findings): void {
  for (const id of databasesOf(known, then)) {
    const database = byId(then, id);
    if (database?.kind !== 'database') continue;
    // a replica is a copy itself
    if (database.replicaOf || database.cluster) continue;
    if (before.snapshots.includes(id) || step.copies.includes(id) || (database.backupRetention ?? 0) > 0) {
      found.evidence.push(`${database.name}: there is a copy to go back to`);
      continue;
    }
    found.violations.push(counterexample(id, `no backup and no snapshot of ${database.name} precedes this change`));
  }
}

function databasesOf(known: DeclaredResource, then: Estate): readonly string[] {
  const id = known.adopted?.of.id ?? known.id;
  const whole = byId(then, id);
  if (whole?.kind !== 'databaseSubnetGroup') return [id];
  return then.resources.flatMap((one) =>
    one.kind === 'database' && find(then, one.subnetGroup)?.id === whole.id ? [one.id] : [],
  );
}

function removal(id: string, name: string, before: State, step: Step, found: Findings): void {
  const agreed = step.declares.deletesData?.find(({ resource }) => resource === id);
  if (!agreed) {
    found.violations.push(counterexample(id, `${name} keeps data and would be deleted`));
    return;
  }
  if (!before.snapshots.includes(id) && !step.copies.includes(id) && !isCopy(id, before))
    found.violations.push(counterexample(id, `${name} would be deleted without a copy`));
  else found.evidence.push(`${name}: deleted after a copy, since ${agreed.because}`);
}

/** A read replica and a node of a cache hold nothing that others do not hold. */
function isCopy(id: string, before: State): boolean {
  const found = byId(estateAt(before), id);
  return (
    (found?.kind === 'database' && found.replicaOf !== null && found.replicaOf !== undefined) ||
    found?.kind === 'instance'
  );
}
