import { describe, expect, it } from 'vitest';
import { mayAllow, shippedText } from './managed.ts';

const ARN = 'arn:aws:iam::aws:policy/';

describe('texts of AWS that are shipped', () => {
  it('let Billing pay and see costs, and touch nothing of the account itself', () => {
    const text = shippedText(`${ARN}job-function/Billing`) ?? '';
    for (const action of ['aws-portal:*Billing', 'payments:MakePayment', 'ce:GetCostAndUsage', 'tax:UpdateExemptions'])
      expect(text).toContain(`"${action}"`);
    expect(text).not.toMatch(/"(iam|sts|ec2|s3|organizations):|"\*"\],|undefined|\s"/);
    const may = mayAllow(`${ARN}job-function/Billing`);
    expect(may?.('budgets:modifybudget')).toBe(true);
    expect(may?.('iam:passrole')).toBe(false);
  });

  it('let CloudWatchLogsReadOnlyAccess look at logs, and write none', () => {
    const text = shippedText(`${ARN}CloudWatchLogsReadOnlyAccess`) ?? '';
    expect(text).toContain('"logs:FilterLogEvents"');
    const may = mayAllow(`${ARN}CloudWatchLogsReadOnlyAccess`);
    expect(may?.('logs:getlogevents')).toBe(true);
    expect(may?.('logs:deleteloggroup')).toBe(false);
  });
});
