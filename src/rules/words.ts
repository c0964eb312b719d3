/** Names for messages, where the name alone does not tell one resource from another. */
import type { Resource, ResourceOf } from '../estate/resource.ts';

/** `web (i-0abc…)`: instances of one Auto Scaling group all have one name. An ARN holds the name already. */
export const nameAndId = ({ name, id }: Resource): string =>
  name === id || id.startsWith('arn:') ? name : `${name} (${id})`;

/** `web of cluster shop-prod`: production and development often name their services alike. */
export function serviceName(service: ResourceOf<'ecsService'>): string {
  const cluster = service.cluster?.id.replace(/^.*\//, '');
  return cluster === undefined ? service.name : `${service.name} of cluster ${cluster}`;
}
