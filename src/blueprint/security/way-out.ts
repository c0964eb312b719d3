import type * as pulumi from '@pulumi/pulumi';
import type { PrivateNetwork } from '../network/private-network.ts';
import { refuse } from '../refuse.ts';
import { allowHttpsOut, allowOutToPrefixList, connect, type Peer } from './connect.ts';

/**
 * How tasks and instances reach AWS itself (images, logs, secrets, queues): by HTTPS through NAT, or in a network without NAT
 * through its endpoints only. Nothing else is open outwards until `connect` opens it. Answers with what must be there before it works.
 */
export function allowWayOut(from: Peer, network: PrivateNetwork): readonly pulumi.Resource[] {
  if (network.nat !== 'none') return [allowHttpsOut(from), ...network.ready];
  if (network.endpoints === undefined) {
    refuse(
      from.peerName,
      'Its network has neither NAT nor interface endpoints, so it could not even pull its image or write its log.',
      "Give the network nat: 'single', or interfaceEndpoints: ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager'].",
    );
  }
  return [
    ...connect(from, network.endpoints),
    allowOutToPrefixList(from, 's3', network.gatewayEndpoints.s3.prefixListId),
    allowOutToPrefixList(from, 'dynamodb', network.gatewayEndpoints.dynamodb.prefixListId),
    ...network.ready,
  ];
}
