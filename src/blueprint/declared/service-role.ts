/** A role of one program: who may take it, and what it may do, statement by statement. */
import { type DataMap, type Declaration, documentOf, outputOf, tagged } from './declaration.ts';

export const ROLE = 'aws:iam/role:Role';
export const ROLE_POLICY = 'aws:iam/rolePolicy:RolePolicy';
export const ATTACHMENT = 'aws:iam/rolePolicyAttachment:RolePolicyAttachment';

export interface ServiceRoleArgs<Later = never> {
  /** Its name in AWS. *Replacement*. @default the component's name */
  readonly name?: string | undefined;
  /** What it is for. *In place*. @default none */
  readonly description?: string | undefined;
  /** The service of AWS that takes it: `ecs-tasks.amazonaws.com`. *In place*. @default none: `trust` says who */
  readonly service?: string | undefined;
  /** Who may take it, and when, as statements of a policy. *In place*. @default the service */
  readonly trust?: readonly DataMap<Later>[] | undefined;
  /** What it may do, as statements of one policy of its own. *In place*. @default nothing */
  readonly may?: readonly DataMap<Later>[] | undefined;
  /** The name of that policy. *Replacement* of the policy. @default 'what-it-uses' */
  readonly policyName?: string | undefined;
  /** Policies of AWS that it has beside, by their last name: `AmazonSSMManagedInstanceCore`. *In place*. @default none */
  readonly managed?: readonly string[] | undefined;
  /** Seconds that a session lasts at most. *In place*. @default AWS's hour */
  readonly maxSessionDuration?: number | undefined;
}

const document = <Later>(statements: readonly DataMap<Later>[]): DataMap<Later> =>
  documentOf<Later>({ Version: '2012-10-17', Statement: statements });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services */
export const trustOf = (service: string): DataMap => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 'sts:AssumeRole',
});

export function serviceRole<Later = never>(
  name: string,
  { may, managed = [], policyName = 'what-it-uses', ...args }: ServiceRoleArgs<NoInfer<Later>>,
): readonly Declaration<Later>[] {
  const called = args.name ?? name;
  const trust: readonly DataMap<Later>[] = args.trust ?? (args.service === undefined ? [] : [trustOf(args.service)]);
  const role: Declaration<Later> = {
    type: ROLE,
    name,
    properties: {
      name: called,
      description: args.description,
      assumeRolePolicy: document(trust),
      maxSessionDuration: args.maxSessionDuration,
      tags: tagged(called),
    },
  };
  const policy: Declaration<Later> | undefined = may && {
    type: ROLE_POLICY,
    name: `${name}-policy`,
    properties: { role: outputOf(role), name: policyName, policy: document(may) },
  };
  return [
    role,
    ...(policy ? [policy] : []),
    ...managed.map(
      (path): Declaration<Later> => ({
        type: ATTACHMENT,
        name: `${name}-${path.split('/').at(-1) ?? path}`,
        properties: { role: outputOf(role, 'name'), policyArn: `arn:aws:iam::aws:policy/${path}` },
      }),
    ),
  ];
}
