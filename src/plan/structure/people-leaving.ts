/** Ways in that end: users who have left, and the long-lived keys of those who stay. */
import type { Edit } from '../edit.ts';
import type { Context } from '../move.ts';
import { days, type Effect, minutes, NOTHING_NOTICED, type Source, type Step, step } from '../step.ts';
import { partsOf } from './declared.ts';
import { deleteKeys, disableKeys, type HeldKey, unusedGate } from './keys.ts';
import { listed, type Member } from './people.ts';
import { MEMBERSHIP, type PeoplePlan } from './people-house.ts';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const PRACTICES: Source = {
  claim: 'people have what their work needs, and nothing that they do not use',
  url: `${IAM}/best-practices.html`,
  certainty: 'documented',
};

const common = { move: 'people', environment: null, clientsNotice: NOTHING_NOTICED } as const;

/** Users whom nobody has used for long, or of whom the team says that they have left. */
export function gone({ context, staff }: PeoplePlan): readonly Step[] {
  const { left } = staff;
  if (left.length === 0) return [];
  const names = listed(left.map(({ name }) => name));
  const keys = left.flatMap((member) => heldKeys(member));
  const closing = left.filter(({ person }) => person.user.consoleAccess !== false || keys.length > 0);
  const steps: Step[] = [];
  if (closing.length > 0)
    steps.push(
      step({
        ...common,
        id: 'account-people-left',
        title: `The password and keys of ${names} stop working`,
        kind: 'act',
        why: 'A way in that nobody uses is missed by nobody but a thief.',
        actions: [
          ...left.flatMap(({ name, person }) =>
            person.user.consoleAccess === false
              ? []
              : [
                  {
                    operation: 'iam:DeleteLoginProfile',
                    parameters: { UserName: name },
                    command: `aws iam delete-login-profile --user-name ${name}`,
                  },
                ],
          ),
          ...disableKeys(keys).actions,
        ],
        effects: [
          ...left.flatMap(({ person }): readonly Effect[] =>
            person.user.consoleAccess === false
              ? []
              : [{ op: 'set', kind: 'user', id: person.user.id, fields: { consoleAccess: false } }],
          ),
          ...disableKeys(keys).effects,
        ],
        gate: [
          { type: 'person', check: `Somebody who knows says that ${names} do not work here, or not with this user.` },
        ],
        duration: minutes(5, 10),
        undo: {
          how: 'aws iam create-login-profile, and aws iam update-access-key --status Active',
          until: 'the keys are deleted',
          exact: false,
        },
        sources: [
          {
            claim: 'what is not used is taken away',
            url: `${IAM}/id_credentials_finding-unused.html`,
            certainty: 'documented',
          },
        ],
      }),
    );
  const edits = left.flatMap((member) => oldGrants(context, member));
  if (edits.length > 0)
    steps.push(
      step({
        ...common,
        id: 'account-people-left-detached',
        title: `In no group any more: ${names}`,
        kind: 'contract',
        why: 'Whoever gets a password for them again starts with nothing.',
        edits,
        duration: minutes(1, 5),
        undo: { how: 'join the old groups again', until: 'always', exact: false },
        sources: [PRACTICES],
        declares: { noLonger: left.flatMap(({ person, toDetach }) => (toDetach ? [person.user.id] : [])) },
      }),
    );
  return steps;
}

/** Memberships and policies of a person's own from before; the new groups are memberships of their own. */
export function oldGrants({ state }: Context, { person }: Member): readonly Edit[] {
  return partsOf(
    state,
    person.user,
    MEMBERSHIP,
    'aws:iam/userPolicyAttachment:UserPolicyAttachment',
    'aws:iam/userPolicy:UserPolicy',
  ).map(({ type, name }) => ({ op: 'delete', type, name }));
}

const heldKeys = ({ name, person, keys }: Member): readonly HeldKey[] =>
  keys.map(({ key }) => ({ key, name, user: person.user }));

export function keysRetired({ staff, context, watchDays }: PeoplePlan): readonly Step[] {
  const { estate } = context;
  const own = staff.stay.filter(({ open }) => open).flatMap(heldKeys);
  const left = staff.left.flatMap(heldKeys);
  const every = [...own, ...left];
  if (every.length === 0) return [];
  const url = `${IAM}/id-credentials-access-keys-update.html`;
  const holders = [...new Set(own.map(({ name }) => name))];
  const used = own.filter(({ key }) => typeof key.lastUsed === 'string');
  const steps: Step[] = [];
  if (own.length > 0)
    steps.push(
      step({
        ...common,
        id: 'account-people-keys-unused',
        title: `${listed(holders)} work without keys`,
        kind: 'watch',
        why:
          used.length > 0
            ? 'The command line signs in by the browser (aws login), for hours at a time. When a key has not been used for a week, nothing depends on it.'
            : 'AWS saw no use of these keys; a while of looking makes sure.',
        actions: [
          {
            operation: '',
            parameters: {},
            command: 'each of them: aws configure set region <region> && aws login && aws sts get-caller-identity',
          },
        ],
        gate: own.map(unusedGate),
        duration: days(7, Math.max(7, watchDays)),
        undo: { how: 'nothing changed', until: 'always', exact: true },
        sources: [
          {
            claim: 'the AWS CLI signs in by the browser without a long-lived key, in its current version',
            url: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html',
            certainty: 'composed',
          },
        ],
      }),
      step({
        ...common,
        id: 'account-people-keys-off',
        title: `The keys of ${listed(holders)} are made inactive`,
        kind: 'act',
        why: 'An inactive key stops nobody who does not use it, and one command makes it active again.',
        ...disableKeys(own),
        gate: [{ type: 'person', check: 'Nobody misses anything.' }],
        duration: minutes(5, 10),
        undo: { how: 'aws iam update-access-key --status Active', until: 'the keys are deleted', exact: false },
        sources: [{ claim: 'inactive first, deleted later', url, certainty: 'documented' }],
      }),
    );
  steps.push(
    step({
      ...common,
      id: 'account-people-keys-missed',
      title: 'A month in which nobody misses the keys',
      kind: 'watch',
      why: 'What runs once a month runs within it.',
      gate: every.map(unusedGate),
      duration: days(Math.max(14, watchDays), 31),
      undo: { how: 'nothing changed', until: 'always', exact: true },
      sources: [{ claim: 'inactive first, deleted later', url, certainty: 'documented' }],
    }),
    step({
      ...common,
      id: 'account-people-keys-gone',
      title: `The keys of ${listed([...new Set(every.map(({ name }) => name))])} are deleted`,
      kind: 'act',
      why: 'A key that does not exist cannot leak.',
      ...deleteKeys(estate, every),
      duration: minutes(5, 10),
      undo: { how: 'a deleted key does not come back; a new one can be made', until: 'never', exact: false },
      sources: [{ claim: 'a deleted key is gone for good', url, certainty: 'documented' }],
    }),
  );
  return steps;
}
