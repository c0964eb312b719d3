import { beforeAll, describe, expect, it } from 'vitest';
import { survivals } from '../../analyse/resilience/survive.ts';
import type { Estate } from '../../estate/estate.ts';
import { rules } from '../../rules/catalog/index.ts';
import { audit } from '../../rules/run.ts';
import { journeyOf } from '../draw/journey.ts';
import { modelOf } from '../draw/model.ts';
import { counts } from '../result.ts';
import { findingKey } from './gone.ts';
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

  it('says a finding gone from the state on after which no audit finds it', () => {
    const fails = model.stages.map(
      ({ estate }) =>
        new Set(audit(anew(estate), rules).flatMap((one) => (one.state === 'fail' ? [findingKey(one)] : []))),
    );
    const gone = new Map<string, number>();
    for (const key of input.audit.findings.filter(counts).map(findingKey)) {
      const last = fails.findLastIndex((keys) => keys.has(key));
      if (last < fails.length - 1) gone.set(key, last + 1);
    }
    expect(gone.size).toBeGreaterThan(3);
    expect(model.gone).toEqual(gone);
  });
});
