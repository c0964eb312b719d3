/** A policy where it applies: the parsed document, whose it is, and where in the input it stands. */
import type { Source } from '../../estate/source.ts';
import type { Missing } from '../verdict.ts';
import { type PolicyForm, parsePolicy } from './policy/parse.ts';
import type { PolicyDocument, Statement } from './policy/statement.ts';

/** What kind of policy a statement stands in. */
export type PolicyType =
  | 'inline'
  | 'managed'
  | 'boundary'
  | 'session'
  | 'resource'
  | 'trust'
  | 'serviceControl'
  | 'resourceControl';

export interface AttachedPolicy {
  /** ARN of a managed policy, name of an inline one, id of the resource for a resource policy. */
  readonly policy: string;
  readonly type: PolicyType;
  /** Id of the user, group, role or resource that has it. */
  readonly holder: string;
  readonly document: PolicyDocument;
  /** Null for a policy given by the caller. */
  readonly source: Source | null;
  /** Statements by action, filled as they are asked for: most requests meet few of them. */
  readonly byAction: Map<string, readonly Statement[]>;
}

export interface MayAllow {
  readonly missing: Missing;
  /** @param action In lower case. */
  readonly allows: (action: string) => boolean;
}

/** Policies of one layer, and those whose text is not known. */
export interface PolicySet {
  readonly policies: readonly AttachedPolicy[];
  /** Each may allow or deny anything. */
  readonly missing: readonly Missing[];
  /** As `missing`, but known to hold no Deny, and to allow at most some actions. */
  readonly mayOnlyAllow: readonly MayAllow[];
}

/** Tells one policy of one holder from every other. */
export const heldAs = ({ holder, policy }: Pick<AttachedPolicy, 'holder' | 'policy'>): string => `${holder} ${policy}`;

export const NO_POLICIES: PolicySet = { policies: [], missing: [], mayOnlyAllow: [] };

export const join = (sets: readonly PolicySet[]): PolicySet => ({
  policies: sets.flatMap((set) => set.policies),
  missing: sets.flatMap((set) => set.missing),
  mayOnlyAllow: sets.flatMap((set) => set.mayOnlyAllow),
});

export const missing = (operation: string, reason: string, resource?: string): Missing => ({
  operation,
  reason,
  ...(resource === undefined ? {} : { resource }),
});

/** The texts that may allow an action. */
export const mayAllowIt = (set: PolicySet, action: string): readonly Missing[] => [
  ...set.missing,
  ...set.mayOnlyAllow.flatMap((item) => (item.allows(action) ? [item.missing] : [])),
];

export const unread = (operation: string, reason: string, resource?: string): PolicySet => ({
  ...NO_POLICIES,
  missing: [missing(operation, reason, resource)],
});

const FORMS: Readonly<Record<PolicyType, PolicyForm>> = {
  inline: 'identity',
  managed: 'identity',
  boundary: 'identity',
  session: 'identity',
  resource: 'resource',
  trust: 'trust',
  serviceControl: 'organization',
  resourceControl: 'resource',
};

/** Parsing is kept per text: an account has a few policies attached in many places. */
export class PolicyReader {
  private readonly documents = new Map<string, PolicyDocument>();
  private readonly indexes = new Map<PolicyDocument, Map<string, readonly Statement[]>>();

  document(text: string, form: PolicyForm): PolicyDocument {
    const key = `${form} ${text}`;
    let document = this.documents.get(key);
    if (!document) {
      document = parsePolicy(text, form);
      this.documents.set(key, document);
    }
    return document;
  }

  attach(
    text: string,
    type: PolicyType,
    policy: string,
    holder: string,
    source: Source | null,
    operation: string,
  ): PolicySet {
    const document = this.document(text, FORMS[type]);
    let byAction = this.indexes.get(document);
    if (!byAction) {
      byAction = new Map();
      this.indexes.set(document, byAction);
    }
    const attached: AttachedPolicy = { policy, type, holder, document, source, byAction };
    const first = document.problems.find((problem) => problem.severity === 'broken');
    return {
      policies: [attached],
      missing: first
        ? [missing(operation, `the policy ${policy} can not be understood: ${first.message}`, holder)]
        : [],
      mayOnlyAllow: [],
    };
  }
}
