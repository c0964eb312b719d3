/** Attributes that hold another resource's id, ARN or name, alone or in a list, and no text made of it. */
const REFERENCE = /(?:^|_)(?:ids?|arns?)$/;
const NO_REFERENCE = /^(?:resource_id|source_arn|id)$/;

const BY_NAME = new Set([
  ...[
    'subnets',
    'security_groups',
    'vpc_zone_identifier',
    'load_balancers',
    'role',
    'roles',
    'user',
    'users',
    'group',
    'groups',
  ],
  ...[
    'bucket',
    'cluster',
    'instance',
    'instances',
    'queue_url',
    'iam_instance_profile',
    'replicate_source_db',
    'task_definition',
  ],
  ...[
    'function_name',
    'domain_name',
    'launch_configuration',
    'autoscaling_group_name',
    'db_subnet_group_name',
    'subnet_group_name',
  ],
  ...['cluster_identifier', 'key_name', 'network_interface', 'topic', 'permissions_boundary', 'identifiers'],
]);

export const isReference = (attribute: string): boolean =>
  attribute === 'redrive_policy' ||
  BY_NAME.has(attribute) ||
  (REFERENCE.test(attribute) && !NO_REFERENCE.test(attribute));

/** What an attribute can hold of a type: expressions with an index or a splat name the resource alone. */
const HELD: readonly (readonly [attribute: RegExp, type: RegExp, held: string])[] = [
  [/^(?:subnet_ids?|subnets|vpc_zone_identifier)$/, /^aws_(?:default_)?subnet$/, 'id'],
  [/^(?:.*_)?security_groups?(?:_ids?)?$/, /^aws_(?:default_)?security_group$/, 'id'],
  [/^route_table_ids?$/, /^aws_(?:default_)?route_table$/, 'id'],
  [/^(?:instances?(?:_ids?)?|target_id)$/, /^aws_instance$/, 'id'],
  [/^nat_gateway_id$/, /^aws_nat_gateway$/, 'id'],
  [/^gateway_id$/, /^aws_internet_gateway$/, 'id'],
  [/^allocation_id$/, /^aws_eip$/, 'id'],
  [/^vpc_id$/, /^aws_(?:default_)?vpc$/, 'id'],
  [/^network_acl_id$/, /^aws_network_acl$/, 'id'],
  [/^cluster$/, /^aws_ecs_cluster$/, 'id'],
  [/^bucket$/, /^aws_s3_bucket$/, 'id'],
  [/^(?:db_)?subnet_group_name$/, /^aws_(?:db|elasticache)_subnet_group$/, 'id'],
  [/^load_balancer_arn$/, /^aws_lb$/, 'arn'],
  [/^listener_arn$/, /^aws_lb_listener$/, 'arn'],
  [/^(?:lb_)?target_group_arns?$/, /^aws_lb_target_group$/, 'arn'],
  [/^(?:.+_)?role_arn$/, /^aws_iam_role$/, 'arn'],
  [/^policy_arn$/, /^aws_iam_policy$/, 'arn'],
  [/^(?:event_source|queue|topic)_arn$/, /^aws_(?:sqs_queue|sns_topic|dynamodb_table)$/, 'arn'],
];

/** The attribute of a resource of this type that another's attribute would hold; undefined where it would hold none. */
export const attributeFor = (wanted: string, type: string): string | undefined =>
  HELD.find(([attribute, of]) => attribute.test(wanted) && of.test(type))?.[2];
