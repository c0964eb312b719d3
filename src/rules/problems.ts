/** The ten problems of a hand-built account, by number, as the design's table has them. */
import type { Problem } from './rule.ts';

export interface ProblemText {
  /** What is wrong, as a headline. */
  readonly today: string;
  /** What it becomes. */
  readonly sound: string;
}

export const PROBLEMS: Readonly<Record<Problem, ProblemText>> = {
  1: {
    today: 'Servers and data in public subnets',
    sound: 'only load balancers, NAT and bastion are public; everything else is private, with a way in for developers',
  },
  2: {
    today: 'Files and pages served without a CDN',
    sound: 'CloudFront with an own domain before a private bucket, and before the load balancer',
  },
  3: {
    today: 'One zone carries the database and its replicas',
    sound: 'a Multi-AZ primary, replicas spread over zones',
  },
  4: {
    today: 'One wide-open security group, shared by all',
    sound: 'one group per resource, each rule names the peer it talks to',
  },
  5: { today: 'Old-generation machines', sound: 'ECS on Fargate; current generations elsewhere' },
  6: {
    today: 'People: administrators, no MFA, long-lived keys',
    sound: 'least privilege by group, MFA enforced, nobody locked out',
  },
  7: {
    today: 'Services share wildcard roles or access keys',
    sound: 'one role per service, with only what it uses',
  },
  8: { today: 'Dev and prod in one account', sound: 'one program, two stacks, two accounts' },
  9: { today: 'Surges are met by hand', sound: 'reader auto scaling and a failover that is understood' },
  10: {
    today: 'Clicked together, unwatched, without a record',
    sound: 'infrastructure as TypeScript, logged and alarmed',
  },
};
