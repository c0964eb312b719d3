import type { Answers } from '../../answers.ts';
import { keyValues } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { balancerTags } from '../../listener-actions.ts';
import { allItems } from '../../listing.ts';
import { argumentsOf, TARGET_ATTRIBUTES } from '../../pulumi/attributes.ts';
import { isProperties, type Properties } from '../../pulumi/recorded.ts';
import { type Adopted, type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { registrars } from '../registrars.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:lb/targetGroup:TargetGroup';
const ATTACHMENT = 'aws:lb/targetGroupAttachment:TargetGroupAttachment';
const ATTRIBUTES = 'elbv2:DescribeTargetGroupAttributes';
const HEALTH = 'elbv2:DescribeTargetHealth';

/** The provider's default, 300 seconds, would be set where it is not told. */
const NEEDED = 'deregistration_delay.timeout_seconds';

const healthCheck = (item: Item): Properties =>
  said({
    enabled: item.boolean('HealthCheckEnabled'),
    protocol: item.string('HealthCheckProtocol'),
    port: item.string('HealthCheckPort'),
    path: item.string('HealthCheckPath') || undefined,
    matcher: item.item('Matcher')?.string('HttpCode') ?? item.item('Matcher')?.string('GrpcCode'),
    interval: item.number('HealthCheckIntervalSeconds'),
    timeout: item.number('HealthCheckTimeoutSeconds'),
    healthyThreshold: item.number('HealthyThresholdCount'),
    unhealthyThreshold: item.number('UnhealthyThresholdCount'),
  });

/** The duration that is in use; AWS tells one for each kind of cookie. */
function stickinessOf(inputs: Properties, attributes: Readonly<Record<string, string>>): Properties {
  const { stickiness } = inputs;
  if (!isProperties(stickiness) || typeof stickiness.type !== 'string') {
    const { stickiness: _, ...others } = inputs;
    return others;
  }
  const seconds = Number(attributes[`stickiness.${stickiness.type}.duration_seconds`] ?? Number.NaN);
  return Number.isFinite(seconds) ? { ...inputs, stickiness: { ...stickiness, cookieDuration: seconds } } : inputs;
}

function group(
  answers: Answers,
  item: Item,
  own: ReturnType<typeof balancerTags>,
  isRegistered: (arn: string) => boolean,
): readonly Adoption[] {
  const arn = item.string('TargetGroupArn');
  if (arn === undefined) return [];
  const of: Whole = { kind: 'targetGroup', id: arn };
  const tags = tagged(answers, arn, own.get(arn));
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  const targetType = item.string('TargetType');
  const lambda = targetType === 'lambda';
  const read = {
    TargetGroupName: item.string('TargetGroupName'),
    TargetType: targetType,
    Protocol: lambda ? null : item.string('Protocol'),
    Port: lambda ? null : item.number('Port'),
    VpcId: lambda ? null : item.string('VpcId'),
  };
  if (!isKnown(read)) return [refused(TYPE, of, untold(item.context.operation, read))];
  const answer = answers.one(ATTRIBUTES, 'TargetGroupArn', arn);
  const attributes = answer.state === 'read' ? keyValues(answer.item, 'Attributes') : undefined;
  if (attributes === undefined || (!lambda && attributes[NEEDED] === undefined))
    return [refused(TYPE, of, untold(ATTRIBUTES, { [NEEDED]: undefined }))];
  const adopted: Adopted = {
    state: 'adopted',
    type: TYPE,
    name: tags.tags?.Name ?? read.TargetGroupName,
    id: arn,
    importId: arn,
    inputs: said({
      name: read.TargetGroupName,
      targetType: read.TargetType,
      protocol: read.Protocol,
      protocolVersion: item.string('ProtocolVersion'),
      port: read.Port,
      vpcId: read.VpcId,
      ipAddressType: item.string('IpAddressType'),
      healthCheck: healthCheck(item),
      ...stickinessOf(argumentsOf(TARGET_ATTRIBUTES, attributes), attributes),
      ...tags.inputs,
    }),
    outputs: { arn, arnSuffix: arn.replace(/^.*:targetgroup\//, 'targetgroup/'), ...tags.outputs },
    ignoreChanges: tags.ignoreChanges,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
  return [adopted, ...(isRegistered(arn) ? [] : attachments(answers, adopted))];
}

/** States of a target that is on its way out or was never asked for. */
const LEAVING = new Set(['draining', 'unhealthy.draining']);

/** Targets that nobody registers by itself were put there by hand. */
function attachments(answers: Answers, group: Adopted): readonly Adoption[] {
  const answer = answers.one(HEALTH, 'TargetGroupArn', group.id);
  const told = answer.state === 'read' ? allItems(answer.item, 'TargetHealthDescriptions') : undefined;
  return (told ?? []).flatMap((one): Adopted[] => {
    const target = one.item('Target');
    const targetId = target?.string('Id');
    if (targetId === undefined || LEAVING.has(one.item('TargetHealth')?.string('State') ?? '')) return [];
    const [port, availabilityZone] = [target?.number('Port'), target?.string('AvailabilityZone')];
    const elsewhere = availabilityZone === 'all' ? availabilityZone : undefined;
    return [
      {
        ...group,
        type: ATTACHMENT,
        name: `${group.name}-${targetId.replace(/^arn:.*[:/]/, '')}`,
        id: `${group.id}-${targetId}`,
        importId: [group.id, targetId, port, elsewhere].filter((part) => part !== undefined).join(','),
        inputs: said({ targetGroupArn: group.id, targetId, port, availabilityZone: elsewhere }),
        outputs: said({ zone: availabilityZone }),
        ignoreChanges: [],
        source: one.source,
      },
    ];
  });
}

export const adopter: Adopter = {
  name: 'target-group',
  types: [TYPE, ATTACHMENT],
  operations: [
    'elbv2:DescribeTargetGroups',
    ATTRIBUTES,
    HEALTH,
    'elbv2:DescribeTags',
    'ecs:DescribeServices',
    'autoscaling:DescribeAutoScalingGroups',
  ],
  adopt: (answers) => {
    const [tags, isRegistered] = [balancerTags(answers), registrars(answers)];
    return answers
      .items('elbv2:DescribeTargetGroups', 'TargetGroups')
      .flatMap((item) => group(answers, item, tags, isRegistered));
  },
  observed: {
    // who is registered and how well it is; a service's tasks come and go
    targetGroup: ['targets', 'attributes/waf.fail_open.enabled'],
  },
};
