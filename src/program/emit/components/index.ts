/** Every component that the emitter knows, in the order in which they take resources: what is made of more comes first. */
import { bastionHostKind } from './bastion-host.ts';
import { closedBucketKind } from './closed-bucket.ts';
import { flowsKind } from './flows.ts';
import type { Kind } from './kind.ts';
import { networkTiersKind } from './network-tiers.ts';
import { ownGroupKind } from './own-group.ts';
import { serviceRoleKind } from './service-role.ts';
import { standardAlarmsKind } from './standard-alarms.ts';

export const kinds: readonly Kind[] = [
  networkTiersKind,
  bastionHostKind,
  serviceRoleKind,
  closedBucketKind,
  standardAlarmsKind,
  ownGroupKind,
  flowsKind,
];
