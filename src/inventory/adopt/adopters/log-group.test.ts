import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter } from './log-group.ts';

const ARN = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/ecs/shop`;
const adopted = (more: object) =>
  adopter.adopt(
    answersOf({ 'logs:DescribeLogGroups': { logGroups: [{ logGroupName: '/ecs/shop', arn: `${ARN}:*`, ...more }] } }),
  );

it('writes that logs are kept for ever as 0, and leaves tags alone that were not read', () => {
  expect(adopted({ logGroupClass: 'STANDARD' })).toMatchObject([
    {
      importId: '/ecs/shop',
      inputs: { name: '/ecs/shop', retentionInDays: 0, logGroupClass: 'STANDARD', skipDestroy: false },
      ignoreChanges: ['tags', 'tagsAll'],
      protect: true,
      of: { kind: 'logGroup', id: ARN },
    },
  ]);
});

it('refuses a group whose retention cannot be read', () => {
  expect(adopted({ retentionInDays: 'long' })).toMatchObject([{ state: 'unadopted' }]);
});
