import { describe, expect, it } from 'vitest';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import type { Edit } from '../edit.ts';
import { move as adopt } from '../moves/adopt.ts';
import { move as behindCdn } from '../moves/balancer-behind-cdn.ts';
import { move as groupsBeside } from '../moves/groups-beside.ts';
import { proveStep } from '../prove.ts';
import { estateAt, type State } from '../state.ts';
import type { Step, StepKind } from '../step.ts';
import { shopChanged } from '../testing/examples.ts';
import { made, against as objectionsTo } from '../testing/hand-made.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import type { Today } from '../today.ts';
import type { DeclaredResource } from '../world.ts';

const PROD = 'production';
const walked = (today: Today, ...moves: readonly (typeof adopt)[]): State =>
  walk(
    today,
    moves.map((move) => [move, move === adopt ? null : PROD]),
  ).state;

/** The shop whose names lead to CloudFront, and whose load balancer asks for the secret header. */
const fronted = walked(shopToday(), adopt, groupsBeside, behindCdn);
/** The steps to it, as they are for a load balancer that asks for nothing. */
const proposal = behindCdn.propose(contextOf(walked(shopToday(), adopt, groupsBeside), PROD));
const steps = proposal.state === 'ready' ? proposal.steps : [];

const declared = (state: State, type: RegExp, name: RegExp): DeclaredResource => {
  const found = [...state.world.declared.values()].find((one) => type.test(one.type) && name.test(one.name));
  if (!found) throw new Error(`nothing like ${type} ${name}`);
  return found;
};
const against = (state: State, kind: StepKind, edits: readonly Edit[]): string => objectionsTo(kind, edits, state);
const update = ({ type, name }: DeclaredResource, properties: Properties): Edit => ({
  op: 'update',
  type,
  name,
  properties,
});
const listOf = (value: Value | undefined): readonly Properties[] =>
  Array.isArray(value) ? value.filter(isProperties) : [];

const distribution = declared(fronted, /Distribution$/, /-cdn$/);
const behaviour = isProperties(distribution.properties.defaultCacheBehavior)
  ? distribution.properties.defaultCacheBehavior
  : {};
const origins = listOf(distribution.properties.origins);

describe('a distribution that names lead to', () => {
  it('keeps its aliases', () => {
    expect(against(fronted, 'contract', [update(distribution, { aliases: ['legacy-shop.example'] })])).toMatch(
      /www\.legacy-shop\.example still leads to .*403/,
    );
  });

  it('goes on adding the header that the rules of the load balancer ask for', () => {
    for (const customHeaders of [[], [{ name: 'X-Other', value: 'one' }]])
      expect(
        against(fronted, 'switch', [
          update(distribution, { origins: origins.map((one) => ({ ...one, customHeaders })) }),
        ]),
      ).toMatch(/would no longer add the header X-Origin-Verify/);
  });

  it('gets no rule behind it that asks for another header', () => {
    const rule = declared(fronted, /ListenerRule$/, /from-cdn$/);
    expect(
      against(fronted, 'switch', [
        update(rule, { conditions: [{ httpHeader: { httpHeaderName: 'X-Other', values: ['one'] } }] }),
      ]),
    ).toMatch(/flows: .*was served and would be refused/);
  });

  it('gets no rule behind it that refuses before the one for the header', () => {
    const rule = declared(fronted, /ListenerRule$/, /from-cdn$/);
    const properties = {
      listenerArn: rule.properties.listenerArn ?? '',
      priority: 1,
      conditions: [{ pathPattern: { values: ['/*'] } }],
      actions: [{ type: 'fixed-response', fixedResponse: { contentType: 'text/plain', statusCode: '403' } }],
    };
    expect(against(fronted, 'switch', [{ op: 'create', type: rule.type, name: 'refusing', properties }])).toMatch(
      /flows: .*was served and would be refused/,
    );
  });

  it('asks no stranger instead', () => {
    const other = {
      originId: 'other',
      domainName: 'elsewhere.example.com',
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: 'https-only',
        originSslProtocols: ['TLSv1.2'],
      },
    };
    const both = proveStep(fronted, made('expand', [update(distribution, { origins: [...origins, other] })])).after;
    if (!both) throw new Error('the origin does not come');
    expect(
      against(both, 'switch', [
        update(distribution, { defaultCacheBehavior: { ...behaviour, targetOriginId: 'other' } }),
      ]),
    ).toMatch(/would ask elsewhere\.example\.com, and nothing says/);
  });

  it('gets no web ACL that nobody judged, and neither does the load balancer', () => {
    const webAclId = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/x/y';
    expect(against(fronted, 'switch', [update(distribution, { webAclId })])).toMatch(/webAcl/);
    const balancer = declared(fronted, /loadBalancer:LoadBalancer$/, /prod-alb/);
    expect(
      against(fronted, 'expand', [
        {
          op: 'create',
          type: 'aws:wafv2/webAclAssociation:WebAclAssociation',
          name: 'firewall',
          properties: { resourceArn: String(balancer.outputs.arn), webAclArn: webAclId },
        },
      ]),
    ).toMatch(/whom the web ACL/);
  });
});

