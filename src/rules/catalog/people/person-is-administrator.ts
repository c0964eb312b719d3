import { administratorOf, administratorProof, asksForMfa, wayText } from '../../../analyse/people/administrators.ts';
import { personOf } from '../../../analyse/people/person.ts';
import { people } from '../../examples/people.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'person-is-administrator',
  problem: 6,
  severity: 'high',
  title: 'A person is an administrator in everyday work',
  why: 'A wrong click, a phished password or a stolen laptop then is the whole account: every database, every backup, every other person. Nobody needs that power to read a log or to deploy.',
  fix: 'Daily work gets a group that may read and do its own work; administration is a role that a person takes with a second factor and for an hour. The old grant goes after weeks in which nobody needed it.',
  fixedBy: ['people'],
  subject: 'user',
  needs: ['iam:GetAccountAuthorizationDetails'],
  messages: {
    always: '{name} is an administrator {way}',
    withMfa: '{name} is an administrator {way}, once signed in with a second factor',
    conditional: '{name} is an administrator {way}, if {conditions}',
    locked: '{name} is an administrator {way}; at the moment there is no password and no active key to use it with',
  },
  check(user, estate) {
    // What a program may do is told of the program.
    if (personOf(estate, user.id)?.nature === 'machine') return { state: 'notApplicable' };
    const administrator = administratorOf(estate, user.id);
    if (!administrator || administrator.verdict === 'no') return { state: 'pass' };
    if (administrator.verdict === 'unknown') return { state: 'unknown', missing: administrator.missing };
    const { conditions, chain } = administrator;
    const withMfa = conditions.some(asksForMfa);
    // The sound structure: the power is a role, taken on purpose and with a device.
    if (withMfa && chain.length > 0 && chain.every(({ by }) => by === 'assume-role')) return { state: 'pass' };
    const locked = user.consoleAccess === false && personOf(estate, user.id)?.activeKeys === 0;
    return {
      state: 'fail',
      message: locked ? 'locked' : withMfa ? 'withMfa' : conditions.length > 0 ? 'conditional' : 'always',
      data: {
        name: user.name,
        way: wayText(estate, administrator),
        conditions: conditions.map(({ says }) => says).join(' and '),
      },
      severity: locked ? 'low' : conditions.length > 0 ? 'medium' : 'high',
      proof: administratorProof(estate, administrator),
    };
  },
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  ],
  examples: {
    bad: people(
      [{ name: 'ada', console: true, passwordLastUsed: '2026-01-30T08:00:00Z', groups: ['administrators'] }],
      { administrators: ['AdministratorAccess'] },
    ),
    good: people([{ name: 'ada', console: true, passwordLastUsed: '2026-01-30T08:00:00Z', groups: ['developers'] }], {
      developers: ['ReadOnlyAccess'],
    }),
  },
});
