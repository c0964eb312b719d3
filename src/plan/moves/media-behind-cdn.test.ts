import { describe, expect, it } from 'vitest';
import { bucketAccess } from '../../analyse/buckets/public.ts';
import { all } from '../../estate/estate.ts';
import type { Preferences } from '../preferences.ts';
import { proveStep } from '../prove.ts';
import { estateAt, type State } from '../state.ts';
import type { Step } from '../step.ts';
import { shopChanged, shopWithout } from '../testing/examples.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import type { Today } from '../today.ts';
import { move as adopt } from './adopt.ts';
import { move } from './media-behind-cdn.ts';

const PROD = 'production';
const OWN: Preferences = { mediaDomains: { 'legacy-prod-media': 'media.legacy-shop.example' } };

const adopted = (today: Today = shopToday()): State => walk(today, [[adopt, null]]).state;
const proposalOf = (today: Today, preferences: Preferences = {}) =>
  move.propose(contextOf(adopted(today), PROD, preferences));

function stepsAt(state: State, preferences: Preferences = {}): readonly Step[] {
  const proposal = move.propose(contextOf(state, PROD, preferences));
  return proposal.state === 'ready' ? proposal.steps : [];
}

/** The state before the named step, and the step. */
function upTo(id: string): { readonly state: State; readonly step: Step } {
  let state = adopted();
  for (const step of stepsAt(state)) {
    if (step.id === id) return { state, step };
    state = proveStep(state, step).after ?? state;
  }
  throw new Error(`no step ${id}`);
}

describe('the buckets of the shop', () => {
  it('get logs, distributions and new links before anything is closed', () => {
    expect(stepsAt(adopted()).map(({ id, kind, edits }) => [id, kind, edits.length])).toEqual([
      ['legacy-prod-media-logs', 'expand', 7],
      ['legacy-prod-media-cdn', 'expand', 7],
      ['legacy-prod-media-links-legacy-prod-web', 'switch', 1],
      ['legacy-prod-media-links', 'act', 0],
      ['legacy-prod-media-watch', 'watch', 0],
      ['legacy-prod-media-closed', 'contract', 2],
      ['legacy-prod-media-blocked', 'contract', 2],
      ['legacy-prod-media-private', 'contract', 3],
    ]);
  });

  it('are proven, end closed to everybody, and need nothing more', () => {
    const { proven, proposals, state } = walk(shopToday(), [
      [adopt, null],
      [move, PROD],
      [move, PROD],
    ]);
    expect(proven.flatMap(objections)).toEqual([]);
    expect(proposals.at(-1)).toEqual({ state: 'notNeeded' });
    const estate = estateAt(state);
    const own = all(estate, 'bucket').filter(({ name }) => name.startsWith('legacy-prod-'));
    expect(own.map((bucket) => bucketAccess(estate, bucket).answer)).toEqual(own.map(() => 'no'));
  });

  it('are read by the distribution as far as by everybody, and no further', () => {
    const today = shopChanged((responses) => {
      for (const one of (responses['s3:GetBucketPolicy'] ?? []).filter(({ output }) => output?.Policy))
        one.output = { Policy: String(one.output?.Policy).replaceAll('/*', '/public/*') };
    });
    const text = JSON.stringify(stepsAt(adopted(today)).find(({ id }) => id.endsWith('-cdn'))?.edits);
    expect(text).toContain('arn:aws:s3:::legacy-prod-media/public/*');
    expect(text).not.toContain('arn:aws:s3:::legacy-prod-media/*');
  });

  it('of a website keep their pages: a function for folders, a page for what is not there', () => {
    const edits = stepsAt(adopted()).flatMap((step) => step.edits);
    const site = edits.find(
      ({ op, type, name }) => op === 'create' && /Distribution$/.test(type) && /static/.test(name),
    );
    expect(site).toMatchObject({
      properties: {
        defaultCacheBehavior: { functionAssociations: [{ eventType: 'viewer-request' }] },
        customErrorResponses: [{ errorCode: 403, responseCode: 404 }, { errorCode: 404 }],
      },
    });
    expect(edits).toContainEqual(expect.objectContaining({ type: 'aws:cloudfront/function:Function', op: 'create' }));
  });

  it('get a domain of their own with a certificate in us-east-1, and the links name it', () => {
    const { proven } = walk(
      shopToday(),
      [
        [adopt, null],
        [move, PROD],
      ],
      OWN,
    );
    expect(proven.flatMap(objections)).toEqual([]);
    const edits = proven.flatMap(({ step }) => (step.move === move.name ? step.edits : []));
    expect(edits).toContainEqual(
      expect.objectContaining({
        type: 'aws:acm/certificate:Certificate',
        region: 'us-east-1',
        properties: expect.objectContaining({ domainName: 'media.legacy-shop.example' }),
      }),
    );
    expect(edits.filter(({ type, name }) => /Record$/.test(type) && name.startsWith('media.')).length).toBe(2);
    const links = proven.find(({ step }) => step.id === 'legacy-prod-media-links-legacy-prod-web');
    expect(JSON.stringify(links?.step.edits)).toContain('https://media.legacy-shop.example');
  });

  it('are watched for as long as the team says, by the requests without credentials', () => {
    const watch = stepsAt(adopted(), { watchDays: 30 }).find(({ kind }) => kind === 'watch');
    expect(watch?.title).toContain('30 days');
    expect(watch?.gate[0]?.query).toContain(`$6 == "-"`);
  });
});