describe('a name that comes to a distribution', () => {
  /** Proves the steps for the shop as it is on one of which AWS tells something else, or with a step changed. */
  const nameOn = (today: Today, change: (step: Step) => Step = (one) => one): string => {
    let state = walked(today, adopt, groupsBeside);
    for (const one of steps.map(change)) {
      const proven = proveStep(state, one);
      if (/cdn-name-www/.test(one.id)) return objections(proven).join('\n');
      state = proven.after ?? state;
    }
    throw new Error('no name is switched');
  };
  const madeWith =
    (properties: Properties) =>
    (one: Step): Step => ({
      ...one,
      edits: one.edits.map((edit) =>
        edit.op === 'create' && /Distribution$/.test(edit.type)
          ? { ...edit, properties: { ...edit.properties, ...properties } }
          : edit,
      ),
    });

  it('is served as before in the shop as it is', () => {
    expect(nameOn(shopToday())).toBe('');
  });

  it('has to be one of its aliases', () => {
    expect(nameOn(shopToday(), madeWith({ aliases: ['legacy-shop.example'] }))).toMatch(/flows: .*403/);
  });

  it.each([
    ['takes GET only', { ...behaviour, allowedMethods: ['GET', 'HEAD'] }, /every method/],
    ['keeps answers', { ...behaviour, cachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' }, /keeps answers/],
    ['leaves out cookies', { ...behaviour, originRequestPolicyId: null }, /everything that the customer sends/],
  ])('is not proven where the distribution %s', (_, defaultCacheBehavior, says) => {
    expect(nameOn(shopToday(), madeWith({ defaultCacheBehavior }))).toMatch(says);
  });

  it.each([
    [
      'a client certificate',
      shopChanged((responses) => {
        for (const { output } of responses['elbv2:DescribeListeners'] ?? [])
          for (const one of rows(output?.Listeners))
            if (one.Port === 443) one.MutualAuthentication = { Mode: 'verify', TrustStoreArn: 'arn:aws:x' };
      }),
      /asks its clients for a certificate/,
    ],
    [
      'an address',
      shopChanged((responses) => {
        for (const { output } of responses['elbv2:DescribeRules'] ?? [])
          for (const one of rows(output?.Rules))
            if (one.Priority !== 'default')
              one.Conditions = [{ Field: 'source-ip', SourceIpConfig: { Values: ['198.51.100.0/24'] } }];
      }),
      /198\.51\.100\.0\/24.*CloudFront only/,
    ],
    [
      'HTTP/2',
      shopChanged((responses) => {
        for (const { output } of responses['elbv2:DescribeTargetGroups'] ?? [])
          for (const one of rows(output?.TargetGroups)) one.ProtocolVersion = 'GRPC';
      }),
      /464/,
    ],
    [
      'what a web ACL asks',
      shopChanged((responses) => {
        for (const one of responses['wafv2:GetWebACLForResource'] ?? [])
          one.output = { WebACL: { ARN: 'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/x/y' } };
      }),
      /has a web ACL/,
    ],
  ] as const)('is not proven, and not proposed, where the load balancer asks for %s', (_, today, says) => {
    expect(nameOn(today)).toMatch(says);
    const answer = behindCdn.propose(contextOf(walked(today, adopt, groupsBeside), PROD));
    expect(answer.state).toBe('refused');
    expect(answer.state === 'refused' && answer.refusals.map(({ because }) => because).join()).toMatch(says);
  });

  it('says which clients end, where the load balancer takes older TLS than CloudFront', () => {
    const notice = steps.find(({ id }) => /cdn-name-www/.test(id))?.clientsNotice.what;
    expect(notice).toMatch(/TLS 1\.0, TLS 1\.1 at most/);
    expect(
      steps
        .find(({ id }) => /cdn-made$/.test(id))
        ?.gate.map(({ check }) => check)
        .join(),
    ).toMatch(/TLS 1\.0/);
  });

  it('leads to the very distribution in the end', () => {
    expect(estateAt(fronted).flows.some(({ id }) => /^internet -> distribution\/.*tcp\/443$/.test(id))).toBe(true);
  });
});

function rows(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : [];
}
