/**
 * Edits that do more than the readers take of them: the estates look the same, or better, and somebody notices all the same.
 * Each is told in words, with what would do instead.
 */
import { isProperties, type Value } from '../../inventory/pulumi/recorded.ts';
import { addressOf, type Create, type Edit, type Update } from '../edit.ts';
import type { State } from '../state.ts';
import type { Step } from '../step.ts';
import { settingsNotSeen } from './values.ts';

export function notAsItSeems(edit: Edit, step: Step, before: State, after: State): readonly string[] {
  if (edit.op !== 'create' && edit.op !== 'update') return [];
  return [
    ...(OF_TYPE[edit.type]?.(edit, { step, before }) ?? []),
    ...(edit.op === 'update' ? settingsNotSeen(edit, before, after) : []),
  ];
}

interface Around {
  readonly step: Step;
  readonly before: State;
}

type Look = (edit: Create | Update, around: Around) => readonly string[];

/** A property as it will be; of an update, also as it was. */
const isSaid = (edit: Create | Update, property: string): Value | undefined => edit.properties[property];
const wasSaid = (edit: Create | Update, property: string, { before }: Around): Value | undefined =>
  before.world.declared.get(addressOf(edit))?.inputs[property];

/** Whether what the property names is made in this very step: then nobody uses it yet. */
function isFresh(edit: Create | Update, property: string, { step, before }: Around): boolean {
  const named = isSaid(edit, property) ?? wasSaid(edit, property, { step, before });
  return step.edits.some(
    (other) => other.op === 'create' && typeof named === 'string' && named.startsWith(`\${${addressOf(other)}#`),
  );
}

const stages = (edit: Create | Update): boolean => {
  const said = isSaid(edit, 'versionStages');
  return Array.isArray(said) && !said.includes('AWSCURRENT');
};

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version */
const secretVersion: Look = (edit, around) =>
  stages(edit) || (edit.op === 'create' && isFresh(edit, 'secretId', around))
    ? []
    : [
        `${edit.name} becomes the current value of its secret, and whoever reads it gets the new one: write it below another stage than AWSCURRENT, or in the step that makes the secret`,
      ];

/** Classes out of which S3 answers at once. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
const AT_ONCE = new Set(['STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR']);

const lifecycle: Look = (edit, around) => {
  if (isFresh(edit, 'bucket', around)) return [];
  const rules = isSaid(edit, 'rules');
  const list = Array.isArray(rules) ? rules : [];
  const classes = list.flatMap((rule: Value) => {
    const said = isProperties(rule) ? rule.transitions : undefined;
    return (Array.isArray(said) ? said : []).map((one: Value) => (isProperties(one) ? one.storageClass : undefined));
  });
  return classes.every((one) => typeof one === 'string' && AT_ONCE.has(one))
    ? []
    : [
        `${edit.name} moves objects to a class that has to be restored before it can be read: use GLACIER_IR or STANDARD_IA instead`,
      ];
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
const ownership: Look = (edit, around) =>
  isFresh(edit, 'bucket', around)
    ? []
    : [
        `${edit.name} changes whose access control lists count: whether somebody uploads with one, or reads by one, is not known here`,
      ];

/** A message that fails is tried so often before it is put aside. Fewer tries put aside what today still succeeds. */
const ENOUGH_TRIES = 5;

function triesOf(said: Value | undefined): number | undefined {
  if (typeof said !== 'string') return undefined;
  try {
    const told: unknown = JSON.parse(said);
    const count = typeof told === 'object' && told !== null ? Reflect.get(told, 'maxReceiveCount') : undefined;
    return count === undefined ? undefined : Number(count);
  } catch {
    return Number(/"maxReceiveCount":\s*"?(\d+)/.exec(said)?.[1]);
  }
}

const encrypts = (edit: Create | Update, around: Around): readonly string[] => {
  const key = isSaid(edit, 'kmsMasterKeyId');
  if (edit.op === 'create' || key === undefined || key === null || key === wasSaid(edit, 'kmsMasterKeyId', around))
    return [];
  return [
    `with a key of KMS only those may send and read who may also use the key, and whether everybody who uses ${edit.name} may is not known here: let SQS manage the key, or allow the key to all of them first`,
  ];
};

const queue: Look = (edit, around) => {
  const tries = triesOf(isSaid(edit, 'redrivePolicy'));
  const had = triesOf(wasSaid(edit, 'redrivePolicy', around));
  const fewer = tries !== undefined && !(tries >= (had ?? ENOUGH_TRIES));
  return [
    ...encrypts(edit, around),
    ...(edit.op === 'update' && fewer
      ? [
          `${edit.name} would put a message aside after ${tries} tries, and what needs more of them is not done any more: allow at least ${had ?? ENOUGH_TRIES}`,
        ]
      : []),
  ];
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html */
const passwords: Look = (edit) =>
  isSaid(edit, 'hardExpiry') === true || Number(isSaid(edit, 'maxPasswordAge') ?? 0) > 0
    ? [
        'passwords that are older than the policy allows would end at once, and whom that locks out is not known here: leave out maxPasswordAge and hardExpiry',
      ]
    : [];

const OF_TYPE: Readonly<Record<string, Look>> = {
  'aws:secretsmanager/secretVersion:SecretVersion': secretVersion,
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': lifecycle,
  'aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2': lifecycle,
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': ownership,
  'aws:sqs/queue:Queue': queue,
  'aws:sns/topic:Topic': encrypts,
  'aws:iam/accountPasswordPolicy:AccountPasswordPolicy': passwords,
};
