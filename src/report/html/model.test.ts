import { beforeAll, describe, expect, it } from 'vitest';
import { survivals } from '../../analyse/resilience/survive.ts';
import { type Estate, makeEstate } from '../../estate/estate.ts';
import { rules } from '../../rules/catalog/index.ts';
import type { State } from '../../rules/finding.ts';
import { audit } from '../../rules/run.ts';
import { journeyOf } from '../draw/journey.ts';
import { modelOf } from '../draw/model.ts';
import { counts } from '../result.ts';
import { type FindingFate, fatesOf, findingKey } from './finding-fates.ts';
import { modelOfReport, type ReportModel } from './model.ts';
import { shortJourney } from './testing/journey.ts';

/** The same estate, of which nothing is remembered. */
const anew = (estate: Estate): Estate => ({ ...estate });

describe('what the report knows of the states of a journey', () => {
  const input = shortJourney();
  let model: ReportModel;
  beforeAll(() => {
    model = modelOfReport(input, 'shop');
  });

  it('has the pictures that each state by itself gives', () => {
    const pictures = model.stages.map(({ estate }) => modelOf(anew(estate), { foldAbove: Number.POSITIVE_INFINITY }));
    expect(model.journey).toEqual(journeyOf(pictures));
  });

  it('has the losses of zones that each state by itself gives', () => {
    expect(model.fates).toEqual(model.stages.map(({ estate }) => survivals(anew(estate)).zones));
  });

  it('says what each finding becomes, as audits of all states tell', () => {
    const told = model.stages.map(({ estate }) => ({
      failed: keysOf(estate, 'fail'),
      unknown: keysOf(estate, 'unknown'),
    }));
    const fates = new Map<string, FindingFate>();
    for (const key of input.audit.findings.filter(counts).map(findingKey)) {
      const found = told.findLastIndex(({ failed }) => failed.has(key));
      const possible = told.findLastIndex(({ failed, unknown }) => failed.has(key) || unknown.has(key));
      if (possible < told.length - 1) fates.set(key, { is: 'gone', since: possible + 1 });
      else if (found < told.length - 1) fates.set(key, { is: 'undecided', since: found + 1 });
    }
    expect([...fates.values()].filter(({ is }) => is === 'gone').length).toBeGreaterThan(3);
    expect(model.findingFates).toEqual(fates);
  });

  it('does not say gone what nobody can tell any more', () => {
    const [first] = model.stages;
    if (first === undefined) throw new Error('a journey has a first state');
    const { resources } = first.estate;
    const database = input.audit.findings
      .filter(counts)
      .find(({ rule }) => rule === 'database-reachable-from-internet');
    if (database === undefined) throw new Error('the shop has an open database');
    // its groups are not told in the second state: then nobody knows who gets in
    const untold = makeEstate({
      ...first.estate,
      resources: resources.map((one) =>
        one.kind === 'securityGroup' ? { ...one, ingress: undefined, egress: undefined } : one,
      ),
    });
    const fates = fatesOf([database], [first, { ...first, estate: untold }]);
    expect([...fates.values()]).toEqual([{ is: 'undecided', since: 1 }]);
  });
});

/** Of every subject of which an audit says so. */
const keysOf = (estate: Estate, state: State): ReadonlySet<string> =>
  new Set(
    audit(anew(estate), rules)
      .filter((one) => one.state === state)
      .flatMap((one) => (state === 'fail' ? [findingKey(one)] : one.resources.map(({ id }) => `${one.rule} ${id}`))),
  );
