import { expect, it } from 'vitest';
import { signOfCode } from './code.ts';

it.each([
  [{ 'aws:cloudformation:stack-name': 'shop' }],
  [{ 'pulumi:project': 'shop' }],
  [{ Terraform: 'true' }],
  [{ terraform_module: 'vpc' }],
  [{ ManagedBy: 'Terraform' }],
  [{ 'managed-by': 'pulumi' }],
  [{ Name: 'shop', provisioner: 'opentofu' }],
  [{ 'elasticbeanstalk:environment-name': 'shop' }],
  [{ CreatedBy: 'AWS CDK' }],
])('sees the sign of a program in %j', (tags) => {
  expect(signOfCode(tags)).toBeDefined();
});

it.each([
  [{}],
  [{ Name: 'terraform-test' }],
  [{ CreatedBy: 'alice' }],
  [{ ManagedBy: 'backend team' }],
  [{ Stage: 'prod' }],
  [{ Environment: 'dev', 'aws:autoscaling:groupName': 'web' }],
  [{ tool: 'true' }],
])('sees none in %j', (tags) => {
  expect(signOfCode(tags)).toBeUndefined();
});
