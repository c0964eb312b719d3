import { all } from '../../estate/estate.ts';
import { id as idFor } from '../../estate/ids.ts';
import type { Account } from '../../estate/kinds/places.ts';
import { addressOf, type Edit } from '../edit.ts';
import type { Context, Move, Proposal, Refusal } from '../move.ts';
import { type Action, days, type Effect, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { declaredOf, partsOf } from '../structure/declared.ts';
import { deleteKeys, disableKeys, type HeldKey, unusedGate } from '../structure/keys.ts';
import { listed, type Member, type Staff, staffOf } from '../structure/people.ts';
import { MEMBERSHIP, PeopleHouse } from '../structure/people-house.ts';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const PASSWORDS = 'aws:iam/accountPasswordPolicy:AccountPasswordPolicy';
/** AWS takes shorter ones where nothing is said. */
const SHORTEST = 8;

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'people',
  title: 'People: a second factor, the work they do, and administration by a role',
  about: 'A stolen password or laptop is no longer the whole account, and nobody is locked out on the way.',
  scope: 'account',
  risk: 'closing',
  preconditions: [
    'users, groups, policies, keys and devices were read',
    'programs that use the key of a person have a role of their own first',
  ],
  undo: 'the old groups give back what they gave, in seconds; the break-glass user can always do that',
  sources: [
    {
      claim: 'a rule that asks for a second factor stops every request by a long-lived key, so it is for people only',
      url: `${IAM}/reference_policies_examples_aws_my-sec-creds-self-manage.html`,
      certainty: 'documented',
    },
    {
      claim: 'people work with temporary credentials, and administration is a role to take',
      url: `${IAM}/best-practices.html`,
      certainty: 'documented',
    },
    { claim: 'the whole order is put together from these', url: `${IAM}/best-practices.html`, certainty: 'composed' },
  ],
  propose,
};

const common = { move: 'people', environment: null, clientsNotice: NOTHING_NOTICED } as const;
const NEVER_MIND = { how: 'delete what the step made', until: 'somebody uses it', exact: true } as const;

interface Plan {
  readonly context: Context;
  readonly staff: Staff;
  readonly house: PeopleHouse;
  readonly watchDays: number;
}

function propose(context: Context): Proposal {
  const { estate, state, preferences } = context;
  const found = staffOf(estate, preferences);
  const refusals: Refused[] = found.unclear.map(({ person, because, change }) => ({
    subject: person.user.id,
    because,
    change,
  }));
  const mine = (member: Member): boolean => {
    const problem = problemOf(context, member);
    if (problem !== undefined) refusals.push({ subject: member.person.user.id, ...problem });
    return problem === undefined;
  };
  const needs = (one: Member): boolean => one.toDetach || one.noDevice || one.open || one.works !== undefined;
  const staff: Staff = {
    ...found,
    stay: found.stay.filter((one) => needs(one) && mine(one)),
    left: found.left.filter(mine),
  };
  const plan: Plan = { context, staff, house: new PeopleHouse(context, staff), watchDays: preferences.watchDays ?? 14 };
  const takers = staff.stay.filter(({ administers }) => administers);
  const detaching = [...staff.stay, ...staff.left].some(({ toDetach }) => toDetach);
  if (detaching && takers.length === 0 && !someAdministratorIsLeft(plan)) {
    refusals.push({
      subject: 'people',
      because: 'Nobody who could administer the account would be left.',
      change: 'Say who may: "people": {"their-user-name": "administrator"}.',
    });
    return { state: 'refused', refusals };
  }
  const steps: readonly Step[] = [
    ...passwords(context),
    ...made(plan, takers),
    ...root(estate),
    ...joined(plan),
    ...devices(plan),
    ...gone(plan),
    ...keysRetired(plan),
    ...secondFactor(plan),
    ...detached(plan, takers),
  ];
  if (steps.length === 0) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  // everything but what is under the program's care can be done; what is not is told
  void state;
  return { state: 'ready', steps, refusals };
}

const someAdministratorIsLeft = ({ context, staff }: Plan): boolean => {
  const leaving = new Set(
    [...staff.stay, ...staff.left].flatMap(({ person, toDetach }) => (toDetach ? [person.user.id] : [])),
  );
  return staffOf(context.estate, context.preferences).stay.some(
    ({ person, toDetach }) => toDetach && !leaving.has(person.user.id),
  );
};

function problemOf({ state }: Context, { person, name, toDetach, works }: Member) {
  const baked = person.keys?.flatMap(({ bakedInto }) => bakedInto) ?? [];
  const [place] = baked;
  if (place)
    return {
      because: `A key of ${name} stands in ${place.place.name}: what is asked of the person would stop the program.`,
      change: `Give ${place.place.name} a role of its own and take ${place.variable} out.`,
    };
  if (declaredOf(state, person.user) === undefined && (toDetach || works !== undefined))
    return {
      because: `${name} is not under the program's care.`,
      change: 'Collect iam:GetAccountAuthorizationDetails.',
    };
  return undefined;
}

