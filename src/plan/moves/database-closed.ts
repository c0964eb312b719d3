import { all } from '../../estate/estate.ts';
import type { Move, Refusal } from '../move.ts';
import { minutes, step } from '../step.ts';
import { declaredOf } from '../structure/declared.ts';

const MODIFYING = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html';

export const move: Move = {
  name: 'database-closed',
  title: 'Databases lose their public address',
  about: 'Nobody on the internet can open a connection to a database, whatever its group admits.',
  scope: 'environment',
  risk: 'closing',
  preconditions: ['everything that uses the database reaches it by its private address', 'people have another way in'],
  undo: 'publiclyAccessible back to true; the database gets another public address',
  sources: [
    { claim: 'the change is applied at once and without downtime', url: MODIFYING, certainty: 'documented' },
    {
      claim: 'sessions that came by the public address end',
      url: MODIFYING,
      certainty: 'estimate',
    },
  ],
  propose: ({ estate, state, scope }) => {
    const refusals: Omit<Refusal, 'move' | 'environment'>[] = [];
    const mine = all(estate, 'database').flatMap((database) => {
      const { id, name, publiclyAccessible } = database;
      if (!scope.holds(database) || publiclyAccessible === false) return [];
      const declared = declaredOf(state, database);
      if (publiclyAccessible === true && declared) return [{ database, declared }];
      refusals.push(
        publiclyAccessible === undefined
          ? {
              subject: id,
              because: `Whether ${name} has a public address is not known.`,
              change: 'Collect rds:DescribeDBInstances.',
            }
          : {
              subject: id,
              because: `${name} is not under the program's care.`,
              change: 'Collect what was not read of it, or close it by hand.',
            },
      );
      return [];
    });
    if (mine.length === 0) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
    const names = mine.map(({ database }) => database.name).join(', ');
    return {
      state: 'ready',
      refusals,
      steps: [
        step({
          id: `${scope.stem}-database-closed`,
          title: `Close ${names} to the internet`,
          kind: 'contract',
          move: 'database-closed',
          environment: scope.environment,
          why: 'A database with a public address is one guessed password away from everybody.',
          edits: mine.map(({ declared }) => ({
            op: 'update',
            type: declared.type,
            name: declared.name,
            properties: { publiclyAccessible: false },
          })),
          gate: [
            { type: 'inventory', check: `publiclyAccessible of ${names} is false` },
            { type: 'person', check: 'Everybody who works with the database has come in by the new way.' },
          ],
          duration: minutes(1, 10),
          clientsNotice: {
            from: 0,
            to: 0,
            what: 'Nothing inside the VPC. Whoever comes by the public address is cut off and has to use the way in.',
          },
          undo: { how: 'publiclyAccessible back to true', until: 'always', exact: true },
          sources: move.sources,
        }),
      ],
    };
  },
};
