/** What Terraform has to do to go from the step before to a step: the same as Pulumi, since both are made from one provider. */
import type { RecordedResource } from '../../inventory/pulumi/recorded.ts';
import { addressOf, referencesIn } from '../../plan/edit.ts';
import type { Thing } from '../emit/journey.ts';
import { expectedAt, isThere } from '../expected.ts';
import { type Operation, operations } from '../operations.ts';
import type { Ground } from './ground.ts';

/** @param from the step that was applied before; -1 for none. @default the one before */
export function predictedAt(ground: Ground, step: number, from = step - 1): readonly Operation[] {
  const retaken = new Set(retakenAt(ground, step, from).map(({ address }) => address));
  const before = from < 0 ? [] : resourcesAt(ground, from);
  return operations(
    before.filter(({ type, name }) => !retaken.has(`${type}::${name}`)),
    resourcesAt(ground, step),
  );
}

/** What an act has put another in the place of: the state forgets the old one by hand, and imports the new. */
export function retakenAt({ journey, things }: Ground, step: number, from = step - 1): readonly Thing[] {
  const followed = new Set(
    journey.steps
      .slice(from + 1, step + 1)
      .flatMap(({ edits }) => edits.filter((edit) => edit.op === 'update' && edit.follows === true).map(addressOf)),
  );
  return things.filter((thing) => thing.from <= from && followed.has(thing.address) && isThere(thing, step));
}

function resourcesAt({ journey, things }: Ground, step: number): readonly RecordedResource[] {
  const declared = journey.worlds[step]?.declared;
  return [...expectedAt(journey, things, step)].flatMap(([address, { inputs, options }]) => {
    const one = declared?.get(address);
    if (one === undefined) return [];
    const propertyDependencies = Object.fromEntries(
      Object.entries(one.properties).map(([property, value]) => [
        property,
        referencesIn(value).flatMap((of) => declared?.get(of.address)?.urn ?? []),
      ]),
    );
    return [{ ...one, inputs, options, propertyDependencies }];
  });
}
