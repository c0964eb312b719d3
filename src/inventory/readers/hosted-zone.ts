import type { HostedZone } from '../../estate/kinds/edge.ts';
import type { Answer, Answers } from '../answers.ts';
import { allRefsIn, tagsIn, text, withoutDot } from '../fields.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'hosted-zone',
  kinds: ['hostedZone'],
  operations: ['route53:ListHostedZones', 'route53:GetHostedZone', 'route53:ListTagsForResource'],
  read: (answers) => {
    const listed = answers.items('route53:ListHostedZones', 'HostedZones');
    const known = new Set(listed.map((item) => text(item, 'Id')));
    const described = answers
      .bodies('route53:GetHostedZone')
      .flatMap(({ item }) => item.item('HostedZone') ?? [])
      .filter((item) => !known.has(text(item, 'Id')));
    return [...listed, ...described].map((item) => hostedZone(answers, item));
  },
};

function hostedZone(answers: Answers, item: Item): HostedZone {
  const { account } = item.context;
  const path = idOf(item, 'Id');
  const id = path.replace(/^\/hostedzone\//, '');
  const domain = text(item, 'Name');
  const isPrivate = item.item('Config')?.boolean('PrivateZone');
  const one = (operation: string, parameter: string): Answer => {
    const answer = answers.one(operation, parameter, path, { account });
    return answer.state === 'unknown' ? answers.one(operation, parameter, id, { account }) : answer;
  };
  const detail = one('route53:GetHostedZone', 'Id');
  const tags = one('route53:ListTagsForResource', 'ResourceId');
  return {
    kind: 'hostedZone',
    ...base(
      'hostedZone',
      item,
      { id, name: domain === undefined ? id : withoutDot(domain), region: 'global' },
      tags.state === 'read' ? tagsIn(tags.item.item('ResourceTagSet')) : undefined,
    ),
    domain: domain === undefined ? undefined : withoutDot(domain),
    private: isPrivate,
    vpcs:
      isPrivate === false ? [] : detail.state === 'read' ? allRefsIn<'vpc'>(detail.item, 'VPCs', 'VPCId') : undefined,
  };
}
