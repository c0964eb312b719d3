/** How the plan writes what another resource fills, and what new things are called. */
import type { Resource } from '../../estate/resource.ts';
import { ref } from '../edit.ts';
import type { State } from '../state.ts';
import { declaredOf } from './declared.ts';

/** A reference to the resource's id (or another output) where the program declares it, else the id itself. */
export function idOf(state: State, resource: Pick<Resource, 'id' | 'kind'>): string {
  const declared = declaredOf(state, resource);
  return declared === undefined ? resource.id : ref(declared);
}

/** The same for its ARN. */
export function arnOf(state: State, resource: Pick<Resource, 'id' | 'kind' | 'arn'>): string {
  const declared = declaredOf(state, resource);
  return declared === undefined ? (resource.arn ?? resource.id) : ref(declared, 'arn');
}

/** `Shop prod/MySQL` -> `shop-prod-mysql`: for names that AWS and programs take alike. */
export const slug = (name: string, longest = 40): string =>
  name
    .toLowerCase()
    .replace(/^arn:.*[:/]/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, longest)
    .replace(/-+$/, '') || 'unnamed';

/** Tags of everything new. */
export const tagged = (name: string): Readonly<Record<string, string>> => ({ Name: name, ManagedBy: 'underpin' });
