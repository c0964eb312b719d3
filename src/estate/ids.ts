/** What an estate can hold. A kind is what AWS calls the thing, in the singular. */
import type { Kind } from './resource.ts';

declare const brand: unique symbol;

/**
 * The identity of a resource of kind `K`: its ARN where AWS gives it one that people use, else its AWS id
 * (`subnet-…`, `sg-…`, `AKIA…`). Unique over every account and region of an estate.
 */
export type Id<K extends Kind = Kind> = string & { readonly [brand]: K };

/** Brands a string as an id. Only readers call this: everywhere else ids come from an estate. */
export const id = <K extends Kind>(value: string): Id<K> => value as Id<K>;

/** A twelve-digit AWS account number. */
export type AccountId = string & { readonly [brand]: 'accountId' };
export const accountId = (value: string): AccountId => value as AccountId;

/** A region code (`eu-west-1`), or `global` for services that have none (IAM, Route 53, CloudFront). */
export type RegionName = string & { readonly [brand]: 'regionName' };
export const regionName = (value: string): RegionName => value as RegionName;
export const GLOBAL: RegionName = regionName('global');
