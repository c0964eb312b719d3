/**
 * An adopter writes what AWS has as the arguments that a Pulumi program would declare it with, so that importing it
 * changes nothing. Adopters are data: a file in `adopters/` that exports one `adopter` is registered by being there.
 *
 * What AWS did not tell is not guessed: a resource one of whose arguments is not known is not adopted, and says why.
 * Arguments whose default in the provider differs from what is there are always written out.
 * https://www.pulumi.com/docs/iac/adopting-pulumi/import/
 */
import type { Kind } from '../../estate/resource.ts';
import type { Source } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import type { Item } from '../item.ts';
import type { Place, Properties } from '../pulumi/recorded.ts';

/** The resource of the estate that something is, or is a part of (a rule is part of its group). */
export interface Whole {
  readonly kind: Kind;
  readonly id: string;
}

export interface Adopted {
  readonly state: 'adopted';
  /** `aws:rds/instance:Instance`. */
  readonly type: string;
  /** From the account's own names (the Name tag before the id); `adopt.ts` makes them unique within a type. */
  readonly name: string;
  /** As other resources name it and as Pulumi's state would hold it (`sg-…`, an ARN, a name). */
  readonly id: string;
  /** As `pulumi import` wants it, which for some types is another (`subnet-…/rtb-…`). */
  readonly importId: string;
  /** In Pulumi's form, physical ids as plain texts. No secrets: those are left out and listed in `ignoreChanges`. */
  readonly inputs: Properties;
  /** What AWS adds and others read (`arn`, `address`, `dnsName`, the zone of a database). */
  readonly outputs: Properties;
  /** Inputs that other people or AWS itself change (`desiredCount`, `password`, a minor version). */
  readonly ignoreChanges: readonly string[];
  /** Whether losing it loses data or serves requests: deletion is then refused by Pulumi. */
  readonly protect: boolean;
  readonly of: Whole;
  readonly place: Place;
  readonly source: Source;
}

export interface Unadopted {
  readonly state: 'unadopted';
  readonly type: string;
  readonly of: Whole;
  /** For people: what is not known, or who else manages it. */
  readonly because: string;
  /** The program that keeps it, where the input is that program's own word. */
  readonly keptBy?: string;
}

export type Adoption = Adopted | Unadopted;

export interface Adopter {
  /** The adopter's file name. */
  readonly name: string;
  readonly types: readonly string[];
  /** Operations whose answers it reads. */
  readonly operations: readonly string[];
  readonly adopt: (answers: Answers) => readonly Adoption[];
  /** Fields of the estate's kinds that AWS observes and no program declares (`status`, the zone of a database); `attributes/key` for one of a record. */
  readonly observed?: Readonly<Partial<Record<Kind, readonly string[]>>>;
}

export const placeOf = (item: Item): Place => ({ account: item.context.account, region: item.context.region });

/** Without the members that are undefined: what is not said. A `null` is left out as well, since AWS says "none" with it. */
export function said(properties: { readonly [name: string]: Properties[string] | undefined }): Properties {
  const entries = Object.entries(properties).filter((entry): entry is [string, Properties[string]] => entry[1] != null);
  return Object.fromEntries(entries);
}
