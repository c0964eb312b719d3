import { all } from '../../estate/estate.ts';
import type { Move } from '../move.ts';
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
    const open = all(estate, 'database').filter((one) => scope.holds(one) && one.publiclyAccessible === true);
    if (open.length === 0) return { state: 'notNeeded' };
    const found = open.map((database) => ({ database, declared: declaredOf(state, database) }));
    const mine = found.flatMap(({ database, declared }) => (declared ? [{ database, declared }] : []));
    if (mine.length === 0)
      return {
        state: 'refused',
        refusals: open.map(({ id, name }) => ({
          subject: id,
          because: `${name} is not under the program's care`,
          change: 'collect what was not read of it, or close it by hand',
        })),
      };
    const names = mine.map(({ database }) => database.name).join(', ');
    return {
      state: 'ready',
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