describe('what the prover has against a bad one', () => {
  it('a distribution that it does not declare', () => {
    const { state, step } = upTo('legacy-prod-media-cdn');
    expect(proveStep(state, { ...step, declares: {} }).proofs.exposure.verdict).toBe('violated');
  });

  it('a bucket that is closed to its distribution too', () => {
    const { state, step } = upTo('legacy-prod-media-closed');
    const edits = step.edits.map((edit) => ({
      ...edit,
      properties: { policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) },
    })) as Step['edits'];
    // as long as objects may have ACLs of their own, nobody can say that it reads none
    const { flows } = proveStep(state, { ...step, edits }).proofs;
    expect([...flows.violations, ...flows.unknowns].map(({ subject }) => subject)).toContainEqual(
      expect.stringMatching(/^distribution\/.* -> bucket\/legacy-prod-media tcp\/443$/),
    );
  });

  it('a policy that lets another distribution in', () => {
    const { state, step } = upTo('legacy-prod-media-closed');
    const edits = step.edits.map((edit) =>
      edit.op === 'update'
        ? {
            ...edit,
            properties: {
              policy: String(edit.properties.policy).replace(
                /\$\{[^}]+\}/,
                'arn:aws:cloudfront::111122223333:distribution/EOTHER0000000',
              ),
            },
          }
        : edit,
    );
    expect(proveStep(state, { ...step, edits }).proofs.flows.verdict).not.toBe('proven');
  });

  it('a bucket that is closed before there is a distribution', () => {
    const { step } = upTo('legacy-prod-media-closed');
    expect(proveStep(adopted(), step).holds).toBe(false);
  });

  it('a statement that is taken away in a step that only adds', () => {
    const { state, step } = upTo('legacy-prod-media-closed');
    expect(proveStep(state, { ...step, kind: 'expand' }).proofs.order.verdict).toBe('violated');
  });

  it('a bucket that opens again', () => {
    const { state, step } = upTo('legacy-prod-media-blocked');
    const [first] = upTo('legacy-prod-media-cdn').step.edits.filter(({ type }) => /BucketPolicy$/.test(type));
    if (!first) throw new Error('the policy is edited');
    expect(proveStep(state, { ...step, kind: 'expand', edits: [first] }).proofs.exposure.verdict).toBe('violated');
  });
});

describe('refusals', () => {
  it('a policy that was not read', () => {
    expect(proposalOf(shopWithout('s3:GetBucketPolicy', 's3:GetBucketPolicyStatus'))).toMatchObject({
      state: 'refused',
      refusals: [{ change: expect.stringContaining('s3:GetBucketPolicy') }, {}],
    });
  });

  it('distributions that were not read', () => {
    expect(proposalOf(shopWithout('cloudfront:ListDistributions')).state).toBe('refused');
  });

  it('a bucket into which everybody may write', () => {
    const today = shopChanged((responses) => {
      for (const one of (responses['s3:GetBucketPolicy'] ?? []).filter(({ output }) => output?.Policy))
        one.output = { Policy: String(one.output?.Policy).replaceAll('s3:GetObject', 's3:*') };
    });
    expect(proposalOf(today)).toMatchObject({
      state: 'refused',
      refusals: [{ because: expect.stringContaining('write') }, {}],
    });
  });

  it('a domain of no zone of the account, and one that is in use', () => {
    for (const domain of ['media.example.com', 'www.legacy-shop.example'])
      expect(proposalOf(shopToday(), { mediaDomains: { 'legacy-prod-media': domain } })).toMatchObject({
        state: 'ready',
        refusals: [{ subject: 'arn:aws:s3:::legacy-prod-media' }],
      });
  });

  it('a website that redirects', () => {
    const today = shopChanged((responses) => {
      for (const one of responses['s3:GetBucketWebsite'] ?? [])
        if (one.output?.IndexDocument) one.output = { RedirectAllRequestsTo: { HostName: 'www.example.com' } };
    });
    expect(proposalOf(today)).toMatchObject({
      refusals: [{ subject: 'arn:aws:s3:::legacy-prod-static-assets' }],
    });
  });
});
