import { broadTraffic, openPorts, sendersOf, trafficText, whoText } from '../../../analyse/internet/admitted.ts';
import { reachedStraight } from '../../../analyse/internet/reached.ts';
import { tellSubnets } from '../../../analyse/internet/subnets.ts';
import { networkOf } from '../../../analyse/reachability/index.ts';
import { proofOf } from '../../../analyse/verdict.ts';
import { isNoTraffic } from '../../../estate/sets/index.ts';
import { join } from '../../example.ts';
import { service, serviceAnswer } from '../../examples/containers.ts';
import { network } from '../../examples/network.ts';
import { PUBLIC_SUBNETS } from '../../examples/open.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'task-with-public-address',
  problem: 1,
  severity: 'medium',
  title: 'The tasks of a service have public addresses',
  why: 'It is the quick way to let tasks fetch their image, and it puts each of them on the internet with nothing but a security group before it. With NAT or endpoints they fetch the image from a private subnet just as well.',
  fix: 'Run the tasks in private subnets without public addresses, behind the load balancer, with NAT or endpoints for the way out.',
  fixedBy: ['private-network', 'fargate'],
  subject: 'ecsService',
  needs: ['ecs:DescribeServices', 'ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeInternetGateways'],
  messages: {
    address: 'each task of {name} gets a public address in a public subnet',
    reached: 'each task of {name} gets a public address, and takes connections on {ports} from {who}',
  },
  check(subject, estate) {
    if (subject.network === null) return { state: 'notApplicable' };
    const { assignPublicIp, subnets } = subject.network ?? {};
    if (assignPublicIp === undefined || subnets === undefined)
      return unknown(subject, 'ecs:DescribeServices', 'the network configuration of a service');
    if (!assignPublicIp) return { state: 'pass' };
    const { open, missing } = tellSubnets(estate, subnets);
    const [first] = open;
    if (first === undefined) return missing.length > 0 ? { state: 'unknown', missing } : { state: 'pass' };
    const straight = reachedStraight(estate, subject);
    const { sure } = straight;
    const broad = broadTraffic(sure);
    const reached = straight.answer === 'yes' && !isNoTraffic(broad);
    return {
      state: 'fail',
      message: reached ? 'reached' : 'address',
      severity: openPorts(sure).length > 0 ? 'high' : 'medium',
      data: {
        name: subject.name,
        ports: trafficText(broad),
        who: whoText(sendersOf(sure, broad), networkOf(estate).strangers),
      },
      proof: [
        fact(
          subject,
          'networkConfiguration.awsvpcConfiguration.assignPublicIp',
          `${subject.name} assigns public addresses`,
        ),
        ...(reached ? proofOf(straight.verdict) : first.proof),
      ],
      related: open.map(({ subnet }) => subnet),
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html'],
  examples: {
    bad: join(
      network(),
      serviceAnswer(
        service('web', {
          networkConfiguration: {
            awsvpcConfiguration: { subnets: PUBLIC_SUBNETS, securityGroups: [], assignPublicIp: 'ENABLED' },
          },
        }),
      ),
    ),
    good: join(network(), serviceAnswer(service('web'))),
  },
});
