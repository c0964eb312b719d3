import { describe, expect, it } from 'vitest';
import type { Edit } from '../edit.ts';
import { proveStep } from '../prove.ts';
import type { State } from '../state.ts';
import type { Step } from '../step.ts';
import { shopChanged, shopWithout } from '../testing/examples.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import type { Today } from '../today.ts';
import { move as adopt } from './adopt.ts';
import { move } from './balancer-behind-cdn.ts';
import { move as groupsBeside } from './groups-beside.ts';
import { move as detached } from './shared-group-detached.ts';

const PROD = 'production';

const withGroups = (today: Today = shopToday()): State =>
  walk(today, [
    [adopt, null],
    [groupsBeside, PROD],
  ]).state;

const proposalAt = (state: State) => move.propose(contextOf(state, PROD));

function stepsAt(state: State): readonly Step[] {
  const proposal = proposalAt(state);
  return proposal.state === 'ready' ? proposal.steps : [];
}

/** The objections to every step, one after the other. */
function objectionsFrom(start: State, steps: readonly Step[]): readonly string[] {
  let state = start;
  return steps.flatMap((step) => {
    const proven = proveStep(state, step);
    state = proven.after ?? state;
    return objections(proven);
  });
}

function upTo(id: RegExp): { readonly state: State; readonly step: Step } {
  let state = withGroups();
  for (const step of stepsAt(state)) {
    if (id.test(step.id)) return { state, step };
    state = proveStep(state, step).after ?? state;
  }
  throw new Error(`no step ${id}`);
}

interface Listening {
  readonly Protocol?: string;
}
interface RecordSet {
  readonly Name?: string;
  readonly AliasTarget?: { readonly DNSName?: string };
}
const listOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : []);

const withoutHttps = (): Today =>
  shopChanged((responses) => {
    for (const one of responses['elbv2:DescribeListeners'] ?? [])
      one.output = {
        Listeners: listOf<Listening>(one.output?.Listeners).filter(({ Protocol }) => Protocol === 'HTTP'),
      };
  });

const withRecords = (change: (records: readonly RecordSet[]) => readonly object[]): Today =>
  shopChanged((responses) => {
    for (const one of responses['route53:ListResourceRecordSets'] ?? [])
      one.output = { ...one.output, ResourceRecordSets: change(listOf<RecordSet>(one.output?.ResourceRecordSets)) };
  });

const toBalancer = ({ AliasTarget }: RecordSet): boolean => AliasTarget?.DNSName?.includes('-alb-') === true;

