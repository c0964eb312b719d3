/** What a row of a type file is: how a resource of CloudFormation is told as one of a recording. */
import type { Properties, Value } from '../pulumi/recorded.ts';
import type { Draft, Given } from './given.ts';

/** What the resource will be called; known before what is made beside it. */
export interface Self {
  readonly name: string;
  readonly id: string;
  readonly outputs: Properties;
}

/** What a row may ask of the rest of the stack. */
export interface Around {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  /** Whether a resource of the type names this one in a property; `perhaps` where its existence is not known. */
  readonly pointedAt: (type: string, property: string) => 'yes' | 'no' | 'perhaps';
}

/** A resource that a template declares inside of another one, and a recording has beside it. */
export interface Beside {
  readonly token: string;
  /** Makes its name, after the resource's own. */
  readonly part: string;
  readonly inputs: Draft;
  /** As `belongs` of a row. */
  readonly belongs?: readonly string[];
}

/** An output or an input, by its name; `id` is the id. */
export type Attribute = string | ((self: Self) => Value | undefined);

export interface TypeRow {
  /** `AWS::EC2::VPC`. */
  readonly type: string;
  /** Its type in a recording: `aws:ec2/vpc:Vpc`. */
  readonly token: string | ((given: Given) => string);
  readonly inputs: (given: Given, around: Around) => Draft;
  /** The input with its name: one that is not known is made up, as one that is not said. */
  readonly named?: string;
  /** Names of this type are in small letters. */
  readonly lower?: boolean;
  /** The output that `Ref` gives; the id when left out. */
  readonly ref?: Attribute;
  /** Outputs or inputs that `Fn::GetAtt` gives, by the attribute's name. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /**
   * For what changes another resource (a rule, a route, a policy): the inputs that tell which. Where it is not known whether
   * it exists, it stands there with these alone, and all else about it is unknown. What stands for itself has none.
   */
  readonly belongs?: readonly string[] | ((given: Given) => readonly string[] | undefined);
  readonly beside?: (given: Given, self: Self, around: Around) => readonly Beside[];
  /** Tags of its own (`tagsAll`) are not told for what has none. */
  readonly untagged?: boolean;
}

export const row = (
  type: string,
  token: TypeRow['token'],
  inputs: TypeRow['inputs'],
  more: Partial<TypeRow> = {},
): TypeRow => ({
  type,
  token,
  inputs,
  ...more,
});
