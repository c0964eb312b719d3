/** Ways to AWS services that do not leave the VPC. */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { refuse } from '../refuse.ts';
import type { Peer } from '../security/connect.ts';
import { securityGroup } from '../security/security-group.ts';
import type { PrivateNetwork } from './private-network.ts';

type Tagged = (name: string) => Record<string, string>;

/** S3 and DynamoDB through the route tables: free, and without them that traffic is paid for at the NAT gateway. */
export function gatewayEndpoints(
  owner: pulumi.Resource,
  network: string,
  region: string,
  vpcId: pulumi.Output<string>,
  routeTableIds: readonly pulumi.Output<string>[],
  tagged: Tagged,
): { readonly s3: aws.ec2.VpcEndpoint; readonly dynamodb: aws.ec2.VpcEndpoint } {
  const endpoint = (service: string): aws.ec2.VpcEndpoint =>
    new aws.ec2.VpcEndpoint(
      `${network}-${service}`,
      {
        vpcId,
        vpcEndpointType: 'Gateway',
        serviceName: `com.amazonaws.${region}.${service}`,
        routeTableIds: [...routeTableIds],
        tags: tagged(`${network}-${service}`),
      },
      { parent: owner },
    );
  return { s3: endpoint('s3'), dynamodb: endpoint('dynamodb') };
}

/** Interface endpoints of a network, all behind one group: they share who may use them. `connect(client, network.endpoints)`. */
export class InterfaceEndpoints implements Peer {
  readonly peerName: string;
  readonly groupId: pulumi.Output<string>;
  readonly port = 443;
  readonly owner: pulumi.Resource;

  constructor(network: PrivateNetwork, name: string, services: readonly string[], tagged: Tagged) {
    this.peerName = `${name}-endpoints`;
    this.owner = network;
    const group = securityGroup(network, this.peerName, network.vpcId, tagged(this.peerName));
    this.groupId = group.id;
    for (const service of services) {
      if (!/^[a-z0-9][a-z0-9.-]*$/.test(service) || service === 's3' || service === 'dynamodb') {
        refuse(
          name,
          `'${service}' is no interface endpoint here.`,
          "Use a service's short name, like secretsmanager or ecr.dkr; S3 and DynamoDB have gateway endpoints already.",
        );
      }
      const child = `${name}-endpoint-${service.replaceAll('.', '-')}`;
      new aws.ec2.VpcEndpoint(
        child,
        {
          vpcId: network.vpcId,
          vpcEndpointType: 'Interface',
          serviceName: `com.amazonaws.${network.region}.${service}`,
          subnetIds: [...network.subnetIds('app')],
          securityGroupIds: [group.id],
          privateDnsEnabled: true,
          tags: tagged(child),
        },
        { parent: network },
      );
    }
  }
}
