/** Resources as older versions of the provider wrote them, in today's form; and what the provider leaves unsaid of those that stand. */
import type { Properties } from '../pulumi/recorded.ts';
import type { Instance } from './instance.ts';
import { at, isObject, type Json, listAt, objectAt } from './json.ts';

/** Names that changed, with the type they changed on. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_autoscaling_attachment: { alb_target_group_arn: 'lb_target_group_arn' },
  aws_elasticache_replication_group: {
    number_cache_clusters: 'num_cache_clusters',
    replication_group_description: 'description',
    availability_zones: 'preferred_cache_cluster_azs',
  },
};

export function inTodaysForm(given: Instance): Instance {
  const instance = withoutHash(given);
  const names = RENAMED[instance.type];
  const values = instance.type === 'aws_autoscaling_group' ? withTags(instance.values) : instance.values;
  const current = names === undefined ? values : renamed(values, names);
  const cluster = instance.type === 'aws_elasticache_replication_group' ? withoutClusterMode(current) : current;
  return cluster === instance.values ? instance : { ...instance, values: cluster };
}

/**
 * Up to version 5 the provider kept a hash where the start script of a server should stand: there is one, and it is not known.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade
 */
function withoutHash(instance: Instance): Instance {
  const script = instance.values.user_data;
  if (typeof script !== 'string' || !/^[0-9a-f]{40}$/.test(script)) return instance;
  const { user_data: _, ...values } = instance.values;
  const marks = isObject(instance.unknown) ? instance.unknown : {};
  return { ...instance, values, unknown: { ...marks, user_data: true } };
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function renamed(values: Json, names: Readonly<Record<string, string>>): Json {
  const moved = Object.entries(names).filter(([old, name]) => isSet(at(values, old)) && !isSet(at(values, name)));
  return moved.length === 0
    ? values
    : { ...values, ...Object.fromEntries(moved.map(([old, name]) => [name, values[old]])) };
}

/** Before version 4 tags of a group could be a list of maps. */
function withTags(values: Json): Json {
  const tags = listAt(values, 'tags').filter(isObject);
  return tags.length === 0 ? values : { ...values, tag: [...listAt(values, 'tag'), ...tags], tags: null };
}

/** Before version 5 shards stood in a block. */
function withoutClusterMode(values: Json): Json {
  const [mode] = listAt(values, 'cluster_mode');
  if (!isObject(mode)) return values;
  const { num_node_groups, replicas_per_node_group } = objectAt({ mode }, 'mode');
  return {
    ...values,
    num_node_groups: values.num_node_groups ?? num_node_groups,
    replicas_per_node_group: values.replicas_per_node_group ?? replicas_per_node_group,
  };
}

/**
 * Settings of a bucket that stand in AWS and that the bucket itself does not show: another file may declare them. Since version 4 the
 * provider reads the policy and some others into the bucket; an empty one is then none.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-4-upgrade
 */
const SETTINGS: readonly (readonly [setting: string, attribute: string | undefined])[] = [
  ['publicAccessBlock', undefined],
  ['ownership', undefined],
  ['notification', undefined],
  ['policy', 'policy'],
  ['acl', 'grant'],
  ['versioning', 'versioning'],
  ['encryption', 'server_side_encryption_configuration'],
  ['website', 'website'],
  ['logging', 'logging'],
];

export function undeclared({ type, values, mode }: Instance): Properties {
  if (type !== 'aws_s3_bucket' || mode === 'data') return {};
  // the provider tells of a policy by a text, even an empty one, where it has looked
  const looked = typeof values.policy === 'string';
  return {
    undeclared: SETTINGS.flatMap(([setting, attribute]) => (attribute !== undefined && looked ? [] : [setting])),
  };
}
