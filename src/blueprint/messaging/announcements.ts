/** An SNS topic: something happened, and whoever subscribed hears of it. */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { type Grantee, grant, policyDocument } from '../security/grant.ts';
import type { JobQueue } from './job-queue.ts';

export interface AnnouncementsArgs {
  /** *In place*. @default none */
  readonly tags?: Tags;
}

export class Announcements extends Component {
  readonly topic: aws.sns.Topic;

  constructor(name: string, args: AnnouncementsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super('Announcements', name, args.tags, opts);
    // The account's own key for SNS: publishers of this account need no grant on it.
    this.topic = new aws.sns.Topic(name, { kmsMasterKeyId: 'alias/aws/sns', tags: this.tagged(name) }, this.child());
    // Publishers of the account come by their own policies; this one only turns away who does not use TLS.
    new aws.sns.TopicPolicy(
      name,
      {
        arn: this.topic.arn,
        policy: policyDocument([
          {
            Sid: 'OnlyByTls',
            Effect: 'Deny',
            Principal: '*',
            Action: ['sns:Publish'],
            Resource: this.topic.arn,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ]),
      },
      this.child(),
    );
    this.registerOutputs({ arn: this.topic.arn });
  }

  /** Lets `to` publish, and nothing more. */
  allowPublish(to: Grantee): void {
    grant(to, `publish-${this.componentName}`, [{ Action: ['sns:Publish'], Resource: this.topic.arn }]);
  }

  /** Sends everything to a queue. Called by a queue that names this topic in `fedBy`, which also lets the topic in. */
  feed(queue: JobQueue): void {
    const name = `${this.componentName}-to-${queue.componentName}`;
    new aws.sns.TopicSubscription(
      name,
      { topic: this.topic.arn, protocol: 'sqs', endpoint: queue.queue.arn, rawMessageDelivery: true },
      this.child(),
    );
  }
}
