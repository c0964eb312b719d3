/** Second factors: of the user for emergencies, and of each person. */
import { all } from '../../estate/estate.ts';
import { id as idFor } from '../../estate/ids.ts';
import { type Action, type Effect, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { listed } from './people.ts';
import type { PeoplePlan } from './people-house.ts';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

const common = { move: 'people', environment: null, clientsNotice: NOTHING_NOTICED } as const;

/** The user for the day on which nothing else works is tried before anything depends on it. */
export function breakGlass({ house, context }: PeoplePlan): Step {
  const name = house.breakGlassName;
  const [account] = all(context.estate, 'account');
  const now = context.estate.collectedAt ?? null;
  const id = `arn:aws:iam::${account?.account ?? ''}:user/${name}`;
  return step({
    ...common,
    id: 'account-people-break-glass',
    title: `The key in the glass box: ${name} gets a password and two devices`,
    kind: 'act',
    why: 'If all phones are lost or a rule is wrong, somebody must still get in. This user is for that day only; its password and devices lie in a safe.',
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

export function devices({ staff }: PeoplePlan): readonly Step[] {
  const without = staff.stay.filter(({ noDevice }) => noDevice);
  if (without.length === 0) return [];
  const effects = without.flatMap(({ person: { user } }): readonly Effect[] => {
    const device = idFor<'mfaDevice'>(`arn:aws:iam::${user.account}:mfa/${user.name}`);
    const { account, region, source } = user;
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