/** Nobody has to change a password by it: it holds for the next one. */
function passwords({ estate, state }: Context): readonly Step[] {
  const [account] = all(estate, 'account');
  if (account?.passwordPolicy === undefined) return [];
  const { passwordPolicy } = account;
  if (passwordPolicy !== null && (passwordPolicy.minimumLength ?? SHORTEST) >= SHORTEST) return [];
  if (!all(estate, 'user').some(({ consoleAccess }) => consoleAccess === true)) return [];
  const [known] = partsOf(state, account, PASSWORDS);
  if (passwordPolicy !== null && known === undefined) return [];
  const edit: Edit =
    known === undefined
      ? {
          op: 'create',
          type: PASSWORDS,
          name: 'password-policy',
          properties: {
            minimumPasswordLength: 14,
            passwordReusePrevention: 24,
            requireLowercaseCharacters: true,
            requireUppercaseCharacters: true,
            requireNumbers: true,
            requireSymbols: true,
            allowUsersToChangePassword: true,
          },
        }
      : { op: 'update', type: known.type, name: known.name, properties: { minimumPasswordLength: 14 } };
  const url = `${IAM}/id_credentials_passwords_account-policy.html`;
  return [
    step({
      ...common,
      id: 'account-people-passwords',
      title: 'New passwords have fourteen characters or more',
      kind: 'expand',
      why: 'Until the second factor is asked for, the password is all that stands before the account. Passwords of today stay valid; the rule holds for the next one.',
      edits: [edit],
      duration: minutes(1, 2),
      undo: { how: 'take the policy away again', until: 'always', exact: true },
      sources: [{ claim: 'a new rule holds when a password is changed', url, certainty: 'documented' }],
    }),
  ];
}

function made(plan: Plan, takers: readonly Member[]): readonly Step[] {
  const { house, staff } = plan;
  if (staff.stay.length === 0) return [];
  const withRoles = takers.length > 0;
  const steps = [
    step({
      ...common,
      id: 'account-people-made',
      title: withRoles
        ? `Groups for people, and a role of administration for ${listed(takers.map(({ name }) => name))}`
        : 'Groups for people',
      kind: 'expand',
      why: 'The new way to work stands beside the old one before anything is taken away: groups by what people do, and administration as a role that is taken for an hour with a second factor.',
      edits: [...house.groups(), ...(withRoles ? house.roles(takers) : [])],
      duration: minutes(1, 5),
      undo: NEVER_MIND,
      sources: move.sources.slice(1, 2),
    }),
  ];
  return withRoles ? [...steps, breakGlass(plan)] : steps;
}

/** The user for the day on which nothing else works is tried before anything depends on it. */
function breakGlass({ house, context }: Plan): Step {
  const name = house.breakGlassName;
  const [account] = all(context.estate, 'account');
  const now = context.estate.collectedAt ?? null;
  const id = `arn:aws:iam::${account?.account ?? ''}:user/${name}`;
  return step({
    ...common,
    id: 'account-people-break-glass',
    title: `The key in the glass box: ${name} gets a password and two devices`,
    kind: 'act',
    why: 'If all phones are lost or a rule is wrong, somebody must still get in. This user is for that day only; its password and devices lie in a safe, and every sign-in rings an alarm.',
    actions: [
      {
        operation: 'iam:CreateLoginProfile',
        parameters: { UserName: name },
        command: `aws iam create-login-profile --user-name ${name} --password "$(aws secretsmanager get-random-password --password-length 40 --query RandomPassword --output text)"`,
      },
      device(name),
    ],
    effects: [
      {
        op: 'set',
        kind: 'user',
        id,
        fields: { consoleAccess: true, mfa: true, accessKeys: [], passwordLastUsed: now, created: now },
      },
    ],
    gate: [
      { type: 'query', check: `${name} has a device.`, query: `aws iam list-mfa-devices --user-name ${name}` },
      {
        type: 'person',
        check: `Two people have signed in as ${name} together, taken the role ${house.breakGlassRole.name}, and locked password and devices away.`,
      },
    ],
    duration: minutes(20, 60),
    undo: {
      how: `aws iam delete-login-profile --user-name ${name}, and take the devices off`,
      until: 'always',
      exact: false,
    },
    sources: [
      {
        claim: 'a user for emergencies, with devices that lie apart from people',
        url: 'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_emergency_process.html',
        certainty: 'documented',
      },
    ],
  });
}

const device = (name: string): Action => ({
  operation: 'iam:EnableMFADevice',
  parameters: { UserName: name },
  command: `${name} signs in and registers a device: https://console.aws.amazon.com/iam/home#/security_credentials (a passkey or security key; an app where there is none)`,
});

