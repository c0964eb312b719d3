import { bakedKeys } from '../../analyse/access/people/baked-keys.ts';
import { type KeyFacts, type Person, people } from '../../analyse/access/people/people.ts';
import { isAdministrator } from '../../analyse/people/administrators.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Edit } from '../edit.ts';
import type { Context, Move, Proposal, Refusal } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { declaredOf, partsOf } from '../structure/declared.ts';
import { deleteKeys, disableKeys, type HeldKey, unusedGate } from '../structure/keys.ts';
import { listed } from '../structure/people.ts';
import { MEMBERSHIP, USER } from '../structure/people-house.ts';
import { GITHUB, pipelineRole } from '../structure/pipeline.ts';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const UNUSED_DAYS = 90;

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'machine-keys',
  title: 'Programs lose their long-lived keys',
  about: 'What runs in AWS has a role, the pipeline signs in for minutes, and no key lies about that never expires.',
  scope: 'account',
  risk: 'closing',
  preconditions: [
    'no program that runs has the key in its settings any more: a static key is taken before a role',
    'the pipeline has a role to take',
  ],
  undo: 'an inactive key is made active by one command; a deleted one does not come back',
  sources: [
    {
      claim: 'a key in the environment is taken before the role',
      url: 'https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html',
      certainty: 'documented',
    },
    {
      claim: 'inactive first, deleted later',
      url: `${IAM}/id-credentials-access-keys-update.html`,
      certainty: 'documented',
    },
  ],
  propose,
};

const common = { move: 'machine-keys', environment: null, clientsNotice: NOTHING_NOTICED } as const;

function propose(context: Context): Proposal {
  const { estate, preferences } = context;
  const refusals: Refused[] = [];
  const ready: HeldKey[] = [];
  let pipeline = false;
  for (const person of people(estate)) {
    if (!isMachine(person)) continue;
    for (const fact of person.keys ?? []) {
      if (fact.key.active === false) continue;
      if (fact.key.active === undefined) {
        refusals.push({
          subject: fact.key.id,
          because: `Whether ${fact.key.id} of ${person.user.name} is active is not known.`,
          change: 'Collect iam:ListAccessKeys.',
        });
        continue;
      }
      const found = judge(context, person, fact);
      if (found === 'ready' || found === 'pipeline')
        ready.push({ key: fact.key, name: person.user.name, user: person.user });
      else refusals.push({ subject: fact.key.id, ...found });
      if (found === 'pipeline') pipeline = true;
    }
    if (person.keys === undefined)
      refusals.push({
        subject: person.user.id,
        because: `The keys of ${person.user.name} were not read.`,
        change: 'Collect iam:ListAccessKeys.',
      });
  }
  if (ready.length === 0) return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  const github = preferences.pipeline?.github;
  return {
    state: 'ready',
    steps: [...(pipeline && github !== undefined ? pipelineSteps(context, github) : []), ...retire(context, ready)],
    refusals,
  };
}

const isMachine = ({ nature, keys }: Person): boolean =>
  nature === 'machine' || (keys?.some(({ bakedInto }) => bakedInto.length > 0) ?? false);

/** Whether a key may go, and if not, what stands against it. */
function judge(
  { estate, today, preferences }: Context,
  { user }: Person,
  { key, idle, age, bakedInto }: KeyFacts,
): 'ready' | 'pipeline' | Omit<Refused, 'subject'> {
  const running = bakedInto.filter(({ place }) => runs(estate, place));
  const [place] = running;
  if (place)
    return {
      because: `${key.id} of ${user.name} still stands in ${place.variable} of ${listed([...new Set(running.map((one) => one.place.name))])}.`,
      change: 'Give it a role of its own and take the key out of its settings: see service-roles.',
    };
  if (idle === undefined)
    return {
      because: `When ${key.id} of ${user.name} was last used is not known.`,
      change: 'Collect iam:GetAccessKeyLastUsed.',
    };
  if (idle === null ? (age ?? 0) > UNUSED_DAYS : idle > UNUSED_DAYS) return 'ready';
  // programs that ran with it have lost it on the way here: that is where it was used
  if (bakedKeys(today.estate).some(({ accessKeyId }) => accessKeyId === key.id)) return 'ready';
  if (preferences.pipeline !== undefined) return 'pipeline';
  return {
    because: `${key.id} of ${user.name} is in use (${key.lastUsedService ?? 'for a service that is not told'}) by something outside of what was read: a pipeline, most often.`,
    change:
      'Say which repository deploys: "pipeline": {"github": "owner/repository"}; or move what uses the key to a role.',
  };
}

/** A revision of a task definition that no service names starts nothing by itself. */
function runs(estate: Estate, place: Resource): boolean {
  if (place.kind !== 'taskDefinition') return true;
  if (all(estate, 'ecsTask').some(({ taskDefinition }) => taskDefinition?.id === place.id)) return true;
  return all(estate, 'ecsService').some(
    ({ taskDefinition, desired }) => taskDefinition?.id === place.id && desired !== 0,
  );
}

