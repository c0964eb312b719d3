import { environmentOf } from '../../analyse/environments/environments.ts';
import { sharers } from '../../analyse/environments/sharing.ts';
import { all, byId } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Context, Move, Proposal, Refusal, Scope } from '../move.ts';
import { type Action, days, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { otherScopes } from '../structure/other-environments.ts';
import { snapshotOf } from '../structure/snapshots.ts';

const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide';
const SHARING = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html';
const KEEPS: readonly Resource['kind'][] = ['database', 'databaseCluster', 'table', 'bucket'];

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'dev-account',
  title: 'Other environments in accounts of their own',
  about: 'A mistake, a test or a stolen key of development cannot reach production any more.',
  scope: 'account',
  risk: 'last',
  preconditions: [
    'production stays where it is: what cannot be moved between accounts is made anew for the other environment',
    'nothing of production uses what goes',
  ],
  undo: 'the old environment stays as it is until it is retired',
  sources: [
    {
      claim: 'an invited account keeps everything that is in it; who pays changes when it accepts',
      url: `${ORGANIZATIONS}/orgs_manage_accounts_invites.html`,
      certainty: 'documented',
    },
    {
      claim:
        'a snapshot is shared with another account; one under the key aws/rds has to be copied to a key of your own first',
      url: SHARING,
      certainty: 'documented',
    },
    {
      claim: 'the whole sequence is put together from these',
      url: `${ORGANIZATIONS}/orgs_best-practices.html`,
      certainty: 'composed',
    },
  ],
  propose,
};

const common = { move: 'dev-account', environment: null, clientsNotice: NOTHING_NOTICED } as const;

function propose(context: Context): Proposal {
  const others = otherScopes(context);
  if (others.length === 0) return { state: 'notNeeded' };
  const refusals: Refused[] = [];
  const steps: Step[] = organization(context, others);
  for (const scope of others) {
    const environment = scope.environment ?? '';
    refusals.push(...shared(context, environment));
    steps.push(...moved(context, scope));
  }
  return { state: 'ready', steps, refusals };
}

/** What several environments use: it cannot be in two accounts, so each needs its own first. */
function shared({ estate }: Context, environment: string): readonly Refused[] {
  return [...sharers(estate)].flatMap(([id, users]): readonly Refused[] => {
    const own = users.filter((one) => one.environment === environment);
    const others = users.filter((one) => one.environment !== undefined && one.environment !== environment);
    const [mine, theirs] = [own[0], others[0]];
    if (!mine || !theirs) return [];
    const name = byId(estate, id)?.name ?? id;
    return [
      {
        subject: id,
        because: `${name} is used by ${mine.resource.name} of ${environment} and by ${theirs.resource.name} of ${theirs.environment}.`,
        change: `Give ${mine.resource.name} its own in the new account; it stays here for ${theirs.environment}.`,
      },
    ];
  });
}

function organization({ estate, state }: Context, others: readonly Scope[]): Step[] {
  const { account } = state.world.today.place;
  const own = all(estate, 'account').find((one) => one.account === account);
  const names = others.map(({ environment }) => environment).join(' and ');
  const there = typeof own?.organization === 'string';
  return [
    step({
      ...common,
      id: 'account-dev-account-made',
      title: there ? `An account for ${names} in the organization` : `An organization, with an account for ${names}`,
      kind: 'act',
      why: 'Two environments in one account share every limit, every mistake and every stolen key. Production never moves: the others are made anew.',
      actions: [
        ...(there
          ? []
          : [
              act(
                '',
                'Make a new account for the organization, with nothing else in it: https://portal.aws.amazon.com/billing/signup',
              ),
              act(
                'organizations:CreateOrganization',
                'in the new account: aws organizations create-organization --feature-set ALL',
              ),
              act(
                'organizations:InviteAccountToOrganization',
                `aws organizations invite-account-to-organization --target Id=${account},Type=ACCOUNT`,
              ),
              act(
                'organizations:AcceptHandshake',
                'in the account of today: aws organizations accept-handshake --handshake-id <the id of the invitation>',
              ),
            ]),
        ...others.map(({ environment, stem }) =>
          act(
            'organizations:CreateAccount',
            `aws organizations create-account --account-name ${stem} --email <an address that nobody uses yet, for ${environment}>`,
          ),
        ),
      ],
      gate: [
        {
          type: 'person',
          check:
            'Bills and credits of the account of today were looked at before it joined: who pays changes with that.',
        },
        {
          type: 'query',
          check: 'Each account is ACTIVE.',
          query: 'aws organizations list-accounts --query "Accounts[].[Name,Status]"',
        },
      ],
      duration: minutes(60, 2 * 24 * 60),
      undo: { how: 'an account leaves the organization with its own means of payment', until: 'always', exact: false },
      sources: move.sources.slice(0, 1),
    }),
  ];
}

