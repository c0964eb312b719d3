import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operationNames } from './operations.ts';
import { readFolder } from './read.ts';

const NAMES = operationNames([
  'ec2:DescribeVpcs',
  'elbv2:DescribeLoadBalancers',
  'elb:DescribeLoadBalancers',
  'rds:DescribeDBInstances',
  's3:GetBucketPolicy',
  'ecs:DescribeTasks',
  'iam:GetRole',
]);

function read(files: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), 'underpin-folder-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return readFolder(folder, NAMES);
}
const operations = (files: Readonly<Record<string, unknown>>) => read(files).entries.map(({ operation }) => operation);

describe('a folder of AWS CLI answers', () => {
  it.each([
    'ec2-describe-vpcs.json',
    'describe-vpcs.json',
    'ec2.describe_vpcs.json',
    'DescribeVpcs.json',
    'Vpcs.json',
    'my network.json',
  ])('knows the operation of %s', (name) => expect(operations({ [name]: { Vpcs: [] } })).toEqual(['ec2:DescribeVpcs']));

  it('keeps the two load balancer services apart by the name or by what is inside', () => {
    expect(operations({ 'elb-describe-load-balancers.json': { LoadBalancerDescriptions: [] } })).toEqual([
      'elb:DescribeLoadBalancers',
    ]);
    expect(operations({ 'describe-load-balancers.json': { LoadBalancerDescriptions: [] } })).toEqual([
      'elb:DescribeLoadBalancers',
    ]);
    expect(operations({ 'describe-load-balancers.json': { LoadBalancers: [] } })).toEqual([
      'elbv2:DescribeLoadBalancers',
    ]);
  });

  it('takes the account and region from the names of sub-folders, else from what the answers name most', () => {
    const arn = 'arn:aws:rds:eu-west-1:111122223333:db:shop';
    const { entries } = read({
      '444455556666/us-east-1/ec2-describe-vpcs.json': { Vpcs: [] },
      'rds-describe-db-instances.json': { DBInstances: [{ DBInstanceArn: arn }] },
    });
    expect(entries.map(({ operation, account, region }) => [operation, account, region])).toEqual([
      ['ec2:DescribeVpcs', '444455556666', 'us-east-1'],
      ['rds:DescribeDBInstances', '111122223333', 'eu-west-1'],
    ]);
  });

  it('reads one file a resource from a sub-folder named after the operation', () => {
    const { entries } = read({
      's3api-get-bucket-policy/shop-media.json': { Policy: '{}' },
      'iam-get-role/web': { Role: {} },
      'ecs-describe-tasks/arn%3Aaws%3Aecs%3Acluster%2Fshop/task%2F1': { tasks: [] },
    });
    expect(entries.map(({ operation, input }) => [operation, input])).toEqual([
      ['ecs:DescribeTasks', { cluster: 'arn:aws:ecs:cluster/shop', tasks: ['task/1'] }],
      ['iam:GetRole', { RoleName: 'web' }],
      ['s3:GetBucketPolicy', { Bucket: 'shop-media' }],
    ]);
  });

  it('understands the errors that the AWS CLI prints', () => {
    const cli = (name: string) => `\nAn error occurred (${name}) when calling the GetBucketPolicy operation: sorry\n`;
    const { entries, notices } = read({
      's3api-get-bucket-policy/none.json': cli('NoSuchBucketPolicy'),
      's3api-get-bucket-policy/secret.json': cli('AccessDenied'),
    });
    expect(entries.map(({ status }) => status)).toEqual(['absent', 'denied']);
    expect(notices).toEqual([]);
  });

  it('tells files that it cannot read or place, and takes the answers of the former as failed', () => {
    const { entries, notices } = read({
      'Vpcs.json': '{"Vpcs": [',
      'ec2-describe-vpcs.json': '',
      'notes.json': { a: 1 },
      'picture.png': 'x',
    });
    expect(entries.map(({ operation, status }) => `${operation} ${status}`)).toEqual(['ec2:DescribeVpcs failed']);
    expect(notices.map(({ code }) => code).sort()).toEqual([
      'unknownFile',
      'unknownFile',
      'unreadableFile',
      'unreadableFile',
    ]);
  });

  it('does not follow links, which may lead in circles', () => {
    const folder = mkdtempSync(join(tmpdir(), 'underpin-folder-'));
    writeFileSync(join(folder, 'Vpcs.json'), '{"Vpcs":[]}');
    symlinkSync(folder, join(folder, 'again'));
    const { entries, notices } = readFolder(folder, NAMES);
    expect(entries).toHaveLength(1);
    expect(notices.map(({ code }) => code)).toEqual(['unknownFile']);
  });
});
