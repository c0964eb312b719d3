/** The step that takes another back, where its undoing is promised to be exact. */
import type { Properties } from '../inventory/pulumi/recorded.ts';
import { addressOf, type Edit } from './edit.ts';
import type { State } from './state.ts';
import type { Step, StepKind } from './step.ts';

const OPPOSITE: Readonly<Record<StepKind, StepKind>> = {
  expand: 'contract',
  contract: 'expand',
  switch: 'switch',
  act: 'act',
  watch: 'watch',
};

/** Undefined when the step cannot be taken back by editing alone: an act, a deletion of what was adopted. */
export function inverseOf(step: Step, before: State): Step | undefined {
  if (!step.undo.exact || step.effects.length > 0) return undefined;
  const edits = step.edits.map((edit) => inverseEdit(edit, before));
  if (edits.some((edit) => edit === undefined)) return undefined;
  return {
    ...step,
    id: `undo-${step.id}`,
    title: `Undo: ${step.title}`,
    kind: OPPOSITE[step.kind],
    edits: edits.flatMap((edit) => (edit === undefined ? [] : edit)).reverse(),
    actions: [],
    gate: [],
    successions: [],
    copies: [],
    declares: {},
  };
}

function inverseEdit(edit: Edit, before: State): Edit | readonly Edit[] | undefined {
  const { type, name } = edit;
  switch (edit.op) {
    case 'adopt':
      // taken out of the program's care; AWS keeps it
      return [];
    case 'create':
      return { op: 'delete', type, name };
    case 'update': {
      const known = before.world.declared.get(addressOf(edit));
      if (!known) return undefined;
      const properties: Properties = Object.fromEntries(
        Object.keys(edit.properties).map((key) => [key, known.properties[key] ?? null]),
      );
      return { op: 'update', type, name, properties };
    }
    case 'delete': {
      const known = before.world.declared.get(addressOf(edit));
      // what AWS made anew has another id than what was adopted: whatever else names it would have to follow
      return known && !known.adopted ? { op: 'create', type, name, properties: known.properties } : undefined;
    }
  }
}
