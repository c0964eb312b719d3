/** What AWS would answer to a new resource: a table of the common types, and a form that fits the others. */
import { isProperties, type Properties } from '../recorded.ts';
import { compute } from './compute.ts';
import { data } from './data.ts';
import { edge } from './edge.ts';
import { network } from './network.ts';
import { people } from './people.ts';
import { arn, type Shape, type Subject } from './shape.ts';

const SHAPES: ReadonlyMap<string, Shape> = new Map(
  Object.entries({ ...network, ...compute, ...data, ...edge, ...people }),
);

/** A type that no table has: an id that says whose it is, and an ARN of the service that the type names. */
function other(subject: Subject): { readonly id: string } & Properties {
  const [, path = ''] = subject.type.split(':');
  const [service = '', kind = ''] = path.split('/');
  const id = subject.importId ?? `${subject.name}_id`;
  return subject.type.startsWith('aws:') ? { id, arn: arn(subject, service, `${kind}/${subject.name}`) } : { id };
}

export interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

export function stateOf(subject: Subject): Made {
  const { id, ...outputs } = (SHAPES.get(subject.type) ?? other)(subject);
  if (!subject.type.startsWith('aws:')) return { id, outputs };
  const tags = isProperties(subject.inputs.tags) ? subject.inputs.tags : {};
  return { id, outputs: { ...outputs, tagsAll: { ...subject.defaultTags, ...tags }, region: subject.region } };
}
