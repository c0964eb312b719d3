#!/usr/bin/env bash
# Reads an AWS account with the AWS CLI, for `underpin run FOLDER`. Every call only describes, lists or gets
# (one asks IAM to write its credential report). Generated from the table of what `underpin collect` asks.
#
#   bash collect.sh FOLDER [REGION ...]        (credentials and default region as the AWS CLI finds them)
#
# What is refused is kept as AWS worded it: Underpin then says what it could not see.
# The folder holds AWS's answers as they are, environment variables with passwords among them: keep it as a secret.
set -u
umask 077
out=${1:?usage: collect.sh FOLDER [REGION ...]}
shift
[ $# -gt 0 ] || set -- "$(aws configure get region)"
lists=$(mktemp -d) || exit 1
trap 'rm -rf "$lists"' EXIT

safe() {
  local text=${1//%/%25}
  text=${text//\//%2F}
  text=${text//:/%3A}
  printf '%s' "${text//=/%3D}"
}
nothing='{}'
# keep NAME SERVICE OPERATION [OPTION ...]: AWS's answer, or its refusal, as a file named after what was asked
keep() {
  local file="$here/$1.json"
  shift
  mkdir -p "${file%/*}"
  if ! aws "$@" --output json < /dev/null > "$file" 2> "$file.err"; then mv "$file.err" "$file"; return; fi
  rm -f "$file.err"
  # the CLI prints nothing where AWS answers that nothing is set
  [ -s "$file" ] || echo "${none-$nothing}" > "$file"
}
# names QUERY SERVICE OPERATION [OPTION ...]: what a listing names, a line each; asked once
names() {
  local list query=$1
  shift
  list="$lists/$(printf '%s\n' "${AWS_REGION-}" "$query" "$@" | cksum | tr ' ' -)"
  [ -f "$list" ] || aws "$@" --query "$query" --output text < /dev/null 2> /dev/null | grep -v -e '^None$' -e '^$' | sort -u > "$list"
  cat "$list"
}
# by N: so many words a line
by() { xargs -n "$1" | grep .; }
# answered NAME: whether AWS refused nothing of it
answered() { ! find "$here" -path "$here/$1*" -name '*.json' -exec grep -L '^ *[{[]' {} + | grep -q .; }
# prepare SERVICE OPERATION: has AWS do what takes a while, and waits for it
prepare() {
  local look
  for look in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    [ "$(aws "$@" --query State --output text < /dev/null 2> /dev/null || echo COMPLETE)" = COMPLETE ] && return
    sleep 2
  done
}

mkdir -p "$out"
account=$(aws sts get-caller-identity --query Account --output text) || exit 1
printf '{"collectedAt": "%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > "$out/collected-at.json"
# the region that answers for the whole account
case $1 in cn-*) first=cn-north-1 ;; us-gov-*) first=us-gov-west-1 ;; *) first=us-east-1 ;; esac

# The whole account
here="$out/$account"
keep "s3-list-buckets" s3api list-buckets
names "Buckets[].[Name]" s3api list-buckets | while IFS=$'\t' read -r bucket; do
  keep "s3-get-bucket-location/Bucket=$(safe "$bucket")" s3api get-bucket-location --bucket "$bucket"
  keep "s3-get-bucket-acl/Bucket=$(safe "$bucket")" s3api get-bucket-acl --bucket "$bucket"
  keep "s3-get-bucket-encryption/Bucket=$(safe "$bucket")" s3api get-bucket-encryption --bucket "$bucket"
  keep "s3-get-bucket-logging/Bucket=$(safe "$bucket")" s3api get-bucket-logging --bucket "$bucket"
  keep "s3-get-bucket-notification-configuration/Bucket=$(safe "$bucket")" s3api get-bucket-notification-configuration --bucket "$bucket"
  keep "s3-get-bucket-ownership-controls/Bucket=$(safe "$bucket")" s3api get-bucket-ownership-controls --bucket "$bucket"
  keep "s3-get-bucket-policy/Bucket=$(safe "$bucket")" s3api get-bucket-policy --bucket "$bucket"
  keep "s3-get-bucket-policy-status/Bucket=$(safe "$bucket")" s3api get-bucket-policy-status --bucket "$bucket"
  keep "s3-get-bucket-tagging/Bucket=$(safe "$bucket")" s3api get-bucket-tagging --bucket "$bucket"
  keep "s3-get-bucket-versioning/Bucket=$(safe "$bucket")" s3api get-bucket-versioning --bucket "$bucket"
  keep "s3-get-bucket-website/Bucket=$(safe "$bucket")" s3api get-bucket-website --bucket "$bucket"
  keep "s3-get-public-access-block/Bucket=$(safe "$bucket")" s3api get-public-access-block --bucket "$bucket"
done
keep "s3control-get-public-access-block" s3control get-public-access-block --account-id "$account"
none='{"DistributionList":{"Items":[]}}' keep "cloudfront-list-distributions" cloudfront list-distributions
names "DistributionList.Items[].[Id]" cloudfront list-distributions | while IFS=$'\t' read -r id; do
  keep "cloudfront-get-distribution/Id=$(safe "$id")" cloudfront get-distribution --id "$id"
done
names "DistributionList.Items[].[ARN]" cloudfront list-distributions | while IFS=$'\t' read -r resource; do
  keep "cloudfront-list-tags-for-resource/Resource=$(safe "$resource")" cloudfront list-tags-for-resource --resource "$resource"
done
none='{"OriginAccessControlList":{"Items":[]}}' keep "cloudfront-list-origin-access-controls" cloudfront list-origin-access-controls
none='{"CloudFrontOriginAccessIdentityList":{"Items":[]}}' keep "cloudfront-list-cloud-front-origin-access-identities" cloudfront list-cloud-front-origin-access-identities
none='{"VpcOriginList":{"Items":[]}}' keep "cloudfront-list-vpc-origins" cloudfront list-vpc-origins
names "VpcOriginList.Items[].[Id]" cloudfront list-vpc-origins | while IFS=$'\t' read -r id; do
  keep "cloudfront-get-vpc-origin/Id=$(safe "$id")" cloudfront get-vpc-origin --id "$id"
done
none='{"FunctionList":{"Items":[]}}' keep "cloudfront-list-functions" cloudfront list-functions
keep "route53-list-hosted-zones" route53 list-hosted-zones
names "HostedZones[].[Id]" route53 list-hosted-zones | while IFS=$'\t' read -r id; do
  keep "route53-get-hosted-zone/Id=$(safe "$id")" route53 get-hosted-zone --id "$id"
done
names "HostedZones[].[Id]" route53 list-hosted-zones | while IFS=$'\t' read -r hosted_zone_id; do
  keep "route53-list-resource-record-sets/HostedZoneId=$(safe "$hosted_zone_id")" route53 list-resource-record-sets --hosted-zone-id "$hosted_zone_id"
done
names "HostedZones[].[Id]" route53 list-hosted-zones | while IFS=$'\t' read -r resource_id; do
  keep "route53-list-tags-for-resource/ResourceType=hostedzone/ResourceId=$(safe "${resource_id##*/}")" route53 list-tags-for-resource --resource-type hostedzone --resource-id "${resource_id##*/}"
done
keep "route53-list-health-checks" route53 list-health-checks
keep "sts-get-caller-identity" sts get-caller-identity
keep "iam-get-account-authorization-details" iam get-account-authorization-details --filter User Group Role LocalManagedPolicy AWSManagedPolicy
keep "iam-get-account-summary" iam get-account-summary
keep "iam-get-account-password-policy" iam get-account-password-policy
keep "iam-list-account-aliases" iam list-account-aliases
prepare iam generate-credential-report
keep "iam-get-credential-report" iam get-credential-report
keep "iam-list-users" iam list-users
names "Users[].[UserName]" iam list-users | while IFS=$'\t' read -r user_name; do
  keep "iam-get-login-profile/UserName=$(safe "$user_name")" iam get-login-profile --user-name "$user_name"
  keep "iam-list-mfa-devices/UserName=$(safe "$user_name")" iam list-mfa-devices --user-name "$user_name"
  keep "iam-list-access-keys/UserName=$(safe "$user_name")" iam list-access-keys --user-name "$user_name"
  names "AccessKeyMetadata[].[AccessKeyId]" iam list-access-keys --user-name "$user_name" | while IFS=$'\t' read -r access_key_id; do
    keep "iam-get-access-key-last-used/AccessKeyId=$(safe "$access_key_id")" iam get-access-key-last-used --access-key-id "$access_key_id"
  done
done
keep "iam-list-virtual-mfa-devices" iam list-virtual-mfa-devices
keep "iam-list-groups" iam list-groups
keep "iam-list-roles" iam list-roles
keep "iam-list-policies/Scope=Local" iam list-policies --scope Local
keep "iam-list-instance-profiles" iam list-instance-profiles
keep "iam-list-saml-providers" iam list-saml-providers
keep "iam-list-open-id-connect-providers" iam list-open-id-connect-providers
keep "iam-list-server-certificates" iam list-server-certificates
keep "organizations-describe-organization" organizations describe-organization
keep "organizations-list-policies/Filter=SERVICE_CONTROL_POLICY" organizations list-policies --filter SERVICE_CONTROL_POLICY
names "Policies[].[Id]" organizations list-policies --filter SERVICE_CONTROL_POLICY | while IFS=$'\t' read -r policy_id; do
  keep "organizations-describe-policy/PolicyId=$(safe "$policy_id")" organizations describe-policy --policy-id "$policy_id"
  keep "organizations-list-targets-for-policy/PolicyId=$(safe "$policy_id")" organizations list-targets-for-policy --policy-id "$policy_id"
done
keep "budgets-describe-budgets" budgets describe-budgets --account-id "$account"
if ! answered cloudfront-get-distribution; then
  names "DistributionList.Items[].[Id]" cloudfront list-distributions | while IFS=$'\t' read -r id; do
    keep "cloudfront-get-distribution-config/Id=$(safe "$id")" cloudfront get-distribution-config --id "$id"
  done
fi
if ! answered iam-get-credential-report; then
  names "Users[].[UserName]" iam list-users | while IFS=$'\t' read -r user_name; do
    keep "iam-get-user/UserName=$(safe "$user_name")" iam get-user --user-name "$user_name"
  done
fi
if ! answered iam-get-account-authorization-details; then
  names "Groups[].[GroupName]" iam list-groups | while IFS=$'\t' read -r group_name; do
    keep "iam-get-group/GroupName=$(safe "$group_name")" iam get-group --group-name "$group_name"
    keep "iam-list-attached-group-policies/GroupName=$(safe "$group_name")" iam list-attached-group-policies --group-name "$group_name"
    keep "iam-list-group-policies/GroupName=$(safe "$group_name")" iam list-group-policies --group-name "$group_name"
    names "PolicyNames[].[@]" iam list-group-policies --group-name "$group_name" | while IFS=$'\t' read -r policy_name; do
      keep "iam-get-group-policy/GroupName=$(safe "$group_name")/PolicyName=$(safe "$policy_name")" iam get-group-policy --group-name "$group_name" --policy-name "$policy_name"
    done
  done
  names "Users[].[UserName]" iam list-users | while IFS=$'\t' read -r user_name; do
    keep "iam-list-groups-for-user/UserName=$(safe "$user_name")" iam list-groups-for-user --user-name "$user_name"
    keep "iam-list-attached-user-policies/UserName=$(safe "$user_name")" iam list-attached-user-policies --user-name "$user_name"
    keep "iam-list-user-policies/UserName=$(safe "$user_name")" iam list-user-policies --user-name "$user_name"
    names "PolicyNames[].[@]" iam list-user-policies --user-name "$user_name" | while IFS=$'\t' read -r policy_name; do
      keep "iam-get-user-policy/UserName=$(safe "$user_name")/PolicyName=$(safe "$policy_name")" iam get-user-policy --user-name "$user_name" --policy-name "$policy_name"
    done
  done
  names "Roles[].[RoleName]" iam list-roles | while IFS=$'\t' read -r role_name; do
    keep "iam-get-role/RoleName=$(safe "$role_name")" iam get-role --role-name "$role_name"
    keep "iam-list-attached-role-policies/RoleName=$(safe "$role_name")" iam list-attached-role-policies --role-name "$role_name"
    keep "iam-list-role-policies/RoleName=$(safe "$role_name")" iam list-role-policies --role-name "$role_name"
    names "PolicyNames[].[@]" iam list-role-policies --role-name "$role_name" | while IFS=$'\t' read -r policy_name; do
      keep "iam-get-role-policy/RoleName=$(safe "$role_name")/PolicyName=$(safe "$policy_name")" iam get-role-policy --role-name "$role_name" --policy-name "$policy_name"
    done
  done
  names "Policies[].[Arn,DefaultVersionId]" iam list-policies --scope Local | while IFS=$'\t' read -r policy_arn version_id; do
    keep "iam-get-policy-version/PolicyArn=$(safe "$policy_arn")/VersionId=$(safe "$version_id")" iam get-policy-version --policy-arn "$policy_arn" --version-id "$version_id"
  done
fi
here="$out/$account/us-west-2"
keep "globalaccelerator-list-accelerators" globalaccelerator list-accelerators --region us-west-2
here="$out/$account/$first"
keep "acm-list-certificates" acm list-certificates --includes '{"keyTypes":["RSA_1024","RSA_2048","RSA_3072","RSA_4096","EC_prime256v1","EC_secp384r1","EC_secp521r1"]}' --region "$first"
names "CertificateSummaryList[].[CertificateArn]" acm list-certificates --includes '{"keyTypes":["RSA_1024","RSA_2048","RSA_3072","RSA_4096","EC_prime256v1","EC_secp384r1","EC_secp521r1"]}' --region "$first" | while IFS=$'\t' read -r certificate_arn; do
  keep "acm-describe-certificate/CertificateArn=$(safe "$certificate_arn")" acm describe-certificate --certificate-arn "$certificate_arn" --region "$first"
  keep "acm-list-tags-for-certificate/CertificateArn=$(safe "$certificate_arn")" acm list-tags-for-certificate --certificate-arn "$certificate_arn" --region "$first"
done
keep "wafv2-list-web-acls/Scope=CLOUDFRONT" wafv2 list-web-acls --scope CLOUDFRONT --region "$first"

# Each region
for region in "$@"; do
  export AWS_REGION=$region AWS_DEFAULT_REGION=$region
  here="$out/$account/$region"
  keep "ec2-describe-regions" ec2 describe-regions
  keep "ec2-describe-availability-zones" ec2 describe-availability-zones
  keep "ec2-describe-vpcs" ec2 describe-vpcs
  names "Vpcs[].[VpcId]" ec2 describe-vpcs | while IFS=$'\t' read -r vpc_id; do
    keep "ec2-describe-vpc-attribute/VpcId=$(safe "$vpc_id")/Attribute=enableDnsSupport" ec2 describe-vpc-attribute --vpc-id "$vpc_id" --attribute enableDnsSupport
    keep "ec2-describe-vpc-attribute/VpcId=$(safe "$vpc_id")/Attribute=enableDnsHostnames" ec2 describe-vpc-attribute --vpc-id "$vpc_id" --attribute enableDnsHostnames
  done
  keep "ec2-describe-subnets" ec2 describe-subnets
  keep "ec2-describe-route-tables" ec2 describe-route-tables
  keep "ec2-describe-internet-gateways" ec2 describe-internet-gateways
  keep "ec2-describe-egress-only-internet-gateways" ec2 describe-egress-only-internet-gateways
  keep "ec2-describe-nat-gateways" ec2 describe-nat-gateways
  keep "ec2-describe-addresses" ec2 describe-addresses
  keep "ec2-describe-vpc-endpoints" ec2 describe-vpc-endpoints
  keep "ec2-describe-vpc-peering-connections" ec2 describe-vpc-peering-connections
  keep "ec2-describe-prefix-lists" ec2 describe-prefix-lists
  keep "ec2-describe-managed-prefix-lists" ec2 describe-managed-prefix-lists
  names "PrefixLists[].[PrefixListId]" ec2 describe-managed-prefix-lists | while IFS=$'\t' read -r prefix_list_id; do
    keep "ec2-get-managed-prefix-list-entries/PrefixListId=$(safe "$prefix_list_id")" ec2 get-managed-prefix-list-entries --prefix-list-id "$prefix_list_id"
  done
  keep "ec2-describe-network-acls" ec2 describe-network-acls
  keep "ec2-describe-security-groups" ec2 describe-security-groups
  keep "ec2-describe-security-group-rules" ec2 describe-security-group-rules
  keep "ec2-describe-network-interfaces" ec2 describe-network-interfaces
  keep "ec2-describe-flow-logs" ec2 describe-flow-logs
  keep "ec2-describe-dhcp-options" ec2 describe-dhcp-options
  keep "ec2-describe-transit-gateways" ec2 describe-transit-gateways
  keep "ec2-describe-transit-gateway-attachments" ec2 describe-transit-gateway-attachments
  keep "ec2-describe-transit-gateway-vpc-attachments" ec2 describe-transit-gateway-vpc-attachments
  keep "ec2-describe-vpn-gateways" ec2 describe-vpn-gateways
  keep "ec2-describe-vpn-connections" ec2 describe-vpn-connections
  keep "ec2-describe-customer-gateways" ec2 describe-customer-gateways
  keep "ec2-describe-client-vpn-endpoints" ec2 describe-client-vpn-endpoints
  keep "ec2-describe-instance-connect-endpoints" ec2 describe-instance-connect-endpoints
  keep "elbv2-describe-load-balancers" elbv2 describe-load-balancers
  names "LoadBalancers[].[LoadBalancerArn]" elbv2 describe-load-balancers | while IFS=$'\t' read -r load_balancer_arn; do
    keep "elbv2-describe-load-balancer-attributes/LoadBalancerArn=$(safe "$load_balancer_arn")" elbv2 describe-load-balancer-attributes --load-balancer-arn "$load_balancer_arn"
    keep "elbv2-describe-listeners/LoadBalancerArn=$(safe "$load_balancer_arn")" elbv2 describe-listeners --load-balancer-arn "$load_balancer_arn"
    names "Listeners[?Protocol=='HTTPS'].[ListenerArn]" elbv2 describe-listeners --load-balancer-arn "$load_balancer_arn" | while IFS=$'\t' read -r listener_arn; do
      keep "elbv2-describe-listener-certificates/ListenerArn=$(safe "$listener_arn")" elbv2 describe-listener-certificates --listener-arn "$listener_arn"
    done
    names "Listeners[?Protocol=='TLS'].[ListenerArn]" elbv2 describe-listeners --load-balancer-arn "$load_balancer_arn" | while IFS=$'\t' read -r listener_arn; do
      keep "elbv2-describe-listener-certificates/ListenerArn=$(safe "$listener_arn")" elbv2 describe-listener-certificates --listener-arn "$listener_arn"
    done
    names "Listeners[].[ListenerArn]" elbv2 describe-listeners --load-balancer-arn "$load_balancer_arn" | while IFS=$'\t' read -r listener_arn; do
      keep "elbv2-describe-rules/ListenerArn=$(safe "$listener_arn")" elbv2 describe-rules --listener-arn "$listener_arn"
      names "Rules[?IsDefault!='true'].[RuleArn]" elbv2 describe-rules --listener-arn "$listener_arn" | by 20 | while IFS=$'\t' read -r resource_arns; do
        keep "elbv2-describe-tags/ResourceArns[]=$(safe "${resource_arns%% *}")" elbv2 describe-tags --resource-arns $resource_arns
      done
    done
    names "Listeners[].[ListenerArn]" elbv2 describe-listeners --load-balancer-arn "$load_balancer_arn" | by 20 | while IFS=$'\t' read -r resource_arns; do
      keep "elbv2-describe-tags/ResourceArns[]=$(safe "${resource_arns%% *}")" elbv2 describe-tags --resource-arns $resource_arns
    done
  done
  keep "elbv2-describe-target-groups" elbv2 describe-target-groups
  names "TargetGroups[].[TargetGroupArn]" elbv2 describe-target-groups | while IFS=$'\t' read -r target_group_arn; do
    keep "elbv2-describe-target-group-attributes/TargetGroupArn=$(safe "$target_group_arn")" elbv2 describe-target-group-attributes --target-group-arn "$target_group_arn"
    keep "elbv2-describe-target-health/TargetGroupArn=$(safe "$target_group_arn")" elbv2 describe-target-health --target-group-arn "$target_group_arn"
  done
  names "LoadBalancers[].[LoadBalancerArn]" elbv2 describe-load-balancers | by 20 | while IFS=$'\t' read -r resource_arns; do
    keep "elbv2-describe-tags/ResourceArns[]=$(safe "${resource_arns%% *}")" elbv2 describe-tags --resource-arns $resource_arns
  done
  names "TargetGroups[].[TargetGroupArn]" elbv2 describe-target-groups | by 20 | while IFS=$'\t' read -r resource_arns; do
    keep "elbv2-describe-tags/ResourceArns[]=$(safe "${resource_arns%% *}")" elbv2 describe-tags --resource-arns $resource_arns
  done
  names "LoadBalancers[?Type=='application'].[LoadBalancerArn]" elbv2 describe-load-balancers | while IFS=$'\t' read -r resource_arn; do
    keep "wafv2-get-web-acl-for-resource/ResourceArn=$(safe "$resource_arn")" wafv2 get-web-acl-for-resource --resource-arn "$resource_arn"
  done
  keep "elb-describe-load-balancers" elb describe-load-balancers
  names "LoadBalancerDescriptions[].[LoadBalancerName]" elb describe-load-balancers | while IFS=$'\t' read -r load_balancer_name; do
    keep "elb-describe-load-balancer-attributes/LoadBalancerName=$(safe "$load_balancer_name")" elb describe-load-balancer-attributes --load-balancer-name "$load_balancer_name"
  done
  names "LoadBalancerDescriptions[].[LoadBalancerName]" elb describe-load-balancers | by 20 | while IFS=$'\t' read -r load_balancer_names; do
    keep "elb-describe-tags/LoadBalancerNames[]=$(safe "${load_balancer_names%% *}")" elb describe-tags --load-balancer-names $load_balancer_names
  done
  keep "network-firewall-list-firewalls" network-firewall list-firewalls
  keep "servicediscovery-list-namespaces" servicediscovery list-namespaces
  keep "redshift-describe-cluster-subnet-groups" redshift describe-cluster-subnet-groups
  keep "ec2-describe-instances" ec2 describe-instances
  names "Reservations[].Instances[] | [?State.Name!='terminated'].[InstanceId]" ec2 describe-instances | while IFS=$'\t' read -r instance_id; do
    keep "ec2-describe-instance-attribute/InstanceId=$(safe "$instance_id")/Attribute=userData" ec2 describe-instance-attribute --instance-id "$instance_id" --attribute userData
  done
  names "Reservations[].Instances[].[InstanceType]" ec2 describe-instances | by 100 | while IFS=$'\t' read -r instance_types; do
    keep "ec2-describe-instance-types/InstanceTypes[]=$(safe "${instance_types%% *}")" ec2 describe-instance-types --instance-types $instance_types
  done
  names "LaunchTemplates[].[LaunchTemplateId]" ec2 describe-launch-templates | while IFS=$'\t' read -r launch_template_id; do
    names "LaunchTemplateVersions[].LaunchTemplateData.[InstanceType]" ec2 describe-launch-template-versions --launch-template-id "$launch_template_id" | by 100 | while IFS=$'\t' read -r instance_types; do
      keep "ec2-describe-instance-types/InstanceTypes[]=$(safe "${instance_types%% *}")" ec2 describe-instance-types --instance-types $instance_types
    done
    keep "ec2-describe-launch-template-versions/LaunchTemplateId=$(safe "$launch_template_id")" ec2 describe-launch-template-versions --launch-template-id "$launch_template_id"
  done
  keep "ec2-describe-iam-instance-profile-associations" ec2 describe-iam-instance-profile-associations
  keep "ec2-describe-volumes" ec2 describe-volumes
  keep "ec2-describe-snapshots" ec2 describe-snapshots --owner-ids self
  keep "ec2-describe-key-pairs" ec2 describe-key-pairs
  keep "ec2-describe-reserved-instances" ec2 describe-reserved-instances
  keep "ec2-describe-launch-templates" ec2 describe-launch-templates
  keep "autoscaling-describe-auto-scaling-groups" autoscaling describe-auto-scaling-groups
  keep "autoscaling-describe-auto-scaling-instances" autoscaling describe-auto-scaling-instances
  keep "autoscaling-describe-launch-configurations" autoscaling describe-launch-configurations
  keep "application-autoscaling-describe-scalable-targets/ServiceNamespace=ecs" application-autoscaling describe-scalable-targets --service-namespace ecs
  keep "application-autoscaling-describe-scalable-targets/ServiceNamespace=rds" application-autoscaling describe-scalable-targets --service-namespace rds
  keep "application-autoscaling-describe-scalable-targets/ServiceNamespace=dynamodb" application-autoscaling describe-scalable-targets --service-namespace dynamodb
  keep "application-autoscaling-describe-scalable-targets/ServiceNamespace=lambda" application-autoscaling describe-scalable-targets --service-namespace lambda
  keep "application-autoscaling-describe-scalable-targets/ServiceNamespace=elasticache" application-autoscaling describe-scalable-targets --service-namespace elasticache
  keep "application-autoscaling-describe-scalable-targets/ServiceNamespace=ec2" application-autoscaling describe-scalable-targets --service-namespace ec2
  keep "ssm-describe-instance-information" ssm describe-instance-information
  keep "ecs-list-clusters" ecs list-clusters
  names "clusterArns[].[@]" ecs list-clusters | by 100 | while IFS=$'\t' read -r clusters; do
    keep "ecs-describe-clusters/clusters[]=$(safe "${clusters%% *}")" ecs describe-clusters --clusters $clusters --include TAGS
  done
  keep "ecs-describe-capacity-providers" ecs describe-capacity-providers --include TAGS
  names "clusterArns[].[@]" ecs list-clusters | while IFS=$'\t' read -r cluster; do
    keep "ecs-list-services/cluster=$(safe "$cluster")" ecs list-services --cluster "$cluster"
    names "serviceArns[].[@]" ecs list-services --cluster "$cluster" | by 10 | while IFS=$'\t' read -r services; do
      keep "ecs-describe-services/cluster=$(safe "$cluster")/services[]=$(safe "${services%% *}")" ecs describe-services --cluster "$cluster" --services $services --include TAGS
      names "services[].[taskDefinition]" ecs describe-services --cluster "$cluster" --services $services --include TAGS | while IFS=$'\t' read -r task_definition; do
        keep "ecs-describe-task-definition/taskDefinition=$(safe "$task_definition")" ecs describe-task-definition --task-definition "$task_definition" --include TAGS
      done
    done
    keep "ecs-list-tasks/cluster=$(safe "$cluster")" ecs list-tasks --cluster "$cluster"
    names "taskArns[].[@]" ecs list-tasks --cluster "$cluster" | by 100 | while IFS=$'\t' read -r tasks; do
      keep "ecs-describe-tasks/cluster=$(safe "$cluster")/tasks[]=$(safe "${tasks%% *}")" ecs describe-tasks --cluster "$cluster" --tasks $tasks --include TAGS
      names "tasks[].[taskDefinitionArn]" ecs describe-tasks --cluster "$cluster" --tasks $tasks --include TAGS | while IFS=$'\t' read -r task_definition; do
        keep "ecs-describe-task-definition/taskDefinition=$(safe "$task_definition")" ecs describe-task-definition --task-definition "$task_definition" --include TAGS
      done
    done
    keep "ecs-list-container-instances/cluster=$(safe "$cluster")" ecs list-container-instances --cluster "$cluster"
    names "containerInstanceArns[].[@]" ecs list-container-instances --cluster "$cluster" | by 100 | while IFS=$'\t' read -r container_instances; do
      keep "ecs-describe-container-instances/cluster=$(safe "$cluster")/containerInstances[]=$(safe "${container_instances%% *}")" ecs describe-container-instances --cluster "$cluster" --container-instances $container_instances --include TAGS
    done
  done
  names "Rules[].[Name,EventBusName]" events list-rules | while IFS=$'\t' read -r rule event_bus_name; do
    names "Targets[].EcsParameters.[TaskDefinitionArn]" events list-targets-by-rule --rule "$rule" --event-bus-name "$event_bus_name" | while IFS=$'\t' read -r task_definition; do
      keep "ecs-describe-task-definition/taskDefinition=$(safe "$task_definition")" ecs describe-task-definition --task-definition "$task_definition" --include TAGS
    done
    keep "events-list-targets-by-rule/Rule=$(safe "$rule")/EventBusName=$(safe "$event_bus_name")" events list-targets-by-rule --rule "$rule" --event-bus-name "$event_bus_name"
  done
  names "Schedules[].[Name,GroupName]" scheduler list-schedules | while IFS=$'\t' read -r name group_name; do
    names "[Target.EcsParameters.TaskDefinitionArn]" scheduler get-schedule --name "$name" --group-name "$group_name" | while IFS=$'\t' read -r task_definition; do
      keep "ecs-describe-task-definition/taskDefinition=$(safe "$task_definition")" ecs describe-task-definition --task-definition "$task_definition" --include TAGS
    done
    keep "scheduler-get-schedule/Name=$(safe "$name")/GroupName=$(safe "$group_name")" scheduler get-schedule --name "$name" --group-name "$group_name"
  done
  keep "ecr-describe-repositories" ecr describe-repositories
  keep "lambda-list-functions" lambda list-functions
  names "Functions[].[FunctionName]" lambda list-functions | while IFS=$'\t' read -r function_name; do
    keep "lambda-get-policy/FunctionName=$(safe "$function_name")" lambda get-policy --function-name "$function_name"
    keep "lambda-list-aliases/FunctionName=$(safe "$function_name")" lambda list-aliases --function-name "$function_name"
    keep "lambda-list-versions-by-function/FunctionName=$(safe "$function_name")" lambda list-versions-by-function --function-name "$function_name"
    keep "lambda-list-function-url-configs/FunctionName=$(safe "$function_name")" lambda list-function-url-configs --function-name "$function_name"
  done
  names "Functions[].[FunctionArn]" lambda list-functions | while IFS=$'\t' read -r resource; do
    keep "lambda-list-tags/Resource=$(safe "$resource")" lambda list-tags --resource "$resource"
  done
  keep "lambda-list-event-source-mappings" lambda list-event-source-mappings
  keep "lambda-list-layers" lambda list-layers
  keep "apprunner-list-services" apprunner list-services
  keep "eks-list-clusters" eks list-clusters
  keep "elasticbeanstalk-describe-environments" elasticbeanstalk describe-environments
  keep "lightsail-get-instances" lightsail get-instances
  keep "rds-describe-db-instances" rds describe-db-instances
  keep "rds-describe-db-clusters" rds describe-db-clusters
  keep "rds-describe-db-subnet-groups" rds describe-db-subnet-groups
  keep "rds-describe-db-proxies" rds describe-db-proxies
  keep "rds-describe-global-clusters" rds describe-global-clusters
  keep "rds-describe-db-snapshots" rds describe-db-snapshots
  keep "rds-describe-db-cluster-snapshots" rds describe-db-cluster-snapshots
  keep "rds-describe-db-parameter-groups" rds describe-db-parameter-groups
  keep "rds-describe-db-cluster-parameter-groups" rds describe-db-cluster-parameter-groups
  keep "rds-describe-option-groups" rds describe-option-groups
  keep "rds-describe-event-subscriptions" rds describe-event-subscriptions
  names "DBSubnetGroups[].[DBSubnetGroupArn]" rds describe-db-subnet-groups | while IFS=$'\t' read -r resource_name; do
    keep "rds-list-tags-for-resource/ResourceName=$(safe "$resource_name")" rds list-tags-for-resource --resource-name "$resource_name"
  done
  keep "elasticache-describe-cache-clusters" elasticache describe-cache-clusters --show-cache-node-info
  keep "elasticache-describe-replication-groups" elasticache describe-replication-groups
  keep "elasticache-describe-cache-subnet-groups" elasticache describe-cache-subnet-groups
  keep "elasticache-describe-serverless-caches" elasticache describe-serverless-caches
  keep "elasticache-describe-snapshots" elasticache describe-snapshots
  keep "elasticache-describe-users" elasticache describe-users
  names "CacheClusters[].[ARN]" elasticache describe-cache-clusters --show-cache-node-info | while IFS=$'\t' read -r resource_name; do
    keep "elasticache-list-tags-for-resource/ResourceName=$(safe "$resource_name")" elasticache list-tags-for-resource --resource-name "$resource_name"
  done
  names "ReplicationGroups[].[ARN]" elasticache describe-replication-groups | while IFS=$'\t' read -r resource_name; do
    keep "elasticache-list-tags-for-resource/ResourceName=$(safe "$resource_name")" elasticache list-tags-for-resource --resource-name "$resource_name"
  done
  names "CacheSubnetGroups[].[ARN]" elasticache describe-cache-subnet-groups | while IFS=$'\t' read -r resource_name; do
    keep "elasticache-list-tags-for-resource/ResourceName=$(safe "$resource_name")" elasticache list-tags-for-resource --resource-name "$resource_name"
  done
  keep "dynamodb-list-tables" dynamodb list-tables
  names "TableNames[].[@]" dynamodb list-tables | while IFS=$'\t' read -r table_name; do
    keep "dynamodb-describe-table/TableName=$(safe "$table_name")" dynamodb describe-table --table-name "$table_name"
    keep "dynamodb-describe-continuous-backups/TableName=$(safe "$table_name")" dynamodb describe-continuous-backups --table-name "$table_name"
    names "[Table.TableArn]" dynamodb describe-table --table-name "$table_name" | while IFS=$'\t' read -r resource_arn; do
      keep "dynamodb-get-resource-policy/ResourceArn=$(safe "$resource_arn")" dynamodb get-resource-policy --resource-arn "$resource_arn"
      keep "dynamodb-list-tags-of-resource/ResourceArn=$(safe "$resource_arn")" dynamodb list-tags-of-resource --resource-arn "$resource_arn"
    done
  done
  keep "dax-describe-clusters" dax describe-clusters
  keep "efs-describe-file-systems" efs describe-file-systems
  keep "fsx-describe-file-systems" fsx describe-file-systems
  keep "redshift-describe-clusters" redshift describe-clusters
  keep "opensearch-list-domain-names" opensearch list-domain-names
  names "DomainNames[].[DomainName]" opensearch list-domain-names | while IFS=$'\t' read -r domain_name; do
    keep "opensearch-describe-domain/DomainName=$(safe "$domain_name")" opensearch describe-domain --domain-name "$domain_name"
  done
  keep "backup-list-backup-plans" backup list-backup-plans
  keep "backup-list-backup-vaults" backup list-backup-vaults
  keep "s3control-list-access-points" s3control list-access-points --account-id "$account"
  keep "secretsmanager-list-secrets" secretsmanager list-secrets
  names "SecretList[].[ARN]" secretsmanager list-secrets | while IFS=$'\t' read -r secret_id; do
    keep "secretsmanager-get-resource-policy/SecretId=$(safe "$secret_id")" secretsmanager get-resource-policy --secret-id "$secret_id"
  done
  keep "ssm-describe-parameters" ssm describe-parameters
  keep "kms-list-aliases" kms list-aliases
  keep "kms-list-keys" kms list-keys
  names "Keys[].[KeyId]" kms list-keys | while IFS=$'\t' read -r key_id; do
    keep "kms-get-key-policy/KeyId=$(safe "$key_id")/PolicyName=default" kms get-key-policy --key-id "$key_id" --policy-name default
  done
  keep "resourcegroupstaggingapi-get-resources" resourcegroupstaggingapi get-resources
  keep "sqs-list-queues" sqs list-queues --page-size 1000
  names "QueueUrls[].[@]" sqs list-queues --page-size 1000 | while IFS=$'\t' read -r queue_url; do
    keep "sqs-get-queue-attributes/QueueUrl=$(safe "$queue_url")" sqs get-queue-attributes --queue-url "$queue_url" --attribute-names All
    keep "sqs-list-queue-tags/QueueUrl=$(safe "$queue_url")" sqs list-queue-tags --queue-url "$queue_url"
  done
  keep "sns-list-topics" sns list-topics
  names "Topics[].[TopicArn]" sns list-topics | while IFS=$'\t' read -r topic_arn; do
    keep "sns-get-topic-attributes/TopicArn=$(safe "$topic_arn")" sns get-topic-attributes --topic-arn "$topic_arn"
  done
  names "Topics[].[TopicArn]" sns list-topics | while IFS=$'\t' read -r resource_arn; do
    keep "sns-list-tags-for-resource/ResourceArn=$(safe "$resource_arn")" sns list-tags-for-resource --resource-arn "$resource_arn"
  done
  keep "sns-list-subscriptions" sns list-subscriptions
  keep "events-list-event-buses" events list-event-buses
  keep "events-list-rules" events list-rules
  names "EventBuses[?Name!='default'].[Name]" events list-event-buses | while IFS=$'\t' read -r event_bus_name; do
    keep "events-list-rules/EventBusName=$(safe "$event_bus_name")" events list-rules --event-bus-name "$event_bus_name"
  done
  keep "scheduler-list-schedules" scheduler list-schedules
  keep "sfn-list-state-machines" stepfunctions list-state-machines
  names "stateMachines[].[stateMachineArn]" stepfunctions list-state-machines | while IFS=$'\t' read -r state_machine_arn; do
    keep "sfn-describe-state-machine/stateMachineArn=$(safe "$state_machine_arn")" stepfunctions describe-state-machine --state-machine-arn "$state_machine_arn"
  done
  keep "firehose-list-delivery-streams" firehose list-delivery-streams --limit 10000
  keep "kinesis-list-streams" kinesis list-streams
  keep "kafka-list-clusters-v2" kafka list-clusters-v2
  keep "mq-list-brokers" mq list-brokers
  keep "acm-list-certificates" acm list-certificates --includes '{"keyTypes":["RSA_1024","RSA_2048","RSA_3072","RSA_4096","EC_prime256v1","EC_secp384r1","EC_secp521r1"]}'
  names "CertificateSummaryList[].[CertificateArn]" acm list-certificates --includes '{"keyTypes":["RSA_1024","RSA_2048","RSA_3072","RSA_4096","EC_prime256v1","EC_secp384r1","EC_secp521r1"]}' | while IFS=$'\t' read -r certificate_arn; do
    keep "acm-describe-certificate/CertificateArn=$(safe "$certificate_arn")" acm describe-certificate --certificate-arn "$certificate_arn"
    keep "acm-list-tags-for-certificate/CertificateArn=$(safe "$certificate_arn")" acm list-tags-for-certificate --certificate-arn "$certificate_arn"
  done
  keep "wafv2-list-web-acls/Scope=REGIONAL" wafv2 list-web-acls --scope REGIONAL
  keep "apigateway-get-rest-apis" apigateway get-rest-apis
  keep "apigatewayv2-get-apis" apigatewayv2 get-apis
  keep "cognito-idp-list-user-pools" cognito-idp list-user-pools --max-results 60
  keep "cloudwatch-describe-alarms" cloudwatch describe-alarms
  keep "cloudwatch-list-dashboards" cloudwatch list-dashboards
  keep "logs-describe-log-groups" logs describe-log-groups
  keep "cloudtrail-describe-trails" cloudtrail describe-trails
  names "trailList[].[TrailARN]" cloudtrail describe-trails | while IFS=$'\t' read -r name; do
    keep "cloudtrail-get-trail-status/Name=$(safe "$name")" cloudtrail get-trail-status --name "$name"
  done
  names "trailList[].[TrailARN]" cloudtrail describe-trails | while IFS=$'\t' read -r trail_name; do
    keep "cloudtrail-get-event-selectors/TrailName=$(safe "$trail_name")" cloudtrail get-event-selectors --trail-name "$trail_name"
  done
  keep "cloudtrail-list-trails" cloudtrail list-trails
  keep "config-describe-configuration-recorders" configservice describe-configuration-recorders
  keep "config-describe-config-rules" configservice describe-config-rules
  keep "guardduty-list-detectors" guardduty list-detectors
  keep "accessanalyzer-list-analyzers" accessanalyzer list-analyzers
  keep "ssoadmin-list-instances" sso-admin list-instances
  keep "cloudformation-describe-stacks" cloudformation describe-stacks
  keep "codebuild-list-projects" codebuild list-projects
  keep "codepipeline-list-pipelines" codepipeline list-pipelines
  if ! answered resourcegroupstaggingapi-get-resources; then
    names "repositories[].[repositoryArn]" ecr describe-repositories | while IFS=$'\t' read -r resource_arn; do
      keep "ecr-list-tags-for-resource/resourceArn=$(safe "$resource_arn")" ecr list-tags-for-resource --resource-arn "$resource_arn"
    done
    names "Keys[].[KeyId]" kms list-keys | while IFS=$'\t' read -r key_id; do
      keep "kms-list-resource-tags/KeyId=$(safe "$key_id")" kms list-resource-tags --key-id "$key_id"
    done
    names "MetricAlarms[].[AlarmArn]" cloudwatch describe-alarms | while IFS=$'\t' read -r resource_arn; do
      keep "cloudwatch-list-tags-for-resource/ResourceARN=$(safe "$resource_arn")" cloudwatch list-tags-for-resource --resource-arn "$resource_arn"
    done
    names "logGroups[].[logGroupArn]" logs describe-log-groups | while IFS=$'\t' read -r resource_arn; do
      keep "logs-list-tags-for-resource/resourceArn=$(safe "$resource_arn")" logs list-tags-for-resource --resource-arn "$resource_arn"
    done
  fi
  if ! answered lambda-list-functions; then
    names "Functions[].[FunctionName]" lambda list-functions | while IFS=$'\t' read -r function_name; do
      keep "lambda-get-function/FunctionName=$(safe "$function_name")" lambda get-function --function-name "$function_name"
      keep "lambda-get-function-configuration/FunctionName=$(safe "$function_name")" lambda get-function-configuration --function-name "$function_name"
    done
  fi
  if ! answered opensearch-list-domain-names; then
    keep "es-list-domain-names" es list-domain-names
    names "DomainNames[].[DomainName]" es list-domain-names | while IFS=$'\t' read -r domain_name; do
      keep "es-describe-elasticsearch-domain/DomainName=$(safe "$domain_name")" es describe-elasticsearch-domain --domain-name "$domain_name"
    done
  fi
  if ! answered sns-list-subscriptions; then
    names "Topics[].[TopicArn]" sns list-topics | while IFS=$'\t' read -r topic_arn; do
      keep "sns-list-subscriptions-by-topic/TopicArn=$(safe "$topic_arn")" sns list-subscriptions-by-topic --topic-arn "$topic_arn"
    done
  fi
  if ! answered kafka-list-clusters-v2; then
    keep "kafka-list-clusters" kafka list-clusters
  fi
  if ! answered cloudtrail-describe-trails; then
    names "Trails[].[TrailARN]" cloudtrail list-trails | while IFS=$'\t' read -r name; do
      keep "cloudtrail-get-trail/Name=$(safe "$name")" cloudtrail get-trail --name "$name"
    done
  fi
done
echo "read into $out; now: npx underpin run $out" >&2
