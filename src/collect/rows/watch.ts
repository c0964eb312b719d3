import { ACCOUNT, each, global, NEXT_TOKEN, nextToken, type Row, regional } from '../row.ts';

const TAGS = 'resourcegroupstaggingapi:GetResources';
const TRAILS = ['cloudtrail:DescribeTrails', 'trailList[].TrailARN', 'Name'] as const;

export const WATCH: readonly Row[] = [
  regional('cloudwatch:DescribeAlarms', NEXT_TOKEN),
  regional('cloudwatch:ListTagsForResource', {
    ...each('cloudwatch:DescribeAlarms', 'MetricAlarms[].AlarmArn', 'ResourceARN'),
    unless: TAGS,
  }),
  regional('cloudwatch:ListDashboards', NEXT_TOKEN),
  regional('logs:DescribeLogGroups', nextToken),
  regional('logs:ListTagsForResource', {
    ...each('logs:DescribeLogGroups', 'logGroups[].logGroupArn', 'resourceArn'),
    unless: TAGS,
  }),
  regional('cloudtrail:DescribeTrails'),
  regional('cloudtrail:GetTrailStatus', each(...TRAILS)),
  regional('cloudtrail:GetEventSelectors', each('cloudtrail:DescribeTrails', 'trailList[].TrailARN', 'TrailName')),
  regional('cloudtrail:ListTrails', NEXT_TOKEN),
  regional('cloudtrail:GetTrail', {
    ...each('cloudtrail:ListTrails', 'Trails[].TrailARN', 'Name'),
    unless: 'cloudtrail:DescribeTrails',
  }),
  regional('config:DescribeConfigurationRecorders'),
  regional('config:DescribeConfigRules', NEXT_TOKEN),
  regional('guardduty:ListDetectors', NEXT_TOKEN),
  regional('accessanalyzer:ListAnalyzers', nextToken),
  regional('ssoadmin:ListInstances', NEXT_TOKEN),
  regional('cloudformation:DescribeStacks', NEXT_TOKEN),
  regional('codebuild:ListProjects', nextToken),
  regional('codepipeline:ListPipelines', nextToken),
  global('budgets:DescribeBudgets', { ...NEXT_TOKEN, inputs: [{ AccountId: ACCOUNT }] }),
];
