/** Network ACLs as stages: on the way there, and on the way back, which they judge anew because they keep no state. */
import type { Subnet } from '../../estate/kinds/network.ts';
import {
  type AddressSet,
  addressesOf,
  type ConnectionSet,
  connections,
  formatTraffic,
  ICMP,
  ICMPV6,
  icmpTraffic,
  intersectConnections,
  intersectTraffic,
  isNoConnection,
  isSubsetTraffic,
  mapTraffic,
  NO_TRAFFIC,
  overlapsTraffic,
  portTraffic,
  protocolTraffic,
  subtractTraffic,
  TCP,
  type TrafficSet,
  trafficOf as trafficAt,
  UDP,
  unionTraffic,
} from '../../estate/sets/index.ts';
import type { Source } from '../../estate/source.ts';
import type { Hop } from '../verdict.ts';
import { aclAdmission, entriesOf, matchOf } from './acls.ts';
import { type Admission, both, OPEN, unknown } from './admission.ts';
import type { Clause } from './clauses.ts';
import type { Face } from './faces.ts';
import { aclOf, type Network } from './network.ts';
import { hop, pointOf, type Stage, type Witness } from './path.ts';
import { askedText, towards, trafficOfWitness } from './stages.ts';

/** A network ACL on the way of the connection itself. */
export function aclStage(
  network: Network,
  subnet: Subnet | undefined,
  direction: 'in' | 'out',
  face: Face,
  fixed?: AddressSet,
): Stage {
  const clause: Clause = direction === 'in' ? 'acl-ingress' : 'acl-egress';
  const { admission, aclId, source } = aclAt(network, subnet, direction, face);
  return {
    clause,
    ...(subnet ? { at: subnet.id } : {}),
    admission: fixed === undefined ? admission : towards(admission, fixed),
    admits: (witness) => {
      const asked = fixed === undefined ? pointOf(witness) : connections(fixed, trafficOfWitness(witness));
      return entryHops(network, subnet, direction, asked, 'acl-allow');
    },
    blocks: (asked) => [
      hop(
        'acl-deny',
        aclId,
        '',
        `${aclId} lets nothing ${direction === 'in' ? 'into' : 'out of'} ${subnet?.id ?? 'the subnet'} of ${askedText(asked, fixed)}.`,
        source,
      ),
    ],
  };
}

function aclAt(
  network: Network,
  subnet: Subnet | undefined,
  direction: 'in' | 'out',
  face: Face,
): { readonly admission: Admission; readonly aclId: string; readonly source: Source } {
  if (subnet === undefined) return { admission: unknown(face.missing), aclId: face.id, source: face.source };
  const acl = aclOf(network, subnet);
  if ('missing' in acl) return { admission: unknown(acl.missing), aclId: subnet.id, source: subnet.source };
  const { id, source } = acl.value;
  return { admission: aclAdmission(network, acl.value, direction), aclId: id, source };
}

/** The entry that decides for what is asked. */
function entryHops(
  network: Network,
  subnet: Subnet | undefined,
  direction: 'in' | 'out',
  asked: ConnectionSet,
  code: 'acl-allow' | 'acl-allow-return',
): readonly Hop[] {
  const acl = subnet && aclOf(network, subnet);
  if (acl === undefined || 'missing' in acl) return [];
  const entry = entriesOf(network, acl.value, direction === 'out').find(
    (one) => !isNoConnection(intersectConnections(asked, matchOf(one).maybe)),
  );
  if (entry === undefined) return [];
  const way = direction === 'in' ? 'into' : 'out of';
  const detail =
    code === 'acl-allow'
      ? `Entry ${entry.number} of ${acl.value.id} allows it ${way} ${subnet?.id}.`
      : `Entry ${entry.number} of ${acl.value.id} lets the answers ${way} ${subnet?.id}.`;
  return [hop(code, acl.value.id, String(entry.number ?? ''), detail, entry.source)];
}

/**
 * Clients answer on a port of their own choice; every system chooses from this range.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
 */
const EPHEMERAL = { from: 1024, to: 65535 };
const EPHEMERAL_TRAFFIC: ReadonlyMap<number, TrafficSet> = new Map([
  [TCP, portTraffic(TCP, EPHEMERAL.from, EPHEMERAL.to)],
  [UDP, portTraffic(UDP, EPHEMERAL.from, EPHEMERAL.to)],
  [ICMP, icmpTraffic(0, 0)],
  [ICMPV6, icmpTraffic(129, 0, ICMPV6)],
]);

