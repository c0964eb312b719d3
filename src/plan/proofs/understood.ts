/**
 * What the readers do not see, no condition can judge: an edit of a property or of a type that none of them reads would
 * change nothing on the computed estates, and all would seem proven. Such an edit is not proven, unless the property is
 * one of those that are known to touch nobody.
 */
import { readOf } from '../../inventory/pulumi/declared.ts';
import { services } from '../../inventory/pulumi/services/index.ts';
import { addressOf, type Edit, recordsOnly } from '../edit.ts';
import { estateAt, type State } from '../state.ts';
import type { Step } from '../step.ts';
import { type Change, changesBetween } from './difference.ts';
import { type Counterexample, counterexample } from './proof.ts';
import { notAsItSeems } from './seems.ts';

/** Of every type: words for people, and how Pulumi and AWS go about a change. */
const TOUCHES_NOBODY: ReadonlySet<string> = new Set([
  'tags',
  'tagsAll',
  'description',
  'comment',
  'applyImmediately',
  'allowMajorVersionUpgrade',
  'copyTagsToSnapshot',
  'deletionProtection',
  'deletionProtectionEnabled',
  'skipFinalSnapshot',
  'finalSnapshotIdentifier',
  'skipDestroy',
  'propagateTags',
]);

/** By type: what says who is told, when AWS looks after it, or how much it writes down. */
const TOUCHES_NOBODY_OF: Readonly<Record<string, readonly string[]>> = {
  'aws:rds/instance:Instance': [
    'backupWindow',
    'maintenanceWindow',
    'monitoringInterval',
    'monitoringRoleArn',
    'performanceInsightsEnabled',
    'performanceInsightsRetentionPeriod',
    'enabledCloudwatchLogsExports',
    'autoMinorVersionUpgrade',
  ],
  'aws:rds/cluster:Cluster': ['preferredBackupWindow', 'preferredMaintenanceWindow', 'enabledCloudwatchLogsExports'],
  'aws:elasticache/replicationGroup:ReplicationGroup': [
    'maintenanceWindow',
    'snapshotWindow',
    'autoMinorVersionUpgrade',
  ],
  'aws:cloudwatch/metricAlarm:MetricAlarm': [
    'alarmDescription',
    'comparisonOperator',
    'datapointsToAlarm',
    'evaluationPeriods',
    'insufficientDataActions',
    'okActions',
    'period',
    'statistic',
    'threshold',
    'treatMissingData',
  ],
  // what people choose next time; nobody's password of today changes
  'aws:iam/accountPasswordPolicy:AccountPasswordPolicy': [
    'allowUsersToChangePassword',
    'passwordReusePrevention',
    'requireLowercaseCharacters',
    'requireNumbers',
    'requireSymbols',
    'requireUppercaseCharacters',
  ],
  'aws:cloudtrail/trail:Trail': ['enableLogFileValidation', 'includeGlobalServiceEvents'],
  'aws:s3/bucketLogging:BucketLogging': ['targetPrefix'],
  'aws:kms/key:Key': ['enableKeyRotation'],
  // whether a deletion is refused, not who uses it
  'aws:dynamodb/table:Table': ['deletionProtectionEnabled'],
  'aws:s3/bucket:Bucket': ['forceDestroy'],
  // what a service gets that is made later and names none; one that is there keeps its own
  'aws:ecs/clusterCapacityProviders:ClusterCapacityProviders': ['defaultCapacityProviderStrategies'],
};

/** Parts that do nothing until something else names them. */
const NOTHING_BY_ITSELF: ReadonlySet<string> = new Set([
  'aws:acm/certificateValidation:CertificateValidation',
  'aws:cloudfront/cachePolicy:CachePolicy',
  'aws:cloudfront/function:Function',
  'aws:cloudfront/originRequestPolicy:OriginRequestPolicy',
  'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy',
  'aws:cloudwatch/dashboard:Dashboard',
  'aws:elasticache/parameterGroup:ParameterGroup',
  'aws:kms/alias:Alias',
  'aws:rds/clusterParameterGroup:ClusterParameterGroup',
  'aws:rds/parameterGroup:ParameterGroup',
  'aws:secretsmanager/secretVersion:SecretVersion',
]);

/** Settings that stand beside a resource, of which the readers take no more than that they are there. */
const TOLD_BY_NOTHING: ReadonlySet<string> = new Set([
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls',
]);

const READ: ReadonlySet<string> = new Set(services.flatMap(({ types }) => types));

/** Edits of which nobody can say what they do. */
export function notUnderstood(before: State, step: Step, after: State): readonly Counterexample[] {
  // reading is what shows which properties are read
  const none = changesBetween(estateAt(before), estateAt(after)).every(saysNothing);
  return step.edits.flatMap((edit) =>
    recordsOnly(edit)
      ? []
      : [
          ...unread(edit, before, after, none),
          ...notAsItSeems(edit, step, before, after).map((text) =>
            counterexample(before.world.declared.get(addressOf(edit))?.adopted?.of.id ?? addressOf(edit), text),
          ),
        ],
  );
}

/** Words for people: that they change shows of no other property that it was read. */
const saysNothing = ({ before, after, fields }: Change): boolean =>
  before !== undefined && after !== undefined && fields.every((field) => field === 'tags' || field === 'name');

/** With `none`, the whole step changes nothing on the estate: then not even what is read is seen. */
function unread(edit: Edit, before: State, after: State, none: boolean): readonly Counterexample[] {
  const address = addressOf(edit);
  const [was, is] = [before, after].map((state) => state.world.declared.get(address));
  const subject = was?.adopted?.of.id ?? address;
  switch (edit.op) {
    case 'adopt':
      return [];
    case 'create':
    case 'delete':
      return (READ.has(edit.type) && !(none && !TOLD_BY_NOTHING.has(edit.type))) ||
        // what the plan made is named by references only, and a reference that is left is refused
        (NOTHING_BY_ITSELF.has(edit.type) && (edit.op === 'create' || was?.adopted === undefined))
        ? []
        : [counterexample(subject, `what it does that ${edit.type} ${edit.name} ${COMES[edit.op]} is not known here`)];
    case 'update': {
      const properties = Object.keys(edit.properties).filter(
        (property) =>
          !TOUCHES_NOBODY.has(property) &&
          !(TOUCHES_NOBODY_OF[edit.type] ?? []).includes(property) &&
          JSON.stringify(was?.inputs[property]) !== JSON.stringify(is?.inputs[property]) &&
          (none || readOf(is?.inputs ?? {})?.has(property) !== true),
      );
      return properties.map((property) =>
        counterexample(
          subject,
          `what a change of ${property} of ${edit.name} does to those who use it is not known here`,
        ),
      );
    }
  }
}

const COMES = { create: 'comes', delete: 'goes' } as const;
