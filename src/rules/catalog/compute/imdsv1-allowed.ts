import { join } from '../../example.ts';
import { instance, instanceAnswer, network } from '../../examples/network.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';
import { nameAndId } from '../../words.ts';

const OPERATION = 'ec2:DescribeInstances';
const GONE = new Set(['terminated', 'shutting-down']);

const metadata = (HttpTokens: string) =>
  join(
    network(),
    instanceAnswer(
      instance('i-0web0000000000001', 'web', {
        fields: { MetadataOptions: { State: 'applied', HttpTokens, HttpEndpoint: 'enabled' } },
      }),
    ),
  );

export const rule = defineRule({
  id: 'imdsv1-allowed',
  problem: 5,
  severity: 'medium',
  title: 'An instance hands out its credentials without a session token (IMDSv1)',
  why: 'Anybody who can make your application fetch an address of their choice can read the keys of the instance’s role from its metadata service. IMDSv2 asks for a token first, which such a trick cannot get.',
  fix: 'Require IMDSv2 once nothing on the instance uses the old way (CloudWatch’s MetadataNoToken metric shows it); tasks on Fargate do not have this problem.',
  fixedBy: ['fargate'],
  subject: 'instance',
  needs: [OPERATION],
  messages: {
    role: '{name} answers metadata requests without a token, and carries the role profile {profile}',
    bare: '{name} answers metadata requests without a token',
  },
  check(subject) {
    if (subject.state !== undefined && GONE.has(subject.state)) return { state: 'notApplicable' };
    if (subject.httpTokens === 'required' || subject.metadataEndpoint === 'disabled') return { state: 'pass' };
    if (subject.httpTokens === undefined) return unknown(subject, OPERATION, 'the metadata setting of an instance');
    const profile = subject.instanceProfile?.id.replace(/^.*\//, '');
    return {
      state: 'fail',
      message: profile === undefined ? 'bare' : 'role',
      data: { name: nameAndId(subject), profile: profile ?? '' },
      proof: [fact(subject, 'MetadataOptions.HttpTokens', `tokens are optional on ${subject.name} (${subject.id})`)],
      // without a role there are no keys to read
      severity: subject.instanceProfile === null ? 'low' : 'medium',
    };
  },
  sources: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html'],
  examples: { bad: metadata('optional'), good: metadata('required') },
});
