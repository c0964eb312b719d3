/**
 * The goal is to write
 *
 *     queue.allowSend(web)
 *
 * and get one policy on `web`'s own role that names those actions on that queue, and nothing more.
 */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

/** Something that acts with a role of its own. */
export interface Grantee {
  readonly granteeName: string;
  readonly role: aws.iam.Role;
  readonly owner: pulumi.Resource;
}

export interface Statement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Sid?: string;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>>
  >;
}

/** A policy document as AWS reads it. Statements allow unless they say otherwise. */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });
}

/** The trust policy of a role that one AWS service takes. Conditions keep others' accounts out (the confused deputy). */
export function trustService(service: string, condition?: Statement['Condition']): pulumi.Output<string> {
  return policyDocument([
    {
      Action: ['sts:AssumeRole'],
      Principal: { Service: service },
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ]);
}

/** Gives `to`'s role these statements, as one policy named after what it is for: `shop-web-may-send-shop-orders`. */
export function grant(to: Grantee, may: string, statements: readonly Statement[]): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(
    `${to.granteeName}-may-${may}`,
    { role: to.role.name, policy: policyDocument(statements) },
    { parent: to.owner },
  );
}
