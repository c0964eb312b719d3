import { PrivateNetwork } from '../network/private-network.ts';

/** The network that tests put components into: eu-west-1, zones a and b. Record it with them and look at the component's own resources. */
export function testNetwork(): PrivateNetwork {
  return new PrivateNetwork('net', { vpc: { cidr: '10.20.0.0/16' }, region: 'eu-west-1', zones: ['a', 'b'] });
}

/** What a recording lists beside the test network. */
export function without(list: readonly string[], prefix = 'net'): readonly string[] {
  return list.filter((each) => !each.includes(` ${prefix}-`));
}
