/**
 * What a component declares, as data and without Pulumi: the planner proves it, the component makes it, and there is no
 * second description that could say something else.
 */

/**
 * A value of an argument. `Later` is what only a deployment knows: Pulumi's outputs in a component, nothing in a plan,
 * where a text names the resource that will give it (see `outputOf`).
 */
export type Data<Later = never> = string | number | boolean | Later | readonly Data<Later>[] | DataMap<Later>;

export interface DataMap<Later = never> {
  /** Undefined is not said. */
  readonly [name: string]: Data<Later> | undefined;
}

export interface Declaration<Later = never> {
  /** `aws:ec2/subnet:Subnet`. */
  readonly type: string;
  /** The logical name, unique within the type. */
  readonly name: string;
  readonly properties: DataMap<Later>;
}

/** What another resource of the same declaration gives: its id, or the named output. */
export const outputOf = ({ type, name }: Pick<Declaration, 'type' | 'name'>, output = 'id'): string =>
  `\${${type}::${name}#${output}}`;

/** A policy or another document, which AWS takes as a text. */
export const documentOf = <Later>(content: Data<Later>): DataMap<Later> => ({ $document: content });

/** Tags of everything that the journey makes. */
export const tagged = (name: string): Readonly<Record<string, string>> => ({ Name: name, ManagedBy: 'underpin' });

/** As a plan writes it: JSON. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [name: string]: Plain };

/** The properties as a plan writes them: documents as texts, without what is not said. */
export const plainProperties = ({ properties }: Pick<Declaration, 'properties'>): { readonly [name: string]: Plain } =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [[name, plainData(value)]])),
  );

function plainData(value: Data): Plain {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map((each) => plainData(each));
  const { $document } = value;
  return $document === undefined ? plainProperties({ properties: value }) : JSON.stringify(plainData($document));
}

const isList = (value: Data): value is readonly Data[] => Array.isArray(value);
