/** Where each type keeps its security groups, and how a list of them is written into it. */
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import type { Update } from '../edit.ts';
import type { DeclaredResource } from '../world.ts';

/** Every one is changed in place: nothing is replaced by it. */
const PROPERTY: Readonly<Record<string, string>> = {
  'aws:rds/instance:Instance': 'vpcSecurityGroupIds',
  'aws:rds/cluster:Cluster': 'vpcSecurityGroupIds',
  'aws:elasticache/replicationGroup:ReplicationGroup': 'securityGroupIds',
  'aws:elasticache/cluster:Cluster': 'securityGroupIds',
  'aws:lb/loadBalancer:LoadBalancer': 'securityGroups',
  'aws:ec2/instance:Instance': 'vpcSecurityGroupIds',
  'aws:ec2/vpcEndpoint:VpcEndpoint': 'securityGroupIds',
  'aws:lambda/function:Function': 'vpcConfig.securityGroupIds',
  'aws:ecs/service:Service': 'networkConfiguration.securityGroups',
};

const texts = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** The groups that are written now: ids or references; undefined for a type that keeps none here. */
export function groupsOf(declared: DeclaredResource): readonly string[] | undefined {
  const [outer, inner] = (PROPERTY[declared.type] ?? '').split('.');
  if (!outer) return undefined;
  const value = declared.properties[outer];
  if (inner === undefined) return texts(value);
  return isProperties(value) ? texts(value[inner]) : undefined;
}

/** The edit that writes another list; undefined for a type that keeps none here. */
export function withGroups(declared: DeclaredResource, groups: readonly string[]): Update | undefined {
  const [outer, inner] = (PROPERTY[declared.type] ?? '').split('.');
  if (!outer) return undefined;
  const list = [...new Set(groups)];
  const value = declared.properties[outer];
  const properties: Properties =
    inner === undefined ? { [outer]: list } : { [outer]: { ...(isProperties(value) ? value : {}), [inner]: list } };
  return { op: 'update', type: declared.type, name: declared.name, properties };
}
