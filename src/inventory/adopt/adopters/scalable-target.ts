import type { Answers } from '../../answers.ts';
import { scalableTargetId } from '../../ids.ts';
import type { Item } from '../../item.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopted, type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';
import { camel } from '../values.ts';

const TYPE = 'aws:appautoscaling/target:Target';
const POLICY = 'aws:appautoscaling/policy:Policy';
const POLICIES = 'application-autoscaling:DescribeScalingPolicies';

/** What AWS scales by itself: the name it knows it by, and what of it. */
const subjectOf = (
  item: Item,
): Readonly<Record<'ServiceNamespace' | 'ResourceId' | 'ScalableDimension', string | undefined>> => ({
  ServiceNamespace: item.string('ServiceNamespace'),
  ResourceId: item.string('ResourceId'),
  ScalableDimension: item.string('ScalableDimension'),
});

const wholeOf = (item: Item, namespace: string, resource: string, dimension: string): Whole => ({
  kind: 'scalableTarget',
  id: scalableTargetId(item.context.account, item.context.region, namespace, resource, dimension),
});

function target(answers: Answers, item: Item): readonly Adoption[] {
  const subject = subjectOf(item);
  if (!isKnown(subject)) return [];
  const { ServiceNamespace: serviceNamespace, ResourceId: resourceId, ScalableDimension: scalableDimension } = subject;
  const of = wholeOf(item, serviceNamespace, resourceId, scalableDimension);
  const read = { MinCapacity: item.number('MinCapacity'), MaxCapacity: item.number('MaxCapacity') };
  if (!isKnown(read)) return [refused(TYPE, of, untold(item.context.operation, read))];
  const arn = item.string('ScalableTargetARN');
  const tags = tagged(answers, arn ?? of.id, undefined);
  const suspended = item.item('SuspendedState')?.value;
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: `${resourceId}-${scalableDimension.replace(/^.*:/, '')}`,
      id: resourceId,
      importId: `${serviceNamespace}/${resourceId}/${scalableDimension}`,
      inputs: said({
        serviceNamespace,
        resourceId,
        scalableDimension,
        minCapacity: read.MinCapacity,
        maxCapacity: read.MaxCapacity,
        suspendedState: Object.values(suspended ?? {}).includes(true) ? camel(suspended) : undefined,
        ...tags.inputs,
      }),
      outputs: said({ arn, ...tags.outputs }),
      ignoreChanges: tags.ignoreChanges,
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

/** Names that AWS's answer and the argument do not share. */
const RENAMED = { Dimensions: 'dimensions', MetricDataQueries: 'metricDataQueries', Metrics: 'metrics' } as const;

function rulesOf(item: Item): Properties | undefined {
  const tracking = item.item('TargetTrackingScalingPolicyConfiguration');
  const steps = item.item('StepScalingPolicyConfiguration');
  if (tracking) return { targetTrackingScalingPolicyConfiguration: camel(tracking.value, RENAMED) ?? {} };
  return steps && { stepScalingPolicyConfiguration: stepsOf(steps) };
}

/** The bounds of a step are texts in the provider. */
const stepsOf = (item: Item): Properties =>
  said({
    adjustmentType: item.string('AdjustmentType'),
    cooldown: item.number('Cooldown'),
    metricAggregationType: item.string('MetricAggregationType'),
    minAdjustmentMagnitude: item.number('MinAdjustmentMagnitude'),
    stepAdjustments: (item.items('StepAdjustments') ?? []).map((one) =>
      said({
        metricIntervalLowerBound: one.number('MetricIntervalLowerBound')?.toString(),
        metricIntervalUpperBound: one.number('MetricIntervalUpperBound')?.toString(),
        scalingAdjustment: one.number('ScalingAdjustment'),
      }),
    ),
  });

function policy(item: Item): readonly Adoption[] {
  const subject = subjectOf(item);
  if (!isKnown(subject)) return [];
  const { ServiceNamespace: serviceNamespace, ResourceId: resourceId, ScalableDimension: scalableDimension } = subject;
  const of = wholeOf(item, serviceNamespace, resourceId, scalableDimension);
  const [name, policyType] = [item.string('PolicyName'), item.string('PolicyType')];
  const rules = rulesOf(item);
  if (name === undefined || policyType === undefined) return [];
  if (rules === undefined) return [refused(POLICY, of, `a scaling policy of type ${policyType} is not adopted`)];
  const adopted: Adopted = {
    state: 'adopted',
    type: POLICY,
    name,
    id: name,
    importId: `${serviceNamespace}/${resourceId}/${scalableDimension}/${name}`,
    inputs: { name, policyType, serviceNamespace, resourceId, scalableDimension, ...rules },
    outputs: said({ arn: item.string('PolicyARN') }),
    ignoreChanges: [],
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
  return [adopted];
}

export const adopter: Adopter = {
  name: 'scalable-target',
  types: [TYPE, POLICY],
  operations: ['application-autoscaling:DescribeScalableTargets', POLICIES],
  adopt: (answers) => [
    ...answers
      .items('application-autoscaling:DescribeScalableTargets', 'ScalableTargets')
      .flatMap((item) => target(answers, item)),
    ...answers.items(POLICIES, 'ScalingPolicies').flatMap(policy),
  ],
};
