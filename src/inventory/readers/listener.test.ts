import { describe, expect, it } from 'vitest';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './listener.ts';

const PREFIX = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:`;
const ARN = `${PREFIX}listener/app/shop/0123456789abcdef/fedcba9876543210`;
const GROUP = `${PREFIX}targetgroup/web/1111111111111111`;
const read = (listener: object, more: Parameters<typeof answersOf>[0] = {}) =>
  reader.read(answersOf({ 'elbv2:DescribeListeners': { Listeners: [{ ListenerArn: ARN, ...listener }] }, ...more }))[0];

describe('listeners', () => {
  it('has every certificate once, the default and those of further names', () => {
    const more = {
      'elbv2:DescribeListenerCertificates': [
        { input: { ListenerArn: ARN }, output: { Certificates: [{ CertificateArn: 'c1' }, { CertificateArn: 'c2' }] } },
      ],
    };
    const listener = { Protocol: 'HTTPS', Port: 443, SslPolicy: 'P', Certificates: [{ CertificateArn: 'c1' }] };
    expect(read(listener, more)).toMatchObject({
      name: 'shop HTTPS:443',
      sslPolicy: 'P',
      certificates: [{ id: 'c1' }, { id: 'c2' }],
    });
  });

  it('knows that a plain listener has none, and not what an encrypted one lacks', () => {
    expect(read({ Protocol: 'HTTP', Port: 80, SslPolicy: 'P' })).toMatchObject({ certificates: [], sslPolicy: null });
    expect(read({ Protocol: 'TLS', Port: 443 })).toMatchObject({ certificates: undefined, sslPolicy: undefined });
    expect(read({ Port: 80 })).toMatchObject({ certificates: undefined, sslPolicy: undefined });
  });

  it('reads weights, a single target group, redirects and fixed answers', () => {
    const weighted = { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: GROUP, Weight: 3 }] } };
    const redirect = { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } };
    const fixed = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } };
    expect(
      read({ DefaultActions: [weighted, { Type: 'forward', TargetGroupArn: GROUP }, redirect, fixed] }),
    ).toMatchObject({
      actions: [
        { type: 'forward', targetGroups: [{ ref: { id: GROUP }, weight: 3 }] },
        { type: 'forward', targetGroups: [{ ref: { id: GROUP, field: 'TargetGroupArn' }, weight: 1 }] },
        { type: 'redirect', targetGroups: [], redirect: 'HTTPS://#{host}:443/#{path}?#{query}' },
        { type: 'fixed-response', fixedStatus: '403' },
      ],
    });
  });

  it('does not know the actions when one of them lost its target group', () => {
    expect(read({ DefaultActions: [{ Type: 'forward' }] })).toMatchObject({ actions: undefined });
    expect(
      read({ DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ Weight: 1 }] } }] }),
    ).toMatchObject({
      actions: undefined,
    });
    expect(read({})).toMatchObject({ actions: undefined });
  });
});