function root(estate: Context['estate']): readonly Step[] {
  return all(estate, 'account').flatMap((account: Account) => {
    const keys = account.rootAccessKeys === true;
    if (account.rootMfa !== false && !keys) return [];
    const url = `${IAM}/root-user-best-practices.html`;
    const actions: readonly Action[] = [
      ...(account.rootMfa === false
        ? [
            {
              operation: '',
              parameters: {},
              command:
                'The owner of the e-mail address of the account signs in as root and registers two devices: https://console.aws.amazon.com/iam/home#/security_credentials',
            },
          ]
        : []),
      ...(keys
        ? [
            {
              operation: '',
              parameters: {},
              command:
                'On the same page: make every access key of root inactive, wait until nobody misses it for a week, then delete it.',
            },
          ]
        : []),
    ];
    return [
      step({
        ...common,
        id: 'account-people-root',
        title: 'A second factor for the root user',
        kind: 'act',
        why: 'Root can do everything and no policy stops it. It is the one user that nobody should need, and the one that a thief wants most.',
        actions,
        effects: [
          {
            op: 'set',
            kind: 'account',
            id: account.id,
            fields: {
              ...(account.rootMfa === false ? { rootMfa: true } : {}),
              ...(keys ? { rootAccessKeys: false } : {}),
            },
          },
        ],
        gate: [
          {
            type: 'query',
            check: 'AccountMFAEnabled is 1, and AccountAccessKeysPresent is 0.',
            query: 'aws iam get-account-summary --query "SummaryMap.[AccountMFAEnabled,AccountAccessKeysPresent]"',
          },
          {
            type: 'person',
            check:
              'The e-mail address and telephone number of the account belong to the team, and somebody reads them.',
          },
        ],
        duration: minutes(10, 60),
        undo: { how: 'take the device off as root', until: 'always', exact: false },
        sources: [{ claim: 'root has a device, no keys, and is not used', url, certainty: 'documented' }],
      }),
    ];
  });
}

function joined({ staff, house }: Plan): readonly Step[] {
  const edits = staff.stay.flatMap((member) => house.joins(member) ?? []);
  if (edits.length === 0) return [];
  return [
    step({
      ...common,
      id: 'account-people-joined',
      title: `${listed(staff.stay.map(({ name }) => name))} join the new groups, and keep what they have`,
      kind: 'expand',
      why: 'Everybody can try the new way while the old one still works.',
      edits,
      duration: minutes(1, 5),
      undo: { how: 'take the memberships away', until: 'the old ones go', exact: true },
      sources: move.sources.slice(1, 2),
    }),
  ];
}

function devices({ staff }: Plan): readonly Step[] {
  const without = staff.stay.filter(({ noDevice }) => noDevice);
  if (without.length === 0) return [];
  const effects = without.flatMap(({ person: { user } }): readonly Effect[] => {
    const device = idFor<'mfaDevice'>(`arn:aws:iam::${user.account}:mfa/${user.name}`);
    const { account, region, source, tags: _tags, ...rest } = user;
    void rest;
    return [
      {
        op: 'set',
        kind: 'user',
        id: user.id,
        fields: { mfa: true, mfaDevices: [{ id: device, field: 'MFADevices', source }] },
      },
      {
        op: 'add',
        resource: {
          kind: 'mfaDevice',
          id: device,
          name: user.name,
          arn: device,
          account,
          region,
          tags: undefined,
          source,
          user: { id: user.id, field: 'UserName' },
        },
      },
    ];
  });
  return [
    step({
      ...common,
      id: 'account-people-devices',
      title: `${listed(without.map(({ name }) => name))} register a second factor`,
      kind: 'act',
      why: 'Only the person can do it, and nothing is asked of anybody before it is done.',
      actions: without.map(({ name }) => device(name)),
      effects,
      gate: [
        ...without.map(({ name }) => ({
          type: 'query' as const,
          check: `${name} has a device.`,
          query: `aws iam list-mfa-devices --user-name ${name}`,
        })),
        { type: 'person', check: 'Each of them has signed out, and in again with the device.' },
      ],
      duration: { from: 600, to: 7 * 86_400 },
      undo: { how: 'each takes the device off again', until: 'always', exact: false },
      sources: [
        {
          claim: 'a user can have up to eight devices',
          url: `${IAM}/id_credentials_mfa.html`,
          certainty: 'documented',
        },
      ],
    }),
  ];
}

/** Users whom nobody has used for long, or of whom the team says that they have left. */
function gone({ context, staff }: Plan): readonly Step[] {
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
        title: `${names} are in no group any more`,
        kind: 'contract',
        why: 'Whoever gets a password for them again starts with nothing.',
        edits,
        duration: minutes(1, 5),
        undo: { how: 'join the old groups again', until: 'always', exact: false },
        sources: move.sources.slice(1, 2),
        declares: { noLonger: left.flatMap(({ person, toDetach }) => (toDetach ? [person.user.id] : [])) },
      }),
    );
  return steps;
}

