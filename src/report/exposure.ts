/** What the internet reaches, as the JSON that `underpin exposure --json` prints. */
import { type Cut, cutsOf, type Exposure, exposures } from '../analyse/exposure/index.ts';
import type { Blocker, Hop, Missing } from '../analyse/verdict.ts';
import type { Estate } from '../estate/estate.ts';
import { grouped } from '../estate/grouped.ts';
import { type ResourceRef, refTo } from '../rules/finding.ts';
import { notRead } from './not-read.ts';
import { SCHEMA_VERSION } from './result.ts';

export interface ExposureEntry {
  readonly resource: ResourceRef;
  readonly ports: readonly string[];
  readonly sources: readonly string[];
  /** `direct`, or the ids of what stands in front. */
  readonly via: 'direct' | readonly string[];
  /** True when nothing gets through today, but one attribute (`only`) is all that stands in the way. */
  readonly latent: boolean;
  readonly only: readonly Blocker[];
  readonly proof: readonly Hop[];
  readonly assumptions: readonly string[];
  /**
   * The least change that surely closes it, the required flows it would break (`breaks`), those of which the input does
   * not tell (`undecided`), and the ways in that it also ends (`alsoCloses`); null when none was found or for latent ones.
   */
  readonly cut: Cut | null;
}

export interface ExposureResult {
  readonly schemaVersion: number;
  readonly command: 'exposure';
  readonly exposures: readonly ExposureEntry[];
  /** What cannot be decided from the input. */
  readonly unknown: readonly { readonly resource: ResourceRef; readonly missing: readonly Missing[] }[];
  /** Listings that the input lacks: what they would have told of is not in this answer. */
  readonly notRead: readonly Missing[];
  /** What every address of its own VPC reaches. */
  readonly inside: readonly {
    readonly resource: ResourceRef;
    readonly vpc: string;
    readonly ports: readonly string[];
  }[];
}

export function exposureResult(estate: Estate): ExposureResult {
  const report = exposures(estate);
  // one after the other what comes through the same doors, which is closed by the same change
  const doors = (one: Exposure): string => (one.via === 'direct' ? one.resource.id : one.through.join());
  const byDoors = [...grouped(report.exposures, (one) => [doors(one)])].flatMap(([, ones]) => ones);
  const cuts = new Map(byDoors.map((one) => [one, cutsOf(estate, one)[0] ?? null]));
  const open = report.exposures.map((one): ExposureEntry => {
    const { verdict } = one;
    return {
      resource: refTo(one.resource),
      ports: one.ports,
      sources: one.sources,
      via: one.via === 'direct' ? 'direct' : one.through,
      latent: false,
      only: [],
      proof: verdict.answer === 'yes' ? verdict.proof : [],
      assumptions: verdict.assumptions,
      cut: cuts.get(one) ?? null,
    };
  });
  const latent = report.latent.map(
    (one): ExposureEntry => ({
      resource: refTo(one.resource),
      ports: one.ports,
      sources: one.sources,
      via: 'direct',
      latent: true,
      only: one.only,
      proof: [],
      assumptions: [],
      cut: null,
    }),
  );
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'exposure',
    exposures: [...open, ...latent],
    unknown: report.unknown.map(({ resource, missing }) => ({ resource: refTo(resource), missing })),
    notRead: notRead(estate, 'exposure'),
    inside: report.inside.map(({ resource, vpc, ports }) => ({ resource: refTo(resource), vpc, ports })),
  };
}