/** The answers to what may be sent: to a client port of TCP and UDP, as echo reply of ICMP. */
export const answersTo = (traffic: TrafficSet): TrafficSet => {
  let answers = NO_TRAFFIC;
  for (const [protocol, set] of EPHEMERAL_TRAFFIC)
    if (overlapsTraffic(traffic, protocolTraffic(protocol))) answers = unionTraffic(answers, set);
  return isNoTraffic(answers) ? traffic : answers;
};
const isNoTraffic = (set: TrafficSet): boolean => set.length === 0;

/** The protocols whose answers pass somewhere in `answers`; of other protocols, what itself may come back. */
export function answered(answers: TrafficSet): TrafficSet {
  let result = answers;
  for (const [protocol, set] of EPHEMERAL_TRAFFIC) {
    const whole = protocolTraffic(protocol);
    result = overlapsTraffic(answers, set) ? unionTraffic(result, whole) : subtractTraffic(result, whole);
  }
  return result;
}

const keptAnswers = new WeakMap<ConnectionSet, ConnectionSet>();
/** `answered` for every address; kept, because many interfaces share one network ACL. */
function answeredSet(set: ConnectionSet): ConnectionSet {
  const known = keptAnswers.get(set) ?? mapTraffic(set, answered);
  keptAnswers.set(set, known);
  return known;
}

/** Said when not every client port gets its answers: the connection is possible, but not from every client port. */
function narrowed(sure: ConnectionSet, witness: Witness, acls: readonly string[]): readonly string[] {
  const { protocol } = witness.traffic;
  if (protocol !== TCP && protocol !== UDP) return [];
  const answers = answersTo(trafficOfWitness(witness));
  const open = intersectTraffic(trafficAt(sure, witness.address), answers);
  if (isSubsetTraffic(answers, open)) return [];
  const ports = formatTraffic(open);
  const shown =
    ports.length > 4 ? `${ports.slice(0, 4).join(', ')} and ${ports.length - 4} more ranges` : ports.join(', ');
  return [
    `The client uses one of the ports ${shown}: to others of ${EPHEMERAL.from}-${EPHEMERAL.to}, ${acls.join(' and ')} lets no answers pass.`,
  ];
}

export interface ReturnGate {
  readonly subnet: Subnet | undefined;
  readonly direction: 'in' | 'out';
  readonly face: Face;
  /** Set when the far end of this gate is fixed. */
  readonly fixed?: AddressSet;
}

/** All network ACLs that the answers pass: one client port must get through every one of them. */
export function returnAclStage(network: Network, gates: readonly ReturnGate[]): Stage {
  const seen = gates.map((gate) => {
    const { admission, aclId, source } = aclAt(network, gate.subnet, gate.direction, gate.face);
    return { gate, aclId, source, admission: gate.fixed === undefined ? admission : towards(admission, gate.fixed) };
  });
  const all = seen.map((one) => one.admission).reduce(both, OPEN);
  const sure = answeredSet(all.sure);
  return {
    clause: 'acl-return',
    admission: {
      sure,
      maybe: all.sure === all.maybe ? sure : answeredSet(all.maybe),
      missing: all.missing,
    },
    admits: (witness) =>
      gates.flatMap(({ subnet, direction, fixed }) => {
        const answers = answersTo(trafficOfWitness(witness));
        const far = fixed ?? addressesOf(pointOf(witness));
        return entryHops(network, subnet, direction, connections(far, answers), 'acl-allow-return');
      }),
    assumes: (witness) => narrowed(all.sure, witness, [...new Set(seen.map((one) => one.aclId))]),
    blocks: (asked) => {
      const shut = seen.filter(({ admission }) =>
        isNoConnection(intersectConnections(answeredSet(admission.maybe), asked)),
      );
      return (shut.length > 0 ? shut : seen).map(({ gate, aclId, source }) =>
        hop(
          'return-acl-deny',
          aclId,
          '',
          `${aclId} does not let the answers ${gate.direction === 'in' ? 'into' : 'out of'} ${gate.subnet?.id ?? 'the subnet'}: they go to the client's port, ${EPHEMERAL.from}-${EPHEMERAL.to}.`,
          source,
        ),
      );
    },
  };
}
