/** The topic that alarms go to, encrypted with a key that the services which raise them may use. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { policyDocument } from '../security/grant.ts';

/** Alarms and RDS cannot use SNS's own key: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services */
const RAISERS = ['cloudwatch.amazonaws.com', 'events.rds.amazonaws.com'] as const;

export function alarmTopic(
  owner: pulumi.Resource,
  name: string,
  emails: Readonly<Record<string, string>>,
  tagged: (child: string) => Record<string, string>,
): aws.sns.Topic {
  const account = aws.getCallerIdentityOutput({}, { parent: owner }).accountId;
  const ours = { StringEquals: { 'aws:SourceAccount': account } };
  const key = new aws.kms.Key(
    `${name}-alarms`,
    {
      description: `Alarms of ${name}`,
      enableKeyRotation: true,
      policy: policyDocument([
        {
          Sid: 'TheAccountGoverns',
          Principal: { AWS: pulumi.interpolate`arn:aws:iam::${account}:root` },
          Action: ['kms:*'],
          Resource: '*',
        },
        {
          Sid: 'RaisersMayEncrypt',
          Principal: { Service: RAISERS },
          Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
          Resource: '*',
          Condition: ours,
        },
      ]),
      tags: tagged(`${name}-alarms`),
    },
    { parent: owner },
  );
  const topic = new aws.sns.Topic(
    `${name}-alarms`,
    { kmsMasterKeyId: key.arn, tags: tagged(`${name}-alarms`) },
    { parent: owner },
  );
  new aws.sns.TopicPolicy(
    `${name}-alarms`,
    {
      arn: topic.arn,
      policy: policyDocument([
        {
          Sid: 'RaisersMayPublish',
          Principal: { Service: RAISERS },
          Action: ['sns:Publish'],
          Resource: topic.arn,
          Condition: ours,
        },
      ]),
    },
    { parent: owner },
  );
  for (const [who, address] of Object.entries(emails)) {
    new aws.sns.TopicSubscription(
      `${name}-alarms-to-${who}`,
      { topic: topic.arn, protocol: 'email', endpoint: address },
      { parent: owner },
    );
  }
  return topic;
}
