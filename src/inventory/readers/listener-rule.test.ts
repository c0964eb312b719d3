import { describe, expect, it } from 'vitest';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './listener-rule.ts';

const PREFIX = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:`;
const LISTENER = `${PREFIX}listener/app/shop/0123456789abcdef/fedcba9876543210`;
const RULE = `${PREFIX}listener-rule/app/shop/0123456789abcdef/fedcba9876543210/aaaaaaaaaaaaaaaa`;
const read = (rule: object) => {
  const rules = [{ input: { ListenerArn: LISTENER }, output: { Rules: [{ RuleArn: RULE, ...rule }] } }];
  return reader.read(answersOf({ 'elbv2:DescribeRules': rules }))[0];
};

describe('listener rules', () => {
  it('finds its listener in its own ARN and reads the priority', () => {
    expect(read({ Priority: '10' })).toMatchObject({ listener: { id: LISTENER }, priority: 10, name: 'shop rule 10' });
    expect(read({ Priority: 'default' })).toMatchObject({ priority: 'default' });
    expect(read({})).toMatchObject({ priority: undefined, conditions: undefined, actions: undefined });
  });

  it('keeps paths and hosts, and no value that can be a secret', () => {
    const rule = read({
      Conditions: [
        { Field: 'path-pattern', Values: ['/api/*'] },
        { Field: 'host-header', HostHeaderConfig: { Values: ['shop.example.com'] } },
        { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Origin-Verify', Values: ['s3cr3t-value'] } },
        { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Any', Values: ['*'] } },
        { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'token', Value: 's3cr3t-value' }] } },
      ],
    });
    expect(rule).toMatchObject({
      conditions: [
        { field: 'path-pattern', values: ['/api/*'] },
        { field: 'host-header', values: ['shop.example.com'] },
        { field: 'http-header', headerName: 'X-Origin-Verify', values: ['<redacted>'] },
        { field: 'http-header', headerName: 'X-Any', values: ['*'] },
        { field: 'query-string', values: ['token=<redacted>'] },
      ],
    });
    expect(JSON.stringify(rule)).not.toContain('s3cr3t');
  });

  it('does not know the conditions when one of them lost its values', () => {
    expect(read({ Conditions: [{ Field: 'source-ip', SourceIpConfig: {} }] })).toMatchObject({ conditions: undefined });
    expect(read({ Conditions: [] })).toMatchObject({ conditions: [] });
  });
});