/** Memberships and policies of a person's own from before; the new groups are memberships of their own. */
function oldGrants({ state }: Context, { person }: Member): readonly Edit[] {
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

function keysRetired({ staff, context, watchDays }: Plan): readonly Step[] {
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

/** One volunteer first, then everybody: what was forgotten stops one person for a day and not the team. */
function secondFactor({ staff, house, watchDays }: Plan): readonly Step[] {
  const open = staff.stay.filter((member) => member.open);
  const [volunteer, ...others] = open.flatMap((member) => {
    const edit = house.asked(member);
    return edit ? [{ name: member.name, edit }] : [];
  });
  if (volunteer === undefined) return [];
  const texts = {
    kind: 'contract',
    duration: minutes(1, 5),
    undo: {
      how: 'take the membership away: the break-glass user or another administrator can',
      until: 'always',
      exact: true,
    },
    sources: move.sources.slice(0, 1),
  } as const;
  const first = step({
    ...common,
    ...texts,
    id: 'account-people-second-factor-tried',
    title: `${volunteer.name} is asked for the second factor first`,
    why: 'From here on nothing but registering a device works without one, for one person who knows about it.',
    edits: [volunteer.edit],
    gate: [
      { type: 'person', check: `${volunteer.name} has worked for some days, in the console and on the command line.` },
    ],
  });
  if (others.length === 0) return [first];
  return [
    first,
    step({
      ...common,
      id: 'account-people-second-factor-watched',
      title: `${volunteer.name} works with it for a while`,
      kind: 'watch',
      why: 'A way of working that was forgotten shows itself as AccessDenied.',
      gate: [denied(volunteer.name)],
      duration: days(3, Math.max(3, watchDays)),
      undo: { how: 'nothing changed', until: 'always', exact: true },
      sources: move.sources.slice(0, 1),
    }),
    step({
      ...common,
      ...texts,
      id: 'account-people-second-factor',
      title: `${listed(others.map(({ name }) => name))} are asked for it too`,
      why: 'A device that is registered is a habit; only a rule makes it real.',
      edits: others.map(({ edit }) => edit),
      gate: others.map(({ name }) => denied(name)),
    }),
  ];
}

const denied = (name: string) => ({
  type: 'query' as const,
  check: `Nothing that ${name} needs was denied.`,
  query: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=${name} --query "Events[?contains(CloudTrailEvent, 'AccessDenied')].[EventTime,EventName]"`,
});

function detached(plan: Plan, takers: readonly Member[]): readonly Step[] {
  const { context, staff, house, watchDays } = plan;
  const members = staff.stay.filter(({ toDetach }) => toDetach);
  const edits = members.flatMap((member) => oldGrants(context, member));
  if (edits.length === 0) return [];
  const names = listed(members.map(({ name }) => name));
  const steps = [
    step({
      ...common,
      id: 'account-people-role-used',
      title: `${names} administer by the role only`,
      kind: 'watch',
      why: 'Weeks in which nobody needs the old grant show that it can go; a month has everything that is done once a month.',
      gate: [
        {
          type: 'query',
          check: 'Every administrator has taken the role.',
          query: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --query "Events[?contains(CloudTrailEvent, '${house.administrator.name}')].[Username,EventTime]"`,
        },
        ...members.map(({ person, name }) => ({
          type: 'query' as const,
          check: `What ${name} did without the role is what the new groups allow too.`,
          query: `aws iam generate-service-last-accessed-details --arn ${person.user.id} --granularity ACTION_LEVEL`,
        })),
      ],
      duration: days(Math.max(14, watchDays), 31),
      undo: { how: 'nothing changed', until: 'always', exact: true },
      sources: [
        {
          claim: 'last-accessed data reaches back 400 days, appears within hours, and counts attempts that were denied',
          url: `${IAM}/access_policies_last-accessed.html`,
          certainty: 'documented',
        },
      ],
    }),
    step({
      ...common,
      id: 'account-people-detached',
      title: `${names} are no administrators all day any more`,
      kind: 'contract',
      why: `What they need every day the new groups give; for the rest ${takers.length > 0 ? 'they take the role' : 'somebody else takes the role'}. The break-glass user stays.`,
      edits,
      gate: members.map(({ name }) => denied(name)),
      duration: minutes(1, 5),
      undo: {
        how: 'join the old groups again: who takes the role can do it in seconds',
        until: 'always',
        exact: false,
      },
      sources: move.sources.slice(1),
      declares: { noLonger: members.flatMap(({ administers, person }) => (administers ? [] : [person.user.id])) },
    }),
  ];
  void addressOf;
  return steps;
}
