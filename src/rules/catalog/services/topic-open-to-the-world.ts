import { openToAnybody } from '../../../analyse/openness/anybody.ts';
import { topicArn, topicWithPolicy } from '../../examples/messages.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const WORDS: Readonly<Record<string, string>> = {
  'sns:Subscribe': 'subscribe to',
  'sns:Publish': 'publish to',
  'sns:DeleteTopic': 'delete',
  'sns:SetTopicAttributes': 'change',
  'sns:AddPermission': 'change',
  'sns:RemovePermission': 'change',
};

export const rule = defineRule({
  id: 'topic-open-to-the-world',
  problem: 7,
  severity: 'high',
  title: 'A topic is open to everybody',
  why: 'Who may subscribe gets a copy of every event, customer data included; who may publish sends events that your services believe. Both work from any AWS account in the world.',
  fix: 'The policy names the accounts and services that publish and subscribe; the roles of the account itself need no line there.',
  fixedBy: ['service-roles'],
  subject: 'topic',
  needs: ['sns:ListTopics', 'sns:GetTopicAttributes'],
  messages: {
    open: 'anybody can {what} the topic {name}',
    weakly: 'anybody can {what} the topic {name}: the only condition, on {keys}, can be met by anybody',
  },
  check(topic, estate) {
    if (topic.policy === undefined) return unknown(topic, 'sns:GetTopicAttributes', 'the policy of a topic');
    if (topic.policy === null) return { state: 'notApplicable' };
    const { open, weakly, proof, missing } = openToAnybody(estate, topic.arn ?? topic.id, Object.keys(WORDS));
    if (open.length > 0)
      return {
        state: 'fail',
        message: weakly.length > 0 ? 'weakly' : 'open',
        data: {
          name: topic.name,
          keys: weakly.join(', '),
          what: [...new Set(open.map((action) => WORDS[action]))].join(', ').replace(/, ([\w ]+)$/, ' and $1'),
        },
        severity: open.some((action) => action !== 'sns:Publish') ? 'high' : 'medium',
        proof,
      };
    return missing.length > 0 ? { state: 'unknown', missing } : { state: 'pass' };
  },
  sources: ['https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html'],
  examples: {
    bad: topicWithPolicy('events', {
      Effect: 'Allow',
      Principal: '*',
      Action: ['sns:Publish', 'sns:Subscribe'],
      Resource: topicArn('events'),
    }),
    good: topicWithPolicy('events', {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['sns:Publish', 'sns:Subscribe'],
      Resource: topicArn('events'),
      Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } },
    }),
  },
});
