/** What was built by hand: people, their groups and what they may. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

const administrators = new aws.iam.Group(
  'administrators',
  { name: 'administrators', path: '/' },
  adopted('administrators'),
);

new aws.iam.GroupPolicyAttachment(
  'administrators-AdministratorAccess',
  { group: administrators.name, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  adopted('administrators/arn:aws:iam::aws:policy/AdministratorAccess', { protect: false }),
);

export const aliceUser = new aws.iam.User(
  'alice',
  {
    name: 'alice',
    path: '/',
    tags: { team: 'all' },
  },
  adopted('alice'),
);

export const bobUser = new aws.iam.User(
  'bob',
  {
    name: 'bob',
    path: '/',
    tags: { team: 'all' },
  },
  adopted('bob'),
);

const carolUser = new aws.iam.User(
  'carol',
  {
    name: 'carol',
    path: '/',
    tags: { team: 'all' },
  },
  adopted('carol'),
);

const deployBotUser = steps.until(
  'account-machine-keys-users',
  () =>
    new aws.iam.User(
      'deploy-bot',
      {
        name: 'deploy-bot',
        path: '/',
        tags: { team: 'all' },
      },
      adopted('deploy-bot', { protect: steps.at({ adopt: true, 'account-machine-keys-grants': false }) }),
    ),
);

steps.until(
  'account-people-detached',
  () =>
    new aws.iam.UserGroupMembership(
      'alice',
      { user: aliceUser.name, groups: [administrators.name] },
      adopted('alice/administrators', { protect: false }),
    ),
);

steps.until(
  'account-people-detached',
  () =>
    new aws.iam.UserGroupMembership(
      'bob',
      { user: bobUser.name, groups: [administrators.name] },
      adopted('bob/administrators', { protect: false }),
    ),
);

steps.until(
  'account-people-left-detached',
  () =>
    new aws.iam.UserGroupMembership(
      'carol',
      { user: carolUser.name, groups: [administrators.name] },
      adopted('carol/administrators', { protect: false }),
    ),
);

steps.until(
  'account-machine-keys-grants',
  (now) =>
    new aws.iam.UserGroupMembership(
      'deploy-bot',
      { user: now(deployBotUser).name, groups: [administrators.name] },
      adopted('deploy-bot/administrators', { protect: false }),
    ),
);
