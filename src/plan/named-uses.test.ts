/** What only its name tells is used is not deleted under whoever names it. */
import { describe, expect, it } from 'vitest';
import { move as adopt } from './moves/adopt.ts';
import { move as environmentRetired } from './moves/environment-retired.ts';
import type { Preferences } from './preferences.ts';
import { proveStep } from './prove.ts';
import type { Step } from './step.ts';
import { shopChanged } from './testing/examples.ts';
import { contextOf, objections, shopToday, walk } from './testing/shop.ts';
import type { Today } from './today.ts';

const told: Preferences = { retire: [{ environment: 'development', reason: 'it lives in an account of its own' }] };
const adopted = (today: Today) => walk(today, [[adopt, null]], told).state;

const retired = (today: Today) => {
  const proposal = environmentRetired.propose(contextOf(adopted(today), null, told));
  return {
    steps: proposal.state === 'ready' ? proposal.steps : [],
    refusals: 'refusals' in proposal ? (proposal.refusals ?? []) : [],
  };
};

/** What the prover has against steps that were made for the shop as it is. */
function against(today: Today, steps: readonly Step[]): readonly string[] {
  let state = adopted(today);
  return steps.flatMap((step) => {
    const one = proveStep(state, step);
    state = one.after ?? state;
    return objections(one);
  });
}

/** The shop whose service `web` of production has one more setting. */
const naming = (name: string, value: string): Today =>
  shopChanged((responses) => {
    for (const { output } of responses['ecs:DescribeTaskDefinition'] ?? []) {
      const { family, containerDefinitions } = Object(output?.taskDefinition);
      if (family === 'legacy-prod-web') containerDefinitions[0].environment.push({ name, value });
    }
  });

describe('an environment that goes, of which production uses something by its name', () => {
  const plain = retired(shopToday());

  it.each([
    ['SESSIONS', 'legacy-dev-sessions', 'legacy-dev-sessions', 'aws:dynamodb/table:Table'],
    ['ARCHIVE_BUCKET', 'legacy-dev-media', 'legacy-dev-media', 'aws:s3/bucket:Bucket'],
    ['ARCHIVE', '{"to":"s3://legacy-dev-media/old"}', 'legacy-dev-media', 'aws:s3/bucket:Bucket'],
    ['REPORT_QUEUE_NAME', 'legacy-dev-jobs', 'legacy-dev-jobs', 'aws:sqs/queue:Queue'],
  ])('%s=%s: it stays, and the plan says why', (name, value, thing, type) => {
    const { steps, refusals } = retired(naming(name, value));
    const deleted = steps.flatMap(({ edits }) => edits.filter(({ op }) => op === 'delete'));
    expect(deleted.length).toBeGreaterThan(20);
    expect(deleted.filter((edit) => edit.type === type && edit.name === thing)).toEqual([]);
    expect(refusals.map(({ because }) => because)).toContainEqual(
      `${thing} belongs to development, and something that stays uses it: ${name} of service web names it.`,
    );
  });

  it.each([
    ['SESSIONS_TABLE', 'legacy-dev-sessions'],
    ['ARCHIVE_BUCKET', 'legacy-dev-media'],
    ['REPORT_QUEUE_NAME', 'legacy-dev-jobs'],
  ])('%s=%s: the prover refuses a plan that deletes it all the same', (name, value) => {
    expect(against(naming(name, value), plain.steps)).toContainEqual(
      expect.stringMatching(new RegExp(`: data: .*${value} would be gone, and ${name} of service web names it`)),
    );
  });

  it('what holds the name as a part of another stays no longer than the rest', () => {
    const today = naming('PREFIX', 'legacy-dev-media-old');
    expect(retired(today).refusals).toEqual(plain.refusals);
    expect(against(today, plain.steps)).toEqual([]);
  });

  it('a policy of the role of a program that stays counts as a setting does', () => {
    const today = shopChanged((responses) => {
      const [{ output } = {}] = responses['iam:GetAccountAuthorizationDetails'] ?? [];
      const { RoleDetailList } = Object(output);
      const role = RoleDetailList.find(({ RoleName }: { RoleName: string }) => RoleName === 'legacy-prod-task');
      const reads = {
        Effect: 'Allow',
        Action: 'dynamodb:GetItem',
        Resource: `arn:aws:dynamodb:*:*:table/legacy-dev-sessions`,
      };
      role.RolePolicyList = [
        {
          PolicyName: 'reads',
          PolicyDocument: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [reads] })),
        },
      ];
    });
    expect(retired(today).refusals.map(({ because }) => because)).toContainEqual(
      expect.stringContaining('the role legacy-prod-task, which service web works with, names it in a policy'),
    );
  });

  it('as does the ARN that something else has', () => {
    const today = shopChanged((responses) => {
      for (const { output } of responses['sqs:GetQueueAttributes'] ?? []) {
        const attributes = Object(output?.Attributes);
        if (String(attributes.QueueArn).endsWith(':legacy-prod-jobs'))
          attributes.RedrivePolicy = JSON.stringify({
            deadLetterTargetArn: attributes.QueueArn.replace('prod-jobs', 'dev-jobs'),
            maxReceiveCount: 5,
          });
      }
    });
    expect(against(today, plain.steps)).toContainEqual(
      expect.stringMatching(/legacy-dev-jobs would be gone, and legacy-prod-jobs names it/),
    );
  });
});