describe('the balancer of the shop', () => {
  it('waits for a group of its own', () => {
    const { state } = walk(shopToday(), [[adopt, null]]);
    expect(proposalAt(state)).toMatchObject({ state: 'waits' });
  });

  it('gets a distribution, the names one by one, then HTTPS, and is closed after two days', () => {
    expect(stepsAt(withGroups()).map(({ id, kind }) => [id, kind])).toEqual([
      ['legacy-prod-cdn-logs', 'expand'],
      ['legacy-prod-cdn-made', 'expand'],
      ['legacy-prod-cdn-name-legacy-shop.example-a', 'switch'],
      ['legacy-prod-cdn-name-www.legacy-shop.example-a', 'switch'],
      ['legacy-prod-cdn-https-legacy-prod-alb-http-80-rule-10', 'switch'],
      ['legacy-prod-cdn-https-legacy-prod-alb-http-80', 'switch'],
      ['legacy-prod-cdn-watch', 'watch'],
      ['legacy-prod-cdn-default-closed', 'switch'],
      ['legacy-prod-cdn-closed', 'contract'],
    ]);
  });

  it('is proven, is then not needed, and lets the shared group go', () => {
    const { proven, proposals } = walk(shopToday(), [
      [adopt, null],
      [groupsBeside, PROD],
      [move, PROD],
      [move, PROD],
    ]);
    expect(proven.flatMap(objections)).toEqual([]);
    expect(proposals.at(-1)).toEqual({ state: 'notNeeded' });
  });

  it('has the secret in the configuration only', () => {
    const text = JSON.stringify(stepsAt(withGroups()));
    expect(text.match(/"\$secret":"[^"]*"/g)).toEqual(expect.arrayContaining(['"$secret":"config:originSecret"']));
    expect(new Set(text.match(/"\$secret":"[^"]*"/g)).size).toBe(1);
    expect(text).toContain('pulumi config set --secret originSecret');
  });

  it('asks for a certificate in us-east-1, which the records that are there prove', () => {
    const [made] = stepsAt(withGroups()).filter(({ id }) => id.endsWith('-made'));
    expect(made?.edits).toContainEqual(
      expect.objectContaining({ type: 'aws:acm/certificate:Certificate', region: 'us-east-1' }),
    );
    expect(made?.edits.filter(({ type }) => /Record$/.test(type))).toEqual([]);
  });

  it('makes the records of proof where there are none', () => {
    const today = withRecords((records) => records.filter(({ Name }) => !Name?.startsWith('_')));
    const [made] = stepsAt(withGroups(today)).filter(({ id }) => id.endsWith('-made'));
    expect(made?.edits.filter(({ type }) => /Record$/.test(type)).length).toBe(2);
  });

  it('passes everything on and keeps nothing', () => {
    const edit = stepsAt(withGroups())
      .flatMap(({ edits }) => edits)
      .find(({ type }) => /Distribution$/.test(type));
    expect(edit).toMatchObject({
      properties: {
        aliases: ['legacy-shop.example', 'www.legacy-shop.example'],
        origins: [{ customOriginConfig: { originProtocolPolicy: 'https-only' } }],
        defaultCacheBehavior: { allowedMethods: { length: 7 }, cachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' },
      },
    });
  });
});

describe('another balancer', () => {
  it('without HTTPS gets a listener and a certificate first, which are closed to everybody at the end', () => {
    const state = withGroups(withoutHttps());
    const steps = stepsAt(state);
    expect(steps.map(({ id }) => id)).toContain('legacy-prod-cdn-tls');
    expect(objectionsFrom(state, steps)).toEqual([]);
    const gone = steps.at(-1)?.edits.map(({ op, name }) => [op, name]);
    expect(gone).toEqual([
      ['delete', 'legacy-prod-alb-from-anywhere-80'],
      ['delete', 'legacy-prod-alb-from-anywhere-443'],
    ]);
  });

  it('asks a person where the names are kept elsewhere', () => {
    const state = withGroups(withRecords((records) => records.filter((record) => !toBalancer(record))));
    const steps = stepsAt(state);
    const names = steps.find(({ kind }) => kind === 'act');
    expect(names?.actions.map(({ command }) => command).join(' ')).toContain('www.legacy-shop.example');
    expect(objectionsFrom(state, steps)).toEqual([]);
  });

  it('is refused with a record of several, and without the list of CloudFront', () => {
    const weighted = withRecords((records) =>
      records.map((record) => (toBalancer(record) ? { ...record, Weight: 50, SetIdentifier: 'one' } : record)),
    );
    expect(proposalAt(withGroups(weighted)).state).toBe('refused');
    expect(
      proposalAt(withGroups(shopWithout('ec2:DescribeManagedPrefixLists', 'ec2:DescribePrefixLists'))),
    ).toMatchObject({
      state: 'refused',
      refusals: [{ change: expect.stringContaining('ec2:DescribeManagedPrefixLists') }],
    });
  });

  it('is refused where what it does was not read', () => {
    for (const operation of ['elbv2:DescribeRules', 'elbv2:DescribeListeners', 'cloudfront:ListDistributions'])
      expect(proposalAt(withGroups(shopWithout(operation))), operation).toMatchObject({ state: 'refused' });
  });

  it('shortens the time for which resolvers keep a record that is no alias', () => {
    const today = withRecords((records) =>
      records.map((record) =>
        toBalancer(record) && record.Name?.startsWith('www.')
          ? {
              Name: record.Name,
              Type: 'CNAME',
              TTL: 300,
              ResourceRecords: [{ Value: record.AliasTarget?.DNSName?.replace(/\.$/, '') }],
            }
          : record,
      ),
    );
    const state = withGroups(today);
    const steps = stepsAt(state);
    expect(steps.map(({ id }) => id)).toContain('legacy-prod-cdn-name-www.legacy-shop.example-cname-ttl');
    expect(objectionsFrom(state, steps)).toEqual([]);
  });
});

describe('what the prover has against a bad one', () => {
  it('a default that refuses while no rule takes what CloudFront asks', () => {
    const state = withGroups();
    const steps = stepsAt(state).map((step) => ({
      ...step,
      edits: step.edits.filter((edit: Edit) => !edit.name.endsWith('-from-cdn')),
    }));
    expect(objectionsFrom(state, steps)).toContainEqual(
      expect.stringMatching(/default-closed: flows: distribution\/.* -> loadBalancer\/legacy-prod-alb tcp\/443/),
    );
  });

  it('closing it without saying who takes over', () => {
    const { state, step } = upTo(/default-closed$/);
    expect(proveStep(state, { ...step, successions: [] }).proofs.flows.verdict).toBe('violated');
  });

  it('closing it before there is a distribution', () => {
    const { step } = upTo(/default-closed$/);
    expect(proveStep(withGroups(), step).proofs.flows.verdict).toBe('violated');
  });

  it('two names in one switch', () => {
    const { state, step } = upTo(/name-legacy/);
    const other = upTo(/name-www/).step;
    expect(proveStep(state, { ...step, edits: [...step.edits, ...other.edits] }).proofs.order.verdict).toBe('violated');
  });

  it('a distribution that it does not declare', () => {
    const { state, step } = upTo(/cdn-made$/);
    expect(proveStep(state, { ...step, declares: {} }).proofs.exposure.verdict).toBe('violated');
  });

  it('a group that admits nobody once it is alone', () => {
    const state = withGroups();
    const steps = stepsAt(state).map((step) => ({
      ...step,
      edits: step.edits.filter((edit: Edit) => !edit.name.endsWith('-from-cloudfront-443')),
    }));
    let at = state;
    for (const step of steps) at = proveStep(at, step).after ?? at;
    const off = detached.propose(contextOf(at, PROD));
    const all = off.state === 'ready' ? objectionsFrom(at, off.steps) : [];
    if (off.state === 'ready')
      expect(all).toContainEqual(expect.stringMatching(/flows: distribution\/.* -> loadBalancer\/legacy-prod-alb/));
  });
});
