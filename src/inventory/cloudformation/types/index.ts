/** Every type of CloudFormation that is read, and what stands in for the others. */
import { row, type TypeRow } from '../row.ts';
import { UNKNOWN } from '../values.ts';
import { balance } from './balance.ts';
import { caches } from './caches.ts';
import { compute } from './compute.ts';
import { containersTypes } from './containers.ts';
import { data } from './data.ts';
import { edge } from './edge.ts';
import { functions } from './functions.ts';
import { groups } from './groups.ts';
import { messaging } from './messaging.ts';
import { network } from './network.ts';
import { people } from './people.ts';
import { routes } from './routes.ts';
import { storage } from './storage.ts';
import { watch } from './watch.ts';

export const ROWS: readonly TypeRow[] = [
  ...network,
  ...routes,
  ...groups,
  ...compute,
  ...functions,
  ...containersTypes,
  ...balance,
  ...data,
  ...caches,
  ...storage,
  ...edge,
  ...people,
  ...messaging,
  ...watch,
];

/** Types that make nothing in the account: marks, and waiting. */
export const MAKES_NOTHING: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::WaitConditionHandle',
]);

const BY_TYPE: ReadonlyMap<string, TypeRow> = new Map(ROWS.map((one) => [one.type, one]));

export const rowOf = (type: string): TypeRow | undefined => BY_TYPE.get(type);

/** Services whose ARNs are named otherwise than their types. */
const SERVICES: Readonly<Record<string, string>> = {
  stepfunctions: 'states',
  opensearchservice: 'es',
  efs: 'elasticfilesystem',
};

/**
 * A type that no row tells: an ARN is made up for it, so that a policy which names it still says all the rest. What else
 * it gives is unknown, and of what is not AWS's (a custom resource) everything is.
 */
export function generic(type: string): TypeRow | undefined {
  const [owner, service = '', kind = ''] = type.split('::');
  if (owner !== 'AWS' || service === 'CloudFormation' || service === '' || kind === '') return undefined;
  const own = service.toLowerCase();
  return row(type, `aws:${SERVICES[own] ?? own}/${kind.toLowerCase()}:${kind}`, () => ({}), {
    ref: () => UNKNOWN,
    attributes: { Arn: 'arn' },
    untagged: true,
  });
}