const act = (operation: string, command: string): Action => ({ operation, parameters: {}, command });

function moved({ estate, preferences, state }: Context, scope: Scope): readonly Step[] {
  const { environment, stem } = scope;
  const claims = environmentOf(estate);
  const data = estate.resources.filter(
    (one) =>
      KEEPS.includes(one.kind) &&
      claims.get(one.id)?.environment === environment &&
      !(one.kind === 'database' && (one.replicaOf || one.cluster)),
  );
  const { region } = state.world.today.place;
  const databases = data.filter(({ kind }) => kind === 'database' || kind === 'databaseCluster');
  return [
    step({
      ...common,
      id: `${stem}-dev-account-deployed`,
      title: `${environment} is made anew in its own account, by the same program`,
      kind: 'act',
      why: 'Another stack, another account, no imports: what comes out is what the program says, and the first proof that it says enough.',
      actions: [
        act(
          '',
          `pulumi stack init ${stem} && pulumi config set aws:region ${region} && pulumi config set --path 'aws:allowedAccountIds[0]' <the new account>`,
        ),
        act('', `pulumi up --stack ${stem}`),
        act(
          '',
          `In the hosted zone of today: NS records of the part for ${environment} that name the zone of the new account.`,
        ),
      ],
      gate: [
        {
          type: 'person',
          check: `${environment} runs from end to end in the new account: the tests of the team pass there.`,
        },
      ],
      duration: minutes(120, 2 * 24 * 60),
      undo: {
        how: `pulumi destroy --stack ${stem}, in the new account`,
        until: 'somebody works with it',
        exact: false,
      },
      sources: move.sources.slice(2),
    }),
    ...(data.length === 0
      ? []
      : [
          step({
            ...common,
            id: `${stem}-dev-account-data`,
            title: `Data of ${environment} is copied to the new account`,
            kind: 'act',
            why: "Bucket names are the world's, and databases cannot move: their data comes by snapshots and copies.",
            actions: [
              ...data.map((one) => snapshotOf(one, 'to-its-account')),
              ...databases.map((one) =>
                act(
                  'rds:ModifyDBSnapshotAttribute',
                  one.kind === 'database'
                    ? `aws rds modify-db-snapshot-attribute --region ${one.region} --db-snapshot-identifier ${one.name}-to-its-account --attribute-name restore --values-to-add <the new account>`
                    : `aws rds modify-db-cluster-snapshot-attribute --region ${one.region} --db-cluster-snapshot-identifier ${one.name}-to-its-account --attribute-name restore --values-to-add <the new account>`,
                ),
              ),
            ],
            copies: data.map(({ id }) => id),
            gate: [
              { type: 'person', check: 'Personal data of customers is masked before anybody works with the copy.' },
            ],
            duration: minutes(30, 24 * 60),
            undo: { how: 'delete the copies', until: 'always', exact: false },
            sources: move.sources.slice(1, 2),
            clientsNotice: {
              from: 0,
              to: 120,
              what: `Nobody in production. ${environment} may stop for seconds while a snapshot of a database in one zone begins.`,
            },
          }),
        ]),
    step({
      ...common,
      id: `${stem}-dev-account-watched`,
      title: `Nobody uses ${environment} in the old account any more`,
      kind: 'watch',
      why: 'What still comes to the old one shows in its logs: a colleague, a test, a partner.',
      gate: [
        {
          type: 'query',
          check: 'Nothing but health checks reaches the old balancers and databases.',
          query: `aws logs start-query --log-group-names <the flow logs of ${environment}> --start-time <a week ago> --end-time <now> --query-string 'filter action = "ACCEPT" | stats count(*) by srcAddr, dstAddr, dstPort'`,
        },
        { type: 'person', check: `No setting, policy or role of production names anything of ${environment}.` },
      ],
      duration: days(7, Math.max(14, preferences.watchDays ?? 14)),
      undo: { how: 'nothing changed', until: 'always', exact: true },
      sources: move.sources.slice(2),
    }),
  ];
}
