import { addressOf } from '../edit.ts';
import type { Move } from '../move.ts';
import { minutes, NOTHING_NOTICED, step } from '../step.ts';

const IMPORT = 'https://www.pulumi.com/docs/iac/adopting-pulumi/import/';

export const move: Move = {
  name: 'adopt',
  title: 'Take what is there under the care of a program',
  about: 'Every resource gets its place in a program, and nothing in AWS changes.',
  scope: 'account',
  risk: 'additive',
  preconditions: ['what a resource is made of was read wholly; the others stay outside of the program'],
  undo: 'pulumi state delete takes a resource out of the program and leaves it in AWS',
  sources: [
    {
      claim: 'an import fails when an argument differs from what is there, so nothing changes by it',
      url: IMPORT,
      certainty: 'documented',
    },
  ],
  propose: ({ state, today }) => {
    const waiting = today.adoptions.resources.filter((one) => !state.world.declared.has(addressOf(one)));
    if (waiting.length === 0) return { state: 'notNeeded' };
    return {
      state: 'ready',
      steps: [
        step({
          id: 'adopt',
          title: `Adopt ${waiting.length} resources`,
          kind: 'expand',
          move: 'adopt',
          environment: null,
          why: 'From here on every change is a reviewed line of a program, and what nobody meant to change does not change.',
          edits: waiting.map(({ type, name, inputs, options }) => ({
            op: 'adopt',
            type,
            name,
            importId: options.importId ?? '',
            properties: inputs,
          })),
          gate: [
            {
              type: 'query',
              check: 'Pulumi finds no difference between the program and the account.',
              query: 'pulumi refresh --yes && pulumi preview --expect-no-changes',
            },
          ],
          duration: minutes(5, 30),
          clientsNotice: NOTHING_NOTICED,
          undo: {
            how: 'pulumi state delete for each resource; AWS keeps it',
            until: 'the first step that changes it',
            exact: true,
          },
          sources: move.sources,
        }),
      ],
    };
  },
};
