/** Every code a proof of this room may carry, with what it means. */
import type { Resource } from '../../estate/resource.ts';
import type { Hop, Missing } from '../verdict.ts';

export const RESILIENCE_CODES = {
  'zone-left': 'It does not stand in what is lost.',
  'zone-single': 'All of it stands in what is lost.',
  'not-running': 'It does not run today.',
  'itself-lost': 'It is the very thing that is lost.',
  'regional-service': 'AWS runs it over several zones of the region, or over all the world, by design.',
  'outside-estate': 'It is outside the accounts that were read and is taken to stand.',
  'failover-multi-az': 'An RDS standby in another zone takes over by itself.',
  'failover-multi-az-cluster': 'A readable standby of a Multi-AZ DB cluster takes over by itself.',
  'failover-aurora': 'An Aurora reader in another zone becomes the writer by itself.',
  'recreated-aurora': 'Aurora makes the only instance again, in the same zone.',
  'failover-cache': 'A cache replica in another zone becomes the primary by itself.',
  'no-automatic-failover': 'There is a replica, but nothing promotes it by itself.',
  'replica-not-failover': 'A read replica elsewhere has the data; a person must promote it and change the address.',
  'replica-same-zone': 'A read replica stands in the same zone and is lost with its primary.',
  'cache-nodes-left': 'Cache nodes are left; what the lost ones held is gone.',
  'name-answers-others': 'The name has other answers, and a health check takes the lost one out.',
  'tasks-left': 'Tasks of the service run outside of what is lost.',
  'tasks-rescheduled': 'ECS starts the tasks again where there is room.',
  'no-room-for-tasks': 'What is left of the cluster has no room for the tasks.',
  'instances-left': 'Instances of the group run outside of what is lost.',
  'instances-replaced': 'The Auto Scaling group starts instances in a zone that is left.',
  'function-subnets-left': 'Lambda runs the function in the subnets that are left.',
  'balancer-zones-left': 'The load balancer has nodes in other zones.',
  'targets-left': 'Targets are left that the load balancer can reach.',
  'no-targets-left': 'No target is left that the load balancer can reach.',
  'nat-in-lost-zone': 'The way out is a NAT gateway (or instance) that is lost.',
  'no-way-out': 'Its subnet has no route to the internet, or one that leads nowhere.',
  'nat-left': 'The way out is a NAT gateway that is left.',
  'egress-regional': 'The way out is a gateway that does not stand in one zone.',
  'endpoint-left': 'The way to the AWS service is an endpoint with an interface that is left.',
  'endpoint-in-lost-zone': 'The way to the AWS service is an endpoint whose every interface is lost.',
} as const;

export type ResilienceCode = keyof typeof RESILIENCE_CODES;

export function hop(code: ResilienceCode, resource: Resource, detail: string, by = ''): Hop {
  return { resource: resource.id, by, code, detail, provenance: resource.source };
}

/** What would tell: the operation that lists the resource, and the field that it lacks. */
export function lacks(resource: Resource, reason: string, operation: string): Missing {
  return { operation, reason, resource: resource.id };
}
