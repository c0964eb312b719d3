/**
 * Operations whose answers hold resources of no kind of the estate. A row is all it takes to have them kept; what
 * deserves analysis gets a kind and a reader of its own instead.
 */
export interface OtherThing {
  readonly operation: string;
  /** The list (or the single object) in the answer, parts of its path joined by dots. */
  readonly list: string;
  /** `service:thing`. */
  readonly type: string;
  /** The field with the ARN or, where there is none, the id or name. */
  readonly id: string;
  readonly name?: string | undefined;
}

const row = (operation: string, list: string, type: string, id: string, name?: string): OtherThing => ({
  operation,
  list,
  type,
  id,
  name,
});

export const OTHERS: readonly OtherThing[] = [
  row('accessanalyzer:ListAnalyzers', 'analyzers', 'accessanalyzer:analyzer', 'arn', 'name'),
  row('apigateway:GetRestApis', 'items', 'apigateway:restApi', 'id', 'name'),
  row('apigatewayv2:GetApis', 'Items', 'apigatewayv2:api', 'ApiId', 'Name'),
  row('apprunner:ListServices', 'ServiceSummaryList', 'apprunner:service', 'ServiceArn', 'ServiceName'),
  row('backup:ListBackupPlans', 'BackupPlansList', 'backup:plan', 'BackupPlanArn', 'BackupPlanName'),
  row('backup:ListBackupVaults', 'BackupVaultList', 'backup:vault', 'BackupVaultArn', 'BackupVaultName'),
  row('budgets:DescribeBudgets', 'Budgets', 'budgets:budget', 'BudgetName'),
  row('cloudformation:DescribeStacks', 'Stacks', 'cloudformation:stack', 'StackId', 'StackName'),
  row('cloudfront:ListFunctions', 'FunctionList.Items', 'cloudfront:function', 'Name'),
  row('cloudwatch:ListDashboards', 'DashboardEntries', 'cloudwatch:dashboard', 'DashboardArn', 'DashboardName'),
  row('codebuild:ListProjects', 'projects', 'codebuild:project', 'name'),
  row('codepipeline:ListPipelines', 'pipelines', 'codepipeline:pipeline', 'name'),
  row('cognito-idp:ListUserPools', 'UserPools', 'cognito:userPool', 'Id', 'Name'),
  row('config:DescribeConfigRules', 'ConfigRules', 'config:rule', 'ConfigRuleArn', 'ConfigRuleName'),
  row('config:DescribeConfigurationRecorders', 'ConfigurationRecorders', 'config:recorder', 'name'),
  row('dax:DescribeClusters', 'Clusters', 'dax:cluster', 'ClusterArn', 'ClusterName'),
  row('ec2:DescribeClientVpnEndpoints', 'ClientVpnEndpoints', 'ec2:clientVpnEndpoint', 'ClientVpnEndpointId'),
  row('ec2:DescribeCustomerGateways', 'CustomerGateways', 'ec2:customerGateway', 'CustomerGatewayId'),
  row('ec2:DescribeDhcpOptions', 'DhcpOptions', 'ec2:dhcpOptions', 'DhcpOptionsId'),
  row(
    'ec2:DescribeInstanceConnectEndpoints',
    'InstanceConnectEndpoints',
    'ec2:instanceConnectEndpoint',
    'InstanceConnectEndpointId',
  ),
  row('ec2:DescribeKeyPairs', 'KeyPairs', 'ec2:keyPair', 'KeyPairId', 'KeyName'),
  row('ec2:DescribeReservedInstances', 'ReservedInstances', 'ec2:reservedInstances', 'ReservedInstancesId'),
  row('ec2:DescribeSnapshots', 'Snapshots', 'ec2:snapshot', 'SnapshotId'),
  row('ec2:DescribeTransitGateways', 'TransitGateways', 'ec2:transitGateway', 'TransitGatewayId'),
  row('ec2:DescribeVpnConnections', 'VpnConnections', 'ec2:vpnConnection', 'VpnConnectionId'),
  row('ecs:DescribeCapacityProviders', 'capacityProviders', 'ecs:capacityProvider', 'capacityProviderArn', 'name'),
  row('efs:DescribeFileSystems', 'FileSystems', 'efs:fileSystem', 'FileSystemId', 'Name'),
  row('eks:ListClusters', 'clusters', 'eks:cluster', 'name'),
  row(
    'elasticache:DescribeServerlessCaches',
    'ServerlessCaches',
    'elasticache:serverlessCache',
    'ARN',
    'ServerlessCacheName',
  ),
  row('elasticache:DescribeSnapshots', 'Snapshots', 'elasticache:snapshot', 'ARN', 'SnapshotName'),
  row('elasticache:DescribeUsers', 'Users', 'elasticache:user', 'ARN', 'UserName'),
  row(
    'elasticbeanstalk:DescribeEnvironments',
    'Environments',
    'elasticbeanstalk:environment',
    'EnvironmentArn',
    'EnvironmentName',
  ),
  row('es:ListDomainNames', 'DomainNames', 'es:domain', 'DomainName'),
  row('es:DescribeElasticsearchDomain', 'DomainStatus', 'es:domain', 'DomainName'),
  row('opensearch:ListDomainNames', 'DomainNames', 'es:domain', 'DomainName'),
  row('opensearch:DescribeDomain', 'DomainStatus', 'es:domain', 'DomainName'),
  row('events:ListEventBuses', 'EventBuses', 'events:eventBus', 'Arn', 'Name'),
  row('events:ListRules', 'Rules', 'events:rule', 'Arn', 'Name'),
  row('firehose:ListDeliveryStreams', 'DeliveryStreamNames', 'firehose:deliveryStream', 'DeliveryStreamName'),
  row('fsx:DescribeFileSystems', 'FileSystems', 'fsx:fileSystem', 'ResourceARN', 'FileSystemId'),
  row('globalaccelerator:ListAccelerators', 'Accelerators', 'globalaccelerator:accelerator', 'AcceleratorArn', 'Name'),
  row('guardduty:ListDetectors', 'DetectorIds', 'guardduty:detector', 'DetectorId'),
  row('kafka:ListClusters', 'ClusterInfoList', 'kafka:cluster', 'ClusterArn', 'ClusterName'),
  row('kafka:ListClustersV2', 'ClusterInfoList', 'kafka:cluster', 'ClusterArn', 'ClusterName'),
  row('kinesis:ListStreams', 'StreamNames', 'kinesis:stream', 'StreamName'),
  row('lambda:ListLayers', 'Layers', 'lambda:layer', 'LayerArn', 'LayerName'),
  row('lightsail:GetInstances', 'instances', 'lightsail:instance', 'arn', 'name'),
  row('mq:ListBrokers', 'BrokerSummaries', 'mq:broker', 'BrokerArn', 'BrokerName'),
  row('network-firewall:ListFirewalls', 'Firewalls', 'networkFirewall:firewall', 'FirewallArn', 'FirewallName'),
  row(
    'rds:DescribeDBClusterSnapshots',
    'DBClusterSnapshots',
    'rds:clusterSnapshot',
    'DBClusterSnapshotArn',
    'DBClusterSnapshotIdentifier',
  ),
  row(
    'rds:DescribeDBParameterGroups',
    'DBParameterGroups',
    'rds:parameterGroup',
    'DBParameterGroupArn',
    'DBParameterGroupName',
  ),
  row(
    'rds:DescribeDBClusterParameterGroups',
    'DBClusterParameterGroups',
    'rds:clusterParameterGroup',
    'DBClusterParameterGroupArn',
    'DBClusterParameterGroupName',
  ),
  row('rds:DescribeDBProxies', 'DBProxies', 'rds:proxy', 'DBProxyArn', 'DBProxyName'),
  row('rds:DescribeDBSnapshots', 'DBSnapshots', 'rds:snapshot', 'DBSnapshotArn', 'DBSnapshotIdentifier'),
  row(
    'rds:DescribeEventSubscriptions',
    'EventSubscriptionsList',
    'rds:eventSubscription',
    'EventSubscriptionArn',
    'CustSubscriptionId',
  ),
  row(
    'rds:DescribeGlobalClusters',
    'GlobalClusters',
    'rds:globalCluster',
    'GlobalClusterArn',
    'GlobalClusterIdentifier',
  ),
  row('rds:DescribeOptionGroups', 'OptionGroupsList', 'rds:optionGroup', 'OptionGroupArn', 'OptionGroupName'),
  row(
    'redshift:DescribeClusterSubnetGroups',
    'ClusterSubnetGroups',
    'redshift:clusterSubnetGroup',
    'ClusterSubnetGroupName',
  ),
  row('redshift:DescribeClusters', 'Clusters', 'redshift:cluster', 'ClusterIdentifier'),
  row('s3control:ListAccessPoints', 'AccessPointList', 's3:accessPoint', 'AccessPointArn', 'Name'),
  row('scheduler:ListSchedules', 'Schedules', 'scheduler:schedule', 'Arn', 'Name'),
  row('servicediscovery:ListNamespaces', 'Namespaces', 'servicediscovery:namespace', 'Arn', 'Name'),
  row('sfn:ListStateMachines', 'stateMachines', 'sfn:stateMachine', 'stateMachineArn', 'name'),
  row('ssoadmin:ListInstances', 'Instances', 'sso:instance', 'InstanceArn'),
  row('wafv2:ListWebACLs', 'WebACLs', 'wafv2:webAcl', 'ARN', 'Name'),
];