function pipelineSteps(context: Context, repository: string): readonly Step[] {
  const edits = pipelineRole(context, repository);
  if (edits.length === 0) return [];
  const source = {
    claim: 'a run of the workflow takes the role by a token that says which repository and environment it is',
    url: 'https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services',
    certainty: 'documented',
  } as const;
  return [
    step({
      ...common,
      id: 'account-machine-keys-pipeline',
      title: `A role for the workflow of ${repository}`,
      kind: 'expand',
      why: 'The pipeline needs no key: GitHub vouches for each run, and AWS gives it an hour.',
      edits,
      duration: minutes(1, 5),
      undo: { how: 'delete what the step made', until: 'the pipeline uses it', exact: true },
      sources: [source],
    }),
    step({
      ...common,
      id: 'account-machine-keys-pipeline-moves',
      title: 'The pipeline deploys with its role',
      kind: 'watch',
      why: 'Before its key goes the pipeline has to have deployed without it, by every workflow that there is.',
      actions: [
        {
          operation: '',
          parameters: {},
          command: `in the workflow: permissions: {id-token: write, contents: read}; uses: aws-actions/configure-aws-credentials with role-to-assume; and delete the secrets AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of ${repository}`,
        },
      ],
      gate: [
        {
          type: 'query',
          check: 'Runs of the workflow have taken the role.',
          query: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity --query "Events[?contains(CloudTrailEvent, '${GITHUB}')].[EventTime,Username]"`,
        },
        { type: 'person', check: 'Every workflow that deploys has run once without a key.' },
      ],
      duration: days(1, 14),
      undo: { how: 'nothing changed in AWS', until: 'always', exact: true },
      sources: [source],
    }),
  ];
}

function retire(context: Context, keys: readonly HeldKey[]): readonly Step[] {
  const { estate, preferences } = context;
  const watchDays = preferences.watchDays ?? 14;
  const names = listed([...new Set(keys.map(({ name }) => name))]);
  const watch = (id: string, title: string, why: string, from: number, to: number): Step =>
    step({
      ...common,
      id,
      title,
      kind: 'watch',
      why,
      gate: keys.map(unusedGate),
      duration: days(from, to),
      undo: { how: 'nothing changed', until: 'always', exact: true },
      sources: move.sources.slice(1),
    });
  return [
    watch(
      'account-machine-keys-unused',
      `Nobody uses the keys of ${names} any more`,
      'A key that was not used for a week has no user left; what runs once a month is asked about.',
      7,
      Math.max(7, watchDays),
    ),
    step({
      ...common,
      id: 'account-machine-keys-off',
      title: `The keys of ${names} are made inactive`,
      kind: 'act',
      why: 'Whoever was forgotten fails now, and one command brings the key back.',
      ...disableKeys(keys),
      clientsNotice: {
        from: 0,
        to: 0,
        what: 'Nothing, if the week before was quiet. A program that was forgotten is denied from now on.',
      },
      gate: [{ type: 'person', check: 'No program reports InvalidClientTokenId.' }],
      duration: minutes(5, 10),
      undo: { how: 'aws iam update-access-key --status Active', until: 'the keys are deleted', exact: false },
      sources: move.sources.slice(1),
    }),
    watch(
      'account-machine-keys-missed',
      'A month in which nobody misses them',
      'What runs once a month runs within it.',
      14,
      31,
    ),
    step({
      ...common,
      id: 'account-machine-keys-gone',
      title: `The keys of ${names} are deleted`,
      kind: 'act',
      why: 'A key that does not exist cannot leak.',
      ...deleteKeys(estate, keys),
      duration: minutes(5, 10),
      undo: { how: 'a deleted key does not come back; a new one can be made', until: 'never', exact: false },
      sources: move.sources.slice(1),
    }),
    ...emptied(context, keys),
  ];
}

/** A program's user without keys and password is nobody: what it may do goes first, then the user. */
function emptied({ estate, state }: Context, keys: readonly HeldKey[]): readonly Step[] {
  const gone = new Set<string>(keys.map(({ key }) => key.id));
  const idle = [...new Map(keys.map(({ user }) => [user.id, user])).values()].filter(
    (user) =>
      user.consoleAccess === false &&
      user.accessKeys?.every(({ id }) => gone.has(id)) &&
      declaredOf(state, user) !== undefined,
  );
  if (idle.length === 0) return [];
  const names = listed(idle.map(({ name }) => name));
  const grants = idle.flatMap((user) =>
    partsOf(
      state,
      user,
      MEMBERSHIP,
      'aws:iam/userPolicyAttachment:UserPolicyAttachment',
      'aws:iam/userPolicy:UserPolicy',
    ).map(({ type, name }): Edit => ({ op: 'delete', type, name })),
  );
  const users = idle.flatMap((user): readonly Edit[] => {
    const declared = declaredOf(state, user);
    return declared?.type === USER ? [{ op: 'delete', type: declared.type, name: declared.name }] : [];
  });
  const undo = { how: 'make the user and its memberships again', until: 'always', exact: false } as const;
  const source = {
    claim: 'a user that nobody uses is taken away',
    url: `${IAM}/id_users_remove.html`,
    certainty: 'documented',
  } as const;
  return [
    ...(grants.length > 0
      ? [
          step({
            ...common,
            id: 'account-machine-keys-grants',
            title: `What ${names} may do is taken away`,
            kind: 'contract',
            why: 'Without a key nobody uses it; what stays is only a place for a new key.',
            edits: grants,
            duration: minutes(1, 5),
            undo,
            sources: [source],
            declares: { noLonger: idle.flatMap(({ id }) => (isAdministrator(estate, id) ? [id] : [])) },
          }),
        ]
      : []),
    step({
      ...common,
      id: 'account-machine-keys-users',
      title: `${idle.length === 1 ? 'The user' : 'The users'} ${names} ${idle.length === 1 ? 'goes' : 'go'}`,
      kind: 'contract',
      why: 'A user that stands for a program invites the next key.',
      edits: users,
      gate: [{ type: 'person', check: `No policy of a bucket, queue, topic or key names ${names}.` }],
      duration: minutes(1, 5),
      undo,
      sources: [source],
      successions: idle.map(({ id }) => ({ from: id, to: [], because: 'programs have roles now' })),
    }),
  ];
}
