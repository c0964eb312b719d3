import { ServiceCluster } from '../compute/service-cluster.ts';
import type { WebServiceArgs } from '../compute/web-service.ts';
import { LoadBalancer } from '../edge/load-balancer.ts';
import { testNetwork } from './network.ts';

export const IMAGE = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1';

/** What a service stands on in tests; their children start with `net-`. */
export function ground(): Pick<WebServiceArgs, 'network' | 'cluster' | 'image' | 'size'> {
  return {
    network: testNetwork(),
    cluster: new ServiceCluster('net-cluster'),
    image: IMAGE,
    size: { cpu: 512, memory: 1024 },
  };
}

export function balancer(network: WebServiceArgs['network']): LoadBalancer {
  return new LoadBalancer('net-lb', {
    network,
    scheme: 'internal',
    certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/one',
    requiredHeader: { name: 'X-Origin-Verify', values: ['a-secret-of-a-test'] },
  });
}
