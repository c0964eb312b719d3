/** Copies that a restore can start from, as exact commands. */
import type { Resource } from '../../estate/resource.ts';
import type { Action } from '../step.ts';
import { slug } from './names.ts';

/** A snapshot that is made now: in an instance of one zone it stops input and output for a short time. */
export function snapshotOf(resource: Resource, label: string): Action {
  const name = `${slug(resource.name, 60)}-${label}`;
  const at = `--region ${resource.region}`;
  switch (resource.kind) {
    case 'databaseCluster':
      return {
        operation: 'rds:CreateDBClusterSnapshot',
        parameters: { DBClusterIdentifier: resource.identifier, DBClusterSnapshotIdentifier: name },
        command: `aws rds create-db-cluster-snapshot ${at} --db-cluster-identifier ${resource.identifier} --db-cluster-snapshot-identifier ${name}`,
      };
    case 'table':
      return {
        operation: 'dynamodb:CreateBackup',
        parameters: { TableName: resource.name, BackupName: name },
        command: `aws dynamodb create-backup ${at} --table-name ${resource.name} --backup-name ${name}`,
      };
    case 'cache':
      return {
        operation: 'elasticache:CreateSnapshot',
        parameters: { SnapshotName: name },
        command: `aws elasticache create-snapshot ${at} --${resource.form === 'cluster' ? 'cache-cluster-id' : 'replication-group-id'} ${resource.identifier} --snapshot-name ${name}`,
      };
    case 'bucket':
      return {
        operation: 's3:CopyObject',
        parameters: { Bucket: resource.name },
        command: `aws s3 sync s3://${resource.name} s3://<the new bucket> --source-region ${resource.region}`,
      };
    case 'database':
      return {
        operation: 'rds:CreateDBSnapshot',
        parameters: { DBInstanceIdentifier: resource.identifier, DBSnapshotIdentifier: name },
        command: `aws rds create-db-snapshot ${at} --db-instance-identifier ${resource.identifier} --db-snapshot-identifier ${name}`,
      };
    case 'instance':
      return {
        operation: 'ec2:CreateImage',
        parameters: { InstanceId: resource.id, Name: name },
        command: `aws ec2 create-image ${at} --instance-id ${resource.id} --name ${name} --no-reboot`,
      };
    case 'queue':
      return {
        operation: 'sqs:GetQueueAttributes',
        parameters: { QueueUrl: resource.url },
        command: `wait until it is empty: aws sqs get-queue-attributes ${at} --queue-url ${resource.url ?? resource.name} --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible`,
      };
    case 'logGroup':
      return {
        operation: 'logs:CreateExportTask',
        parameters: { logGroupName: resource.name },
        command: `aws logs create-export-task ${at} --log-group-name ${resource.name} --from 0 --to "$(date +%s)000" --destination <a bucket for logs>`,
      };
    default:
      return { operation: '', parameters: {}, command: `copy what ${resource.kind} ${resource.name} holds` };
  }
}

/** The newest automatic snapshot, kept under a name of its own: nothing of the database is touched. */
export function keptSnapshotOf(
  resource: Extract<Resource, { kind: 'database' | 'databaseCluster' }>,
  label: string,
): Action {
  const name = `${slug(resource.name, 60)}-${label}`;
  const at = `--region ${resource.region}`;
  if (resource.kind === 'databaseCluster')
    return {
      operation: 'rds:CopyDBClusterSnapshot',
      parameters: { TargetDBClusterSnapshotIdentifier: name },
      command: `aws rds copy-db-cluster-snapshot ${at} --target-db-cluster-snapshot-identifier ${name} --source-db-cluster-snapshot-identifier "$(aws rds describe-db-cluster-snapshots ${at} --db-cluster-identifier ${resource.identifier} --snapshot-type automated --query 'max_by(DBClusterSnapshots,&SnapshotCreateTime).DBClusterSnapshotIdentifier' --output text)"`,
    };
  return {
    operation: 'rds:CopyDBSnapshot',
    parameters: { TargetDBSnapshotIdentifier: name },
    command: `aws rds copy-db-snapshot ${at} --target-db-snapshot-identifier ${name} --source-db-snapshot-identifier "$(aws rds describe-db-snapshots ${at} --db-instance-identifier ${resource.identifier} --snapshot-type automated --query 'max_by(DBSnapshots,&SnapshotCreateTime).DBSnapshotIdentifier' --output text)"`,
  };
}
