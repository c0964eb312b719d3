import type { Secret } from '../../estate/kinds/data.ts';
import type { Answers } from '../answers.ts';
import { text } from '../fields.ts';
import { arn, isArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'secret',
  kinds: ['secret'],
  operations: ['secretsmanager:ListSecrets', 'secretsmanager:GetResourcePolicy', 'ssm:DescribeParameters'],
  read: (answers) => [
    ...answers.items('secretsmanager:ListSecrets', 'SecretList').map((item) => secret(answers, item)),
    ...answers.items('ssm:DescribeParameters', 'Parameters').map(parameter),
  ],
};

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html */
function secret(answers: Answers, item: Item): Secret {
  const id = idOf(item, 'ARN');
  return {
    kind: 'secret',
    ...base('secret', item, { id, name: text(item, 'Name'), arn: text(item, 'ARN') }),
    service: 'secretsmanager',
    policy: policyOf(answers, item, id),
    // AWS leaves both out of a secret that never had rotation, or that nobody ever read
    rotation: item.has('RotationEnabled') ? item.boolean('RotationEnabled') : false,
    lastUsed: item.has('LastAccessedDate') ? item.date('LastAccessedDate') : null,
  };
}

function policyOf(answers: Answers, item: Item, id: string): Secret['policy'] {
  for (const value of [id, text(item, 'Name')]) {
    if (value === undefined) continue;
    const { account, region } = item.context;
    const answer = answers.one('secretsmanager:GetResourcePolicy', 'SecretId', value, { account, region });
    if (answer.state === 'read')
      return answer.item.has('ResourcePolicy') ? policyIn(answer.item, 'ResourcePolicy') : null;
  }
  return undefined;
}

function parameter(item: Item): Secret {
  const name = idOf(item, 'Name');
  const { account, region } = item.context;
  const id =
    text(item, 'ARN') ??
    (item.has('Name') && !isArn(name) ? arn('ssm', region, account, `parameter/${name.replace(/^\//, '')}`) : name);
  return {
    kind: 'secret',
    ...base('secret', item, { id, name, arn: id }),
    service: 'ssm',
    policy: undefined,
    // parameters are never rotated by AWS
    rotation: false,
    lastUsed: undefined,
  };
}
