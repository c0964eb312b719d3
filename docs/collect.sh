#!/usr/bin/env bash
# Reads an AWS account with the AWS CLI, for `underpin run FOLDER`. Every call only describes, lists or gets.
#
#   bash collect.sh FOLDER [REGION ...]        (credentials and default region as the AWS CLI finds them)
#
# What is refused is kept as AWS worded it: Underpin then says what it could not see.
# The folder holds AWS's answers as they are, environment variables with passwords among them: keep it as a secret.
set -u
out=${1:?usage: collect.sh FOLDER [REGION ...]}
shift
[ $# -gt 0 ] || set -- "$(aws configure get region)"

safe() { printf '%s' "$1" | sed 's/%/%25/g; s,/,%2F,g; s/:/%3A/g'; }

# keep FILE SERVICE OPERATION [ARGUMENT ...]: one answer, or AWS's refusal, as a file
keep() {
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  if aws "$@" --output json > "$file" 2> "$file.err"; then rm -f "$file.err"; else mv "$file.err" "$file"; fi
}
# list SERVICE OPERATION ...: a listing
list() { keep "$here/$1-$2.json" "$@"; }
# each SERVICE OPERATION ARGUMENT VALUES ...: one answer a value
each() {
  local service=$1 operation=$2 argument=$3
  shift 3
  for value in "$@"; do keep "$here/$service-$operation/$(safe "$value").json" "$service" "$operation" "$argument" "$value"; done
}
# names QUERY SERVICE OPERATION ...: what a listing names
names() {
  local query=$1
  shift
  aws "$@" --query "$query" --output text 2> /dev/null | tr '\t' '\n' | grep -v '^None$'
}

mkdir -p "$out"
account=$(aws sts get-caller-identity --query Account --output text) || exit 1
printf '{"collectedAt": "%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > "$out/collected-at.json"
here="$out/$account"
list sts get-caller-identity

# The whole account
for operation in get-account-authorization-details get-account-summary get-account-password-policy list-account-aliases \
  list-users list-groups list-roles list-instance-profiles list-virtual-mfa-devices list-saml-providers \
  list-open-id-connect-providers list-server-certificates; do list iam "$operation"; done
aws iam generate-credential-report > /dev/null 2>&1
list iam get-credential-report
users=$(names 'Users[].UserName' iam list-users)
for operation in list-access-keys list-mfa-devices get-login-profile get-user list-user-policies; do
  each iam "$operation" --user-name $users
done
for user in $users; do
  each iam get-access-key-last-used --access-key-id $(names 'AccessKeyMetadata[].AccessKeyId' iam list-access-keys --user-name "$user")
done
list organizations describe-organization
list iam list-policies --scope Local
list organizations list-policies --filter SERVICE_CONTROL_POLICY
policies=$(names 'Policies[].Id' organizations list-policies --filter SERVICE_CONTROL_POLICY)
each organizations describe-policy --policy-id $policies
each organizations list-targets-for-policy --policy-id $policies
list budgets describe-budgets --account-id "$account"
list s3control get-public-access-block --account-id "$account"
list s3api list-buckets
buckets=$(names 'Buckets[].Name' s3api list-buckets)
for operation in get-bucket-location get-bucket-policy get-bucket-policy-status get-bucket-acl get-public-access-block \
  get-bucket-website get-bucket-ownership-controls get-bucket-encryption get-bucket-versioning get-bucket-logging \
  get-bucket-tagging get-bucket-notification-configuration; do each s3api "$operation" --bucket $buckets; done
list cloudfront list-distributions
list cloudfront list-origin-access-controls
list cloudfront list-cloud-front-origin-access-identities
list cloudfront list-functions
list cloudfront list-vpc-origins
each cloudfront get-distribution --id $(names 'DistributionList.Items[].Id' cloudfront list-distributions)
each cloudfront get-vpc-origin --id $(names 'VpcOriginList.Items[].Id' cloudfront list-vpc-origins)
list route53 list-hosted-zones
zones=$(names 'HostedZones[].Id' route53 list-hosted-zones)
each route53 list-resource-record-sets --hosted-zone-id $zones
each route53 get-hosted-zone --id $zones
list route53 list-health-checks

# Each region
for region in "$@"; do
  export AWS_REGION=$region AWS_DEFAULT_REGION=$region
  here="$out/$account/$region"
  for operation in regions availability-zones vpcs subnets route-tables internet-gateways egress-only-internet-gateways \
    nat-gateways addresses vpc-endpoints vpc-peering-connections managed-prefix-lists prefix-lists network-acls \
    security-groups security-group-rules network-interfaces instances volumes flow-logs launch-templates \
    transit-gateways transit-gateway-attachments transit-gateway-vpc-attachments vpn-gateways vpn-connections \
    customer-gateways client-vpn-endpoints instance-connect-endpoints dhcp-options iam-instance-profile-associations \
    key-pairs reserved-instances; do list ec2 "describe-$operation"; done
  for instance in $(names 'Reservations[].Instances[].InstanceId' ec2 describe-instances); do
    keep "$here/ec2-describe-instance-attribute/$instance/userData.json" ec2 describe-instance-attribute --instance-id "$instance" --attribute userData
  done
  list ec2 describe-snapshots --owner-ids self
  for vpc in $(names 'Vpcs[].VpcId' ec2 describe-vpcs); do
    for attribute in enableDnsSupport enableDnsHostnames; do
      keep "$here/ec2-describe-vpc-attribute/$vpc/$attribute.json" ec2 describe-vpc-attribute --vpc-id "$vpc" --attribute "$attribute"
    done
  done
  each ec2 describe-launch-template-versions --launch-template-id $(names 'LaunchTemplates[].LaunchTemplateId' ec2 describe-launch-templates)
  types=$(names 'Reservations[].Instances[].InstanceType' ec2 describe-instances | sort -u)
  [ -z "$types" ] || list ec2 describe-instance-types --instance-types $types
  each ec2 get-managed-prefix-list-entries --prefix-list-id $(names 'PrefixLists[].PrefixListId' ec2 describe-managed-prefix-lists)
  for operation in auto-scaling-groups auto-scaling-instances launch-configurations; do list autoscaling "describe-$operation"; done
  list elb describe-load-balancers
  list elbv2 describe-load-balancers
  list elbv2 describe-target-groups
  for balancer in $(names 'LoadBalancers[].LoadBalancerArn' elbv2 describe-load-balancers); do
    each elbv2 describe-listeners --load-balancer-arn "$balancer"
    each elbv2 describe-load-balancer-attributes --load-balancer-arn "$balancer"
    each wafv2 get-web-acl-for-resource --resource-arn "$balancer"
    listeners=$(names 'Listeners[].ListenerArn' elbv2 describe-listeners --load-balancer-arn "$balancer")
    each elbv2 describe-rules --listener-arn $listeners
    each elbv2 describe-listener-certificates --listener-arn $listeners
  done
  groups=$(names 'TargetGroups[].TargetGroupArn' elbv2 describe-target-groups)
  each elbv2 describe-target-health --target-group-arn $groups
  each elbv2 describe-target-group-attributes --target-group-arn $groups
  list ecs describe-capacity-providers
  list ecs list-clusters
  for cluster in $(names 'clusterArns[]' ecs list-clusters); do
    keep "$here/ecs-describe-clusters/$(safe "$cluster").json" ecs describe-clusters --clusters "$cluster"
    each ecs list-services --cluster "$cluster"
    for service in $(names 'serviceArns[]' ecs list-services --cluster "$cluster"); do
      keep "$here/ecs-describe-services/$(safe "$cluster")/$(safe "$service").json" ecs describe-services --cluster "$cluster" --services "$service" --include TAGS
      each ecs describe-task-definition --task-definition $(names 'services[].taskDefinition' ecs describe-services --cluster "$cluster" --services "$service")
    done
    each ecs list-tasks --cluster "$cluster"
    for task in $(names 'taskArns[]' ecs list-tasks --cluster "$cluster"); do
      keep "$here/ecs-describe-tasks/$(safe "$cluster")/$(safe "$task").json" ecs describe-tasks --cluster "$cluster" --tasks "$task"
    done
    each ecs list-container-instances --cluster "$cluster"
    for machine in $(names 'containerInstanceArns[]' ecs list-container-instances --cluster "$cluster"); do
      keep "$here/ecs-describe-container-instances/$(safe "$cluster")/$(safe "$machine").json" ecs describe-container-instances --cluster "$cluster" --container-instances "$machine"
    done
  done
  for namespace in ecs rds dynamodb lambda elasticache ec2; do
    keep "$here/application-autoscaling-describe-scalable-targets/$namespace.json" application-autoscaling describe-scalable-targets --service-namespace "$namespace"
  done
  for operation in db-instances db-clusters db-subnet-groups db-proxies global-clusters db-snapshots db-cluster-snapshots \
    db-parameter-groups db-cluster-parameter-groups option-groups event-subscriptions; do list rds "describe-$operation"; done
  list elasticache describe-cache-clusters --show-cache-node-info
  list elasticache describe-replication-groups
  for operation in cache-subnet-groups serverless-caches snapshots users; do list elasticache "describe-$operation"; done
  list dynamodb list-tables
  tables=$(names 'TableNames[]' dynamodb list-tables)
  each dynamodb describe-table --table-name $tables
  each dynamodb describe-continuous-backups --table-name $tables
  for table in $tables; do
    each dynamodb get-resource-policy --resource-arn "$(names 'Table.TableArn' dynamodb describe-table --table-name "$table")"
  done
  list lambda list-functions
  list lambda list-event-source-mappings
  functions=$(names 'Functions[].FunctionName' lambda list-functions)
  each lambda get-policy --function-name $functions
  each lambda list-function-url-configs --function-name $functions
  list sqs list-queues
  for queue in $(names 'QueueUrls[]' sqs list-queues); do
    keep "$here/sqs-get-queue-attributes/$(safe "$queue").json" sqs get-queue-attributes --queue-url "$queue" --attribute-names All
    keep "$here/sqs-list-queue-tags/$(safe "$queue").json" sqs list-queue-tags --queue-url "$queue"
  done
  list sns list-topics
  list sns list-subscriptions
  each sns get-topic-attributes --topic-arn $(names 'Topics[].TopicArn' sns list-topics)
  list secretsmanager list-secrets
  each secretsmanager get-resource-policy --secret-id $(names 'SecretList[].ARN' secretsmanager list-secrets)
  list kms list-aliases
  list kms list-keys
  for key in $(names 'Keys[].KeyId' kms list-keys); do
    keep "$here/kms-get-key-policy/$key.json" kms get-key-policy --key-id "$key" --policy-name default
  done
  list acm list-certificates
  each acm describe-certificate --certificate-arn $(names 'CertificateSummaryList[].CertificateArn' acm list-certificates)
  list logs describe-log-groups
  list cloudwatch describe-alarms
  list cloudtrail describe-trails
  each cloudtrail get-trail-status --name $(names 'trailList[].TrailARN' cloudtrail describe-trails)
  list ssm describe-instance-information
  list wafv2 list-web-acls --scope REGIONAL
  list s3control list-access-points --account-id "$account"
  for call in accessanalyzer:list-analyzers apigateway:get-rest-apis apigatewayv2:get-apis apprunner:list-services \
    backup:list-backup-plans backup:list-backup-vaults cloudformation:describe-stacks cloudtrail:list-trails \
    cloudwatch:list-dashboards codebuild:list-projects codepipeline:list-pipelines configservice:describe-config-rules \
    configservice:describe-configuration-recorders dax:describe-clusters efs:describe-file-systems eks:list-clusters \
    elasticbeanstalk:describe-environments events:list-event-buses events:list-rules firehose:list-delivery-streams \
    fsx:describe-file-systems guardduty:list-detectors kafka:list-clusters-v2 kinesis:list-streams lambda:list-layers \
    lightsail:get-instances mq:list-brokers network-firewall:list-firewalls opensearch:list-domain-names \
    redshift:describe-clusters redshift:describe-cluster-subnet-groups scheduler:list-schedules \
    servicediscovery:list-namespaces sso-admin:list-instances ssm:describe-parameters \
    stepfunctions:list-state-machines; do list "${call%%:*}" "${call#*:}"; done
  list cognito-idp list-user-pools --max-results 60
  list ecr describe-repositories
  list resourcegroupstaggingapi get-resources
done
echo "read into $out; now: npx underpin run $out" >&2
