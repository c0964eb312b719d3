/**
 * Resources that hang on another one by its id, and that the other one's own state does not show: a stack that does not
 * hold one cannot say that there is none. What a resource shows by itself (the routes of a table, the groups of an
 * interface, the policies of a role) is not here; the rules of a group are, because they are added one by one, and after
 * Pulumi last looked at the group.
 */
export const MAY_HANG: ReadonlySet<string> = new Set([
  'aws:alb/listenerCertificate:ListenerCertificate',
  'aws:alb/targetGroupAttachment:TargetGroupAttachment',
  'aws:dynamodb/resourcePolicy:ResourcePolicy',
  'aws:ec2/securityGroupRule:SecurityGroupRule',
  'aws:ecs/clusterCapacityProviders:ClusterCapacityProviders',
  'aws:iam/accessKey:AccessKey',
  'aws:lambda/functionUrl:FunctionUrl',
  'aws:lambda/permission:Permission',
  'aws:lb/listenerCertificate:ListenerCertificate',
  'aws:lb/targetGroupAttachment:TargetGroupAttachment',
  'aws:rds/clusterInstance:ClusterInstance',
  'aws:secretsmanager/secretRotation:SecretRotation',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  'aws:wafv2/webAclAssociation:WebAclAssociation',
]);
