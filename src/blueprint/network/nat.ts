/** Where NAT gateways stand and which zone goes out through which: pure planning, no Pulumi. */
import { refuse } from '../refuse.ts';
import { oneZone, type ZoneLetter } from './plan.ts';

/**
 * - `per-zone`: one gateway in each zone; losing a zone cuts nobody in another off. Each is paid for by the hour and by traffic.
 * - `single`: one gateway in one zone (`natZone`); when that zone is lost nobody gets out. For development.
 * - `regional`: one gateway that spreads over the zones by itself and needs no public subnet.
 * - `none`: no way out to the internet.
 */
export type NatMode = 'per-zone' | 'single' | 'regional' | 'none';

export interface NatPlan {
  /** Zones in whose public subnet a gateway stands. */
  readonly gateways: readonly ZoneLetter[];
  readonly regional: boolean;
  /** The gateway's zone that each zone goes out through; nothing for `none`. */
  routes(zone: ZoneLetter): ZoneLetter | 'regional' | undefined;
}

/**
 * A gateway is named by its zone in every mode, so going from `single` to `per-zone` adds gateways and re-points routes
 * and leaves the first gateway (and the address that partners have on their lists) where it is.
 */
export function planNat(
  network: string,
  mode: NatMode,
  zones: readonly ZoneLetter[],
  natZone: ZoneLetter | undefined,
): NatPlan {
  if (natZone !== undefined && mode !== 'single')
    refuse(network, `natZone does nothing with nat: '${mode}'.`, "Leave it out, or use nat: 'single'.");
  switch (mode) {
    case 'none':
      return { gateways: [], regional: false, routes: () => undefined };
    case 'regional':
      return { gateways: [], regional: true, routes: () => 'regional' };
    case 'per-zone':
      return { gateways: zones, regional: false, routes: (zone) => zone };
    case 'single': {
      const zone = oneZone(network, 'natZone', natZone, zones);
      return { gateways: [zone], regional: false, routes: () => zone };
    }
    default:
      return refuse(network, `'${String(mode)}' is not a way out.`, 'Use per-zone, single, regional or none.');
  }
}
