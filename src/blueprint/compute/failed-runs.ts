/**
 * Where the runs of a job that failed are told, one message each: those that could not be started (Scheduler puts them here itself)
 * and those whose task could not start or ended with an error (ECS announces it).
 */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { policyDocument } from '../security/grant.ts';

export function failedRuns(
  owner: pulumi.Resource,
  job: string,
  cluster: aws.ecs.Cluster,
  family: pulumi.Output<string>,
  tagged: (name: string) => Record<string, string>,
): aws.sqs.Queue {
  const [letters, name] = [`${job}-dead-letters`, `${job}-failed-runs`];
  const queue = new aws.sqs.Queue(
    letters,
    { messageRetentionSeconds: 14 * 86_400, sqsManagedSseEnabled: true, tags: tagged(letters) },
    { parent: owner },
  );
  const rule = new aws.cloudwatch.EventRule(
    name,
    {
      description: `Runs of ${job} that did not end well`,
      eventPattern: pulumi.jsonStringify({
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: {
          clusterArn: [cluster.arn],
          group: [pulumi.interpolate`family:${family}`],
          lastStatus: ['STOPPED'],
          // A task that never started has no exit code: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
          $or: [{ containers: { exitCode: [{ 'anything-but': 0 }] } }, { stopCode: ['TaskFailedToStart'] }],
        },
      }),
      tags: tagged(name),
    },
    { parent: owner },
  );
  const policy = new aws.sqs.QueuePolicy(
    letters,
    {
      queueUrl: queue.url,
      policy: policyDocument([
        {
          Sid: 'OnlyByTls',
          Effect: 'Deny',
          Principal: '*',
          Action: ['sqs:*'],
          Resource: queue.arn,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Sid: 'ThisRuleMaySend',
          Principal: { Service: 'events.amazonaws.com' },
          Action: ['sqs:SendMessage'],
          Resource: queue.arn,
          Condition: { ArnEquals: { 'aws:SourceArn': rule.arn } },
        },
      ]),
    },
    { parent: owner },
  );
  new aws.cloudwatch.EventTarget(name, { rule: rule.name, arn: queue.arn }, { parent: owner, dependsOn: [policy] });
  return queue;
}
