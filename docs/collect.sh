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
list organizations list-policies --filter SERVICE_CONTROL_POLICY
list s3control get-public-access-block --account-id "$account"
list s3api list-buckets
buckets=$(names 'Buckets[].Name' s3api list-buckets)
for operation in get-bucket-location get-bucket-policy get-bucket-policy-status get-bucket-acl get-public-access-block \
  get-bucket-website get-bucket-ownership-controls get-bucket-encryption get-bucket-versioning get-bucket-logging \
  get-bucket-tagging get-bucket-notification-configuration; do each s3api "$operation" --bucket $buckets; done
list cloudfront list-distributions
list cloudfront list-origin-access-controls
list cloudfront list-vpc-origins
list route53 list-hosted-zones
each route53 list-resource-record-sets --hosted-zone-id $(names 'HostedZones[].Id' route53 list-hosted-zones)

# Each region
for region in "$@"; do
  export AWS_REGION=$region AWS_DEFAULT_REGION=$region
  here="$out/$account/$region"
  for operation in regions availability-zones vpcs subnets route-tables internet-gateways egress-only-internet-gateways \
    nat-gateways addresses vpc-endpoints vpc-peering-connections managed-prefix-lists prefix-lists network-acls \
    security-groups security-group-rules network-interfaces instances volumes flow-logs launch-templates \
    transit-gateway-attachments vpn-gateways; do list ec2 "describe-$operation"; done
  for instance in $(names 'Reservations[].Instances[].InstanceId' ec2 describe-instances); do
    keep "$here/ec2-describe-instance-attribute/$instance/userData.json" ec2 describe-instance-attribute --instance-id "$instance" --attribute userData
  done
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
    each elbv2 describe-rules --listener-arn $(names 'Listeners[].ListenerArn' elbv2 describe-listeners --load-balancer-arn "$balancer")
  done
  groups=$(names 'TargetGroups[].TargetGroupArn' elbv2 describe-target-groups)
  each elbv2 describe-target-health --target-group-arn $groups
  each elbv2 describe-target-group-attributes --target-group-arn $groups
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
  for namespace in ecs rds dynamodb; do
    keep "$here/application-autoscaling-describe-scalable-targets/$namespace.json" application-autoscaling describe-scalable-targets --service-namespace "$namespace"
  done
  for operation in db-instances db-clusters db-subnet-groups; do list rds "describe-$operation"; done
  list elasticache describe-cache-clusters --show-cache-node-info
  list elasticache describe-replication-groups
  list elasticache describe-cache-subnet-groups
  list dynamodb list-tables
  tables=$(names 'TableNames[]' dynamodb list-tables)
  each dynamodb describe-table --table-name $tables
  each dynamodb describe-continuous-backups --table-name $tables
  list lambda list-functions
  list lambda list-event-source-mappings
  functions=$(names 'Functions[].FunctionName' lambda list-functions)
  each lambda get-policy --function-name $functions
  each lambda list-function-url-configs --function-name $functions
  list sqs list-queues
  for queue in $(names 'QueueUrls[]' sqs list-queues); do
    keep "$here/sqs-get-queue-attributes/$(safe "$queue").json" sqs get-queue-attributes --queue-url "$queue" --attribute-names All
  done
  list sns list-topics
  list sns list-subscriptions
  each sns get-topic-attributes --topic-arn $(names 'Topics[].TopicArn' sns list-topics)
  list secretsmanager list-secrets
  list kms list-aliases
  list acm list-certificates
  each acm describe-certificate --certificate-arn $(names 'CertificateSummaryList[].CertificateArn' acm list-certificates)
  list logs describe-log-groups
  list cloudwatch describe-alarms
  list cloudtrail describe-trails
  each cloudtrail get-trail-status --name $(names 'trailList[].TrailARN' cloudtrail describe-trails)
  list ssm describe-instance-information
  list ecr describe-repositories
  list resourcegroupstaggingapi get-resources
done
echo "read into $out; now: npx underpin run $out" >&2
