import type { Answers } from '../../answers.ts';
import { allStrings } from '../../fields.ts';
import type { Item } from '../../item.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopted, type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';
import { camel } from '../values.ts';

const TYPE = 'aws:ecs/cluster:Cluster';
const PROVIDERS = 'aws:ecs/clusterCapacityProviders:ClusterCapacityProviders';
const PROVIDER = 'aws:ecs/capacityProvider:CapacityProvider';
const CAPACITY = 'ecs:DescribeCapacityProviders';

/** AWS tells these two only when they are asked for (`include`); a setting that is not told must not be changed. */
const ASKED = ['settings', 'configuration'] as const;

function cluster(answers: Answers, item: Item): readonly Adoption[] {
  const arn = item.string('clusterArn');
  // a deleted cluster stays visible for a while
  if (arn === undefined || item.string('status') === 'INACTIVE') return [];
  const of: Whole = { kind: 'ecsCluster', id: arn };
  const tags = tagged(answers, arn, item.tags('tags'));
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  const read = { clusterName: item.string('clusterName'), capacityProviders: allStrings(item, 'capacityProviders') };
  if (!isKnown(read)) return [refused(TYPE, of, untold(item.context.operation, read))];
  const adopted: Adopted = {
    state: 'adopted',
    type: TYPE,
    name: tags.tags?.Name ?? read.clusterName,
    id: arn,
    importId: read.clusterName,
    inputs: said({
      name: read.clusterName,
      settings: item.items('settings')?.map((one) => said({ name: one.string('name'), value: one.string('value') })),
      configuration: camel(item.item('configuration')?.value),
      serviceConnectDefaults: camel(item.item('serviceConnectDefaults')?.value),
      ...tags.inputs,
    }),
    outputs: { arn, ...tags.outputs },
    ignoreChanges: [...ASKED.filter((field) => !item.has(field)), ...tags.ignoreChanges],
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
  return read.capacityProviders.length === 0 ? [adopted] : [adopted, providersOf(adopted, item, read)];
}

const providersOf = (
  cluster: Adopted,
  item: Item,
  read: { readonly clusterName: string; readonly capacityProviders: readonly string[] },
): Adopted => ({
  ...cluster,
  type: PROVIDERS,
  id: read.clusterName,
  importId: read.clusterName,
  inputs: {
    clusterName: read.clusterName,
    capacityProviders: read.capacityProviders,
    defaultCapacityProviderStrategies: (item.items('defaultCapacityProviderStrategy') ?? []).map(strategy),
  },
  outputs: {},
  ignoreChanges: item.has('defaultCapacityProviderStrategy') ? [] : ['defaultCapacityProviderStrategies'],
});

const strategy = (item: Item): Properties =>
  said({
    capacityProvider: item.string('capacityProvider'),
    weight: item.number('weight'),
    base: item.number('base'),
  });

/** Capacity of one's own: a scaling group that ECS starts instances with. It is a part of that group. */
function provider(answers: Answers, item: Item): readonly Adoption[] {
  const [arn, name] = [item.string('capacityProviderArn'), item.string('name')];
  const group = item.item('autoScalingGroupProvider');
  const autoScalingGroupArn = group?.string('autoScalingGroupArn');
  if (arn === undefined || name === undefined || item.string('status') === 'INACTIVE') return [];
  // FARGATE and FARGATE_SPOT are AWS's own
  if (!group || autoScalingGroupArn === undefined) return [];
  const tags = tagged(answers, arn, item.tags('tags'));
  const of: Whole = { kind: 'autoScalingGroup', id: autoScalingGroupArn };
  const manager = managed(PROVIDER, of, tags);
  if (manager) return [manager];
  return [
    {
      state: 'adopted',
      type: PROVIDER,
      name,
      id: arn,
      importId: arn,
      inputs: said({ name, autoScalingGroupProvider: camel(group.value), ...tags.inputs }),
      outputs: { arn, ...tags.outputs },
      ignoreChanges: tags.ignoreChanges,
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

export const adopter: Adopter = {
  name: 'ecs-cluster',
  types: [TYPE, PROVIDERS, PROVIDER],
  operations: ['ecs:DescribeClusters', CAPACITY],
  adopt: (answers) => [
    ...answers.items('ecs:DescribeClusters', 'clusters').flatMap((item) => cluster(answers, item)),
    ...answers.items(CAPACITY, 'capacityProviders').flatMap((item) => provider(answers, item)),
  ],
};
