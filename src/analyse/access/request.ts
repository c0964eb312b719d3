/** The question: may this principal do this action on this resource? */
import type { ContextInput } from './context.ts';

export interface AccessRequest {
  /** ARN of a user, role, role session or account root; a service (`lambda.amazonaws.com`); `*` for anybody. */
  readonly principal: string;
  /** `s3:GetObject`, in any case. */
  readonly action: string;
  /** ARN, or `*` for actions that have no resource. */
  readonly resource: string;
  /** What is known of the request; what is not told stays unknown. */
  readonly context?: ContextInput;
  /** Policies of the session, when one is made with them: the role's power is cut down to what they allow. */
  readonly session?: readonly string[];
  /** What would be answered if things were a little different: how the links of a chain are proven. */
  readonly supposing?: Supposition;
}

export interface Supposition {
  /** Texts of policies that the principal would hold besides its own. */
  readonly added?: readonly string[];
  /** Policies that the principal would no longer hold, by `heldAs` of attached.ts. */
  readonly without?: ReadonlySet<string>;
  /** The permissions boundary would be gone. */
  readonly unbounded?: boolean;
  /** The text that would stand in place of the resource's own policy. */
  readonly resourcePolicy?: string;
}
