/** How one resource names another: `aws_db_instance.shop_mysql.address`. */
import { type Member, type Members, type TerraformType, terraformTypeOf } from '../../inventory/terraform/table.ts';
import type { Thing } from '../emit/journey.ts';
import { ExportError } from './error.ts';

/** The type of a thing; throws where the table has none. */
export function typeOf(thing: Pick<Thing, 'type' | 'address'>): TerraformType {
  const type = terraformTypeOf(thing.type);
  if (type === undefined)
    throw new ExportError(`${thing.address}: Underpin knows no type of Terraform for ${thing.type}`);
  return type;
}

const byPulumi = new WeakMap<Members, ReadonlyMap<string, readonly [name: string, member: Member]>>();

/** A member by Pulumi's name; undefined where there is none. */
export function memberOf(members: Members, pulumi: string): readonly [name: string, member: Member] | undefined {
  let known = byPulumi.get(members);
  if (known === undefined) {
    known = new Map([...members].map(([name, member]) => [member.pulumi, [name, member] as const]));
    byPulumi.set(members, known);
  }
  return known.get(pulumi);
}

/** `${address}.attribute[0].attribute` for an output as Pulumi names it: `masterUserSecrets.0.secretArn`. */
export function outputOf(thing: Thing, label: string, output: string): string {
  const type = typeOf(thing);
  const start = `${type.name}.${label}`;
  if (output === 'id') return `${start}.id`;
  let [code, members, many] = [start, type.members, undefined as Member | undefined];
  for (const part of output.split('.')) {
    if (/^\d+$/.test(part)) {
      // a set has no first element; as a list it has
      code = many?.shape === 'map' ? `${code}["${part}"]` : `tolist(${code})[${part}]`;
      many = undefined;
      continue;
    }
    if (many?.shape === 'map') {
      code = `${code}[${JSON.stringify(part)}]`;
      continue;
    }
    const found = memberOf(members, part);
    if (found === undefined) throw new ExportError(`${thing.address}: ${type.name} has nothing that is "${output}"`);
    const [name, member] = found;
    code = `${many?.single ? `tolist(${code})[0]` : code}.${name}`;
    many = member.list || member.shape === 'map' ? member : undefined;
    members = member.members;
  }
  return many?.single ? `one(${code})` : code;
}

/** `aws_vpc.legacy_prod_vpc`. */
export const addressIn = (thing: Thing, labels: ReadonlyMap<Thing, string>): string =>
  `${typeOf(thing).name}.${labels.get(thing) ?? ''}`;
