import { arn, byArn, byName, hexId, ofEc2, physical, type Shape, shortHash, text, uuid } from './shape.ts';

const balancer: Shape = (subject) => {
  const name = physical(subject).slice(0, 32);
  const kind = { network: 'net', gateway: 'gwy' }[text(subject.inputs.loadBalancerType) ?? ''] ?? 'app';
  const suffix = `${kind}/${name}/${shortHash(subject, 16)}`;
  const own = subject.importId ?? arn(subject, 'elasticloadbalancing', `loadbalancer/${suffix}`);
  const inside = subject.inputs.internal === true ? 'internal-' : '';
  return {
    id: own,
    arn: own,
    arnSuffix: suffix,
    name,
    dnsName: `${inside}${name}-${Number.parseInt(shortHash(subject, 8), 16)}.${subject.region}.elb.amazonaws.com`,
    zoneId: 'Z0123456789BALANCER',
  };
};

const targetGroup: Shape = (subject) => {
  const name = physical(subject).slice(0, 32);
  const suffix = `targetgroup/${name}/${shortHash(subject, 16)}`;
  const own = subject.importId ?? arn(subject, 'elasticloadbalancing', suffix);
  return { id: own, arn: own, arnSuffix: suffix, name };
};

/** A listener's ARN continues its balancer's, and a rule's continues its listener's. */
const below =
  (parent: string, from: string, to: string): Shape =>
  (subject) => {
    const of = text(subject.inputs[parent]) ?? arn(subject, 'elasticloadbalancing', `${from}/app/unknown`);
    const own = subject.importId ?? `${of.replace(`:${from}/`, `:${to}/`)}/${shortHash(subject, 16)}`;
    return { id: own, arn: own };
  };

const listener = below('loadBalancerArn', 'loadbalancer', 'listener');
const rule = below('listenerArn', 'listener', 'listener-rule');

const functionShape = byName(
  'name',
  'lambda',
  (name) => `function:${name}`,
  (name, subject) => {
    const own = arn(subject, 'lambda', `function:${name}`);
    return {
      qualifiedArn: `${own}:1`,
      version: '1',
      invokeArn: `arn:${subject.partition}:apigateway:${subject.region}:lambda:path/2015-03-31/functions/${own}/invocations`,
    };
  },
);

export const compute: Readonly<Record<string, Shape>> = {
  'aws:ec2/instance:Instance': ofEc2('i', 'instance', (id, subject) => ({
    primaryNetworkInterfaceId: hexId(subject, 'eni'),
    instanceState: 'running',
    privateDns: `${id}.${subject.region}.compute.internal`,
  })),
  'aws:ec2/launchTemplate:LaunchTemplate': ofEc2('lt', 'launch-template', (_, subject) => ({
    name: physical(subject),
    latestVersion: 1,
    defaultVersion: 1,
  })),
  'aws:ec2/keyPair:KeyPair': (subject) => {
    const name = physical(subject, 'keyName');
    return { id: name, keyName: name, keyPairId: hexId(subject, 'key'), arn: arn(subject, 'ec2', `key-pair/${name}`) };
  },
  'aws:ebs/volume:Volume': ofEc2('vol', 'volume'),
  'aws:autoscaling/group:Group': byName(
    'name',
    'autoscaling',
    (name) => `autoScalingGroup:${name}:autoScalingGroupName/${name}`,
  ),
  'aws:ecs/cluster:Cluster': byArn(
    'ecs',
    (subject) => `cluster/${physical(subject)}`,
    (_, subject) => ({ name: physical(subject) }),
  ),
  'aws:ecs/taskDefinition:TaskDefinition': (subject) => {
    const family = physical(subject, 'family');
    const own = arn(subject, 'ecs', `task-definition/${family}`);
    return { id: family, family, arn: `${own}:1`, arnWithoutRevision: own, revision: 1 };
  },
  'aws:ecs/service:Service': byArn(
    'ecs',
    (subject) => `service/${(text(subject.inputs.cluster) ?? 'default').replace(/^.*\//, '')}/${physical(subject)}`,
    (_, subject) => ({ name: physical(subject) }),
  ),
  'aws:ecs/capacityProvider:CapacityProvider': byArn('ecs', (subject) => `capacity-provider/${physical(subject)}`),
  'aws:lambda/function:Function': functionShape,
  'aws:lambda/callbackFunction:CallbackFunction': functionShape,
  'aws:lambda/eventSourceMapping:EventSourceMapping': (subject) => {
    const id = uuid(subject);
    return { id, uuid: id, arn: arn(subject, 'lambda', `event-source-mapping:${id}`), state: 'Enabled' };
  },
  'aws:lambda/functionUrl:FunctionUrl': (subject) => ({
    id: text(subject.inputs.functionName) ?? subject.name,
    functionUrl: `https://${shortHash(subject, 32)}.lambda-url.${subject.region}.on.aws/`,
    urlId: shortHash(subject, 32),
  }),
  'aws:ecr/repository:Repository': byName(
    'name',
    'ecr',
    (name) => `repository/${name}`,
    (name, subject) => ({
      registryId: subject.account,
      repositoryUrl: `${subject.account}.dkr.ecr.${subject.region}.amazonaws.com/${name}`,
    }),
  ),
  'aws:elb/loadBalancer:LoadBalancer': byName(
    'name',
    'elasticloadbalancing',
    (name) => `loadbalancer/${name}`,
    (name, subject) => ({
      dnsName: `${subject.inputs.internal === true ? 'internal-' : ''}${name}-${Number.parseInt(shortHash(subject, 8), 16)}.${subject.region}.elb.amazonaws.com`,
      zoneId: 'Z0123456789BALANCER',
    }),
  ),
  'aws:lb/loadBalancer:LoadBalancer': balancer,
  'aws:alb/loadBalancer:LoadBalancer': balancer,
  'aws:lb/targetGroup:TargetGroup': targetGroup,
  'aws:alb/targetGroup:TargetGroup': targetGroup,
  'aws:lb/listener:Listener': listener,
  'aws:alb/listener:Listener': listener,
  'aws:lb/listenerRule:ListenerRule': rule,
  'aws:alb/listenerRule:ListenerRule': rule,
  'aws:appautoscaling/target:Target': (subject) => ({
    id: text(subject.inputs.resourceId) ?? subject.name,
    arn: arn(subject, 'application-autoscaling', `scalable-target/${shortHash(subject, 28)}`),
  }),
  'aws:appautoscaling/policy:Policy': (subject) => ({
    id: physical(subject),
    name: physical(subject),
    arn: arn(subject, 'autoscaling', `scalingPolicy:${uuid(subject)}`),
  }),
  'aws:scheduler/schedule:Schedule': (subject) => {
    const name = physical(subject);
    const group = text(subject.inputs.groupName) ?? 'default';
    return { id: `${group}/${name}`, name, arn: arn(subject, 'scheduler', `schedule/${group}/${name}`) };
  },
};
