import type { Ref } from '../source.ts';
import type { Base } from './base.ts';
import type { PolicyText } from './network.ts';

export interface InlinePolicy {
  readonly name: string;
  readonly document: PolicyText | undefined;
}

export interface User extends Base<'user'> {
  readonly groups: readonly Ref<'group'>[] | undefined;
  readonly attachedPolicies: readonly Ref<'policy'>[] | undefined;
  readonly inlinePolicies: readonly InlinePolicy[] | undefined;
  readonly boundary: Ref<'policy'> | null | undefined;
  /** Whether a console password exists. */
  readonly consoleAccess: boolean | undefined;
  /** ISO date of the last console sign-in; null when never. */
  readonly passwordLastUsed: string | null | undefined;
  readonly mfaDevices: readonly Ref<'mfaDevice'>[] | undefined;
  /** From devices, or from the credential report. */
  readonly mfa: boolean | undefined;
  readonly accessKeys: readonly Ref<'accessKey'>[] | undefined;
  readonly created: string | undefined;
}

export interface Group extends Base<'group'> {
  readonly attachedPolicies: readonly Ref<'policy'>[] | undefined;
  readonly inlinePolicies: readonly InlinePolicy[] | undefined;
  readonly members: readonly Ref<'user'>[] | undefined;
}

export interface Role extends Base<'role'> {
  readonly path: string | undefined;
  readonly trust: PolicyText | undefined;
  readonly attachedPolicies: readonly Ref<'policy'>[] | undefined;
  readonly inlinePolicies: readonly InlinePolicy[] | undefined;
  readonly boundary: Ref<'policy'> | null | undefined;
  readonly lastUsed: string | null | undefined;
  readonly created: string | undefined;
}

export interface Policy extends Base<'policy'> {
  readonly awsManaged: boolean;
  /** The default version's document; undefined when it was not read. */
  readonly document: PolicyText | undefined;
}

export interface InstanceProfile extends Base<'instanceProfile'> {
  readonly roles: readonly Ref<'role'>[] | undefined;
}

export interface AccessKey extends Base<'accessKey'> {
  readonly user: Ref<'user'>;
  readonly active: boolean | undefined;
  readonly created: string | undefined;
  /** ISO date; null when never used. */
  readonly lastUsed: string | null | undefined;
  readonly lastUsedService: string | null | undefined;
}

export interface MfaDevice extends Base<'mfaDevice'> {
  readonly user: Ref<'user'> | undefined;
}

/** A service or resource control policy of the organization. */
export interface OrganizationPolicy extends Base<'organizationPolicy'> {
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly document: PolicyText | undefined;
  /** Ids of the roots, units and accounts it is attached to; undefined when not read. */
  readonly targets: readonly string[] | undefined;
}

export interface IdentityProvider extends Base<'identityProvider'> {
  readonly form: 'saml' | 'oidc';
}
