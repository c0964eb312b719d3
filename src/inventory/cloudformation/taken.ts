/** What was taken for granted in reading templates, and what could not be read: told once for each stack. */
import type { Notice } from '../../estate/notice.ts';
import type { Recording } from '../pulumi/recorded.ts';
import type { Stack } from './run.ts';

export const takenFor = (recording: Recording, stacks: readonly Stack[]): readonly Notice[] => [
  ...stacks.flatMap(ofStack),
  ...ofAll(recording),
];

function ofStack({ template, parameters, unread }: Stack): readonly Notice[] {
  const { file } = template.source;
  const about = (names: readonly string[], say: (names: string) => string): readonly Notice[] =>
    names.length === 0 ? [] : [{ code: 'other', message: say(names.join(', ')), file, path: '/Parameters' }];
  return [
    ...about(
      parameters.missing,
      (names) =>
        `no value for the parameters ${names}; what depends on them is unknown (give them with --parameter Name=Value)`,
    ),
    ...about(parameters.defaults, (names) => `the defaults of the parameters ${names} are taken for their values`),
    ...about(
      parameters.lookedUp,
      (names) => `the values of the parameters ${names} are in Systems Manager and unknown here`,
    ),
    ...[...unread]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([type, count]): Notice => ({
          code: 'unknownOperation',
          message: `${type}: this version has no reader for it (${count} declared)`,
          file,
          path: '/Resources',
        }),
      ),
  ];
}

function ofAll({ place, file = '' }: Recording): readonly Notice[] {
  const note = (message: string): Notice => ({ code: 'other', message, file, path: '' });
  const parameter = { account: 'AWS::AccountId', region: 'AWS::Region' } as const;
  return [
    note(
      'ids, ARNs and hosts stand for those that AWS will make; a journey planned from here can be judged, and for its imports the account must be collected',
    ),
    ...place.assumed.map((what) =>
      note(
        `no parameter says the ${what} of the stack; ${place[what]} stands for it (say it with --parameter ${parameter[what]}=…)`,
      ),
    ),
  ];
}
