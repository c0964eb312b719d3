/** What is attached to something that is only known after a deployment may be attached to anything: nothing then looks complete. */
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../estate/resource.ts';
import { Answers } from '../../answers.ts';
import { readers } from '../../readers/index.ts';
import { entriesOf } from '../entries.ts';
import { aws, type Draft, recordingOf, UNKNOWN } from '../testing.ts';

const read = (kind: Kind, ...drafts: readonly Draft[]) => {
  const answers = new Answers(entriesOf(recordingOf(...drafts)));
  return readers.flatMap((reader) => reader.read(answers)).filter((one) => one.kind === kind);
};

const group = aws('lb/targetGroup:TargetGroup', 'web', { protocol: 'HTTP', port: 80 }, { arn: 'tg' });
const attachment = (name: string, targetGroupArn: string | typeof UNKNOWN): Draft =>
  aws('lb/targetGroupAttachment:TargetGroupAttachment', name, { targetGroupArn, targetId: 'i-1', port: 80 });

describe('a target group', () => {
  it('has the targets that the program attaches', () => {
    expect(read('targetGroup', group, attachment('a', 'tg'))).toMatchObject([
      { targets: [{ target: 'i-1', port: 80 }] },
    ]);
  });

  it('has nobody knows which, when something is attached to an unknown group or a service registers there', () => {
    const service = aws('ecs/service:Service', 'web', { loadBalancers: [{ targetGroupArn: 'tg' }] });
    for (const more of [attachment('b', UNKNOWN), service])
      expect(read('targetGroup', group, attachment('a', 'tg'), more)).toMatchObject([{ targets: undefined }]);
  });

  it('is not said to have no balancer when a listener leads to an unknown group', () => {
    const listener = aws(
      'lb/listener:Listener',
      'l',
      { loadBalancerArn: 'lb', defaultActions: [{ type: 'forward', targetGroupArn: UNKNOWN }] },
      { arn: 'l' },
    );
    expect(read('targetGroup', group)).toMatchObject([{ loadBalancers: [] }]);
    expect(read('targetGroup', group, listener)).toMatchObject([{ loadBalancers: undefined }]);
  });
});

it('a listener has unknown certificates when one is put on an unknown listener', () => {
  const listener = aws(
    'lb/listener:Listener',
    'l',
    { loadBalancerArn: 'lb', port: 443, protocol: 'HTTPS', certificateArn: 'c1' },
    { arn: 'l' },
  );
  const more = (listenerArn: string | typeof UNKNOWN): Draft =>
    aws('lb/listenerCertificate:ListenerCertificate', 'c', { listenerArn, certificateArn: 'c2' });
  expect(read('listener', listener, more('l'))).toMatchObject([{ certificates: [{ id: 'c1' }, { id: 'c2' }] }]);
  expect(read('listener', listener, more(UNKNOWN))).toMatchObject([{ certificates: undefined }]);
});

it('an instance has unknown groups and address when those are put on an unknown interface', () => {
  const instance = aws('ec2/instance:Instance', 'i', {
    vpcSecurityGroupIds: ['sg-1'],
    associatePublicIpAddress: false,
  });
  const groups = aws('ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment', 'g', {
    networkInterfaceId: UNKNOWN,
    securityGroupId: 'sg-2',
  });
  const address = aws('ec2/eipAssociation:EipAssociation', 'a', { instanceId: UNKNOWN, allocationId: 'eipalloc-1' });
  expect(read('instance', instance)).toMatchObject([{ securityGroups: [{ id: 'sg-1' }], publicAddress: null }]);
  expect(read('instance', instance, groups)).toMatchObject([{ securityGroups: undefined }]);
  expect(read('instance', instance, address)).toMatchObject([{ publicAddress: undefined }]);
});

describe('a function', () => {
  const lambda = (vpcConfig: Draft['inputs']) =>
    aws(
      'lambda/function:Function',
      'f',
      { name: 'f', ...vpcConfig },
      { arn: 'arn:aws:lambda:eu-west-1:111122223333:function:f' },
    );

  it('is in an unknown network, and not in none, when its VPC is only known later', () => {
    expect(read('function', lambda({}))).toMatchObject([{ network: null }]);
    expect(read('function', lambda({ vpcConfig: UNKNOWN }))).toMatchObject([{ network: undefined }]);
    expect(read('function', lambda({ vpcConfig: { subnetIds: UNKNOWN, securityGroupIds: [] } }))).toMatchObject([
      { network: undefined },
    ]);
  });

  it('has an unknown policy when a permission is for an unknown function', () => {
    const permission = aws('lambda/permission:Permission', 'p', {
      function: UNKNOWN,
      principal: '*',
      action: 'lambda:*',
    });
    expect(read('function', lambda({}))).toMatchObject([{ policy: null }]);
    expect(read('function', lambda({}), permission)).toMatchObject([{ policy: undefined }]);
  });
});
