/** A recording -> requests and answers, as an inventory would hold them, each with its place in the program. */
import { posix } from 'node:path';
import { NOT_WHOLE } from '../../estate/coverage.ts';
import type { Entry } from '../entry.ts';
import { pointer } from '../item.ts';
import type { Place, RecordedResource, Recording } from './recorded.ts';
import { services } from './services/index.ts';
import type { Told, Translation } from './translation.ts';
import { type World, worldOf } from './world.ts';

export function entriesOf(recording: Recording): readonly Entry[] {
  const [world, ground] = [worldOf(recording), groundOf(recording)];
  return [caller(recording), ...services.flatMap((translation) => answersOf(translation, world, ground))];
}

/** What every answer asks of a recording beside its resources. */
export interface Ground {
  readonly places: readonly Place[];
  readonly unseen: string | undefined;
}

export const groundOf = (recording: Recording): Ground => ({
  places: placesOf(recording),
  unseen: unseenBy(recording),
});

/** What one operation would answer, in every place that the program reaches into. */
export function answersOf(translation: Translation, world: World, { places, unseen }: Ground): readonly Entry[] {
  const { recording } = world;
  const told = translation.tell(world);
  const entries = told.map((one) => entryOf(recording, translation, one));
  if (translation.none === undefined) return entries;
  if (unseen !== undefined)
    entries.push(...places.map((place) => notWhole(recording, translation.operation, place, unseen)));
  const spoken = new Set(told.map((one) => key(one.from.resource.place)));
  for (const place of places)
    if (!spoken.has(key(place)))
      entries.push({
        ...blank(recording, translation.operation, place),
        output: translation.none,
        path: `/${pointer('none declared')}`,
      });
  return entries;
}

/**
 * What makes resources that the recording does not show; undefined when nothing does. What it shows is there, but of no kind
 * is it then all: "there is none" would be a guess.
 */
function unseenBy(recording: Recording): string | undefined {
  if (recording.partial !== undefined) return recording.partial;
  const [problem] = recording.problems;
  if (problem !== undefined) return problem.message;
  const maker = recording.resources.find(({ remote, type }) => remote || isMaker(type));
  return maker && `${maker.type} ${maker.name} stands for resources that the program does not show`;
}

/**
 * Resources that make others of the kinds which are read here, that stand for what an account has already (the default VPC
 * with its gateway and its groups), or that another provider declares in a form of its own.
 */
const MAKERS = [
  'aws-native:',
  'aws:batch/computeEnvironment:',
  'aws:cloudformation/stack:',
  'aws:cloudformation/stackSet',
  'aws:ec2/defaultSubnet:',
  'aws:ec2/defaultVpc:',
  'aws:ec2/fleet:',
  'aws:ec2/spotFleetRequest:',
  'aws:ec2/spotInstanceRequest:',
  'aws:eks/',
  'aws:elasticbeanstalk/environment:',
  'aws:emr/cluster:',
  'aws:serverlessrepository/',
  'aws:servicecatalog/provisionedProduct:',
] as const;

const makers = new Map<string, boolean>();

function isMaker(type: string): boolean {
  const known = makers.get(type) ?? MAKERS.some((one) => type.startsWith(one));
  makers.set(type, known);
  return known;
}

const notWhole = (recording: Recording, operation: string, place: Place, message: string): Entry => ({
  ...blank(recording, operation, place),
  status: 'failed',
  output: undefined,
  error: { name: NOT_WHOLE, message },
  path: `/${pointer('not all of it is declared')}`,
});

/** Types of the recording that no translation reads. */
export function unreadTypes(recording: Recording): ReadonlyMap<string, number> {
  const known = new Set(services.flatMap((translation) => translation.types));
  const counts = new Map<string, number>();
  for (const { type, custom } of recording.resources)
    if (custom && /^aws(-native)?:/.test(type) && !known.has(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const key = (place: Place): string => `${place.account} ${place.region}`;

/** The accounts and regions that the program reaches into: about these it tells everything. */
function placesOf(recording: Recording): readonly Place[] {
  const found = new Map<string, Place>();
  const { account, region } = recording.place;
  let last: Place | undefined;
  for (const place of [
    { account, region },
    ...recording.resources.filter((one) => one.custom).map((one) => one.place),
  ]) {
    // most stand where the one before stands
    if (place.account === last?.account && place.region === last.region) continue;
    if (!found.has(key(place))) found.set(key(place), place);
    last = place;
  }
  return [...found.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const blank = (recording: Recording, operation: string, place: Place): Entry => ({
  operation,
  account: place.account,
  region: place.region,
  input: {},
  status: 'read',
  output: {},
  error: undefined,
  file: recording.file ?? recording.folder,
  path: '',
});

export const caller = (recording: Recording): Entry => ({
  ...blank(recording, 'sts:GetCallerIdentity', recording.place),
  output: { Account: recording.place.account },
  path: `/${pointer('the account of the stack')}`,
});

function entryOf(recording: Recording, { operation }: Translation, told: Told): Entry {
  const { resource } = told.from;
  const where = resource.pointer ?? `/${pointer(resource.urn)}`;
  return {
    ...blank(recording, operation, resource.place),
    ...(recording.keptBy === undefined ? {} : { keptBy: recording.keptBy }),
    ...(resource.named === undefined || told.because !== undefined ? {} : { named: resource.named }),
    input: told.input ?? {},
    status: told.body === null ? 'absent' : 'read',
    output: told.body === null ? undefined : told.body,
    file: fileOf(recording, resource),
    path: told.because === undefined ? where : `${where}${pointer(` (${told.because})`)}`,
  };
}

function fileOf({ folder, file }: Recording, { position, file: own }: RecordedResource): string {
  if (position === undefined) return own ?? file ?? folder;
  return `${own ?? posix.join(folder, position.file)}:${position.line}`;
}
