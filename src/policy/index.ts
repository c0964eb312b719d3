/**
 * Underpin's rules as a policy of Pulumi. In a policy pack:
 *
 * ```ts
 * import { PolicyPack } from '@pulumi/policy';
 * import { underpin } from 'underpin/policy';
 *
 * new PolicyPack('underpin', { policies: [underpin()] });
 * ```
 */
import type { StackValidationPolicy } from '@pulumi/policy';
import { judge } from './judge.ts';
import { settingsOf } from './settings.ts';

/** A finding that the team accepts, with its reason. */
export interface Accepted {
  /** The rule's id. */
  readonly rule: string;
  /** Id, ARN or name of the resource in AWS. @default every resource */
  readonly resource?: string;
  readonly reason: string;
  /** The last day on which it is accepted, YYYY-MM-DD. @default for ever */
  readonly until?: string;
}

export interface PolicyOptions {
  /** `mandatory` stops the update, `advisory` only tells. @default 'mandatory' */
  readonly enforcementLevel?: 'mandatory' | 'advisory';
  /** The mildest severity that is a violation. @default 'high' */
  readonly failOn?: 'high' | 'medium' | 'low' | 'info';
  /** Whether rules that cannot be decided are told, as violations too. @default 'silent' */
  readonly unknown?: 'silent' | 'report';
  /**
   * `account` when this stack is all there is in its account: what it does not declare is then not there. `stack` when
   * other stacks or people may have made more. @default 'account'
   */
  readonly scope?: 'account' | 'stack';
  /** Findings that are accepted. @default none */
  readonly ignore?: readonly Accepted[];
  /** The day it is judged on, ISO 8601. @default today */
  readonly today?: string;
}

/** One policy over the whole stack, named `underpin`; Pulumi's configuration of it wins over these options. */
export function underpin(options: PolicyOptions = {}): StackValidationPolicy {
  const { enforcementLevel = 'mandatory', today, ...settings } = options;
  // said here and not at the first preview
  settingsOf(settings);
  return {
    name: 'underpin',
    displayName: 'Underpin',
    description:
      'The stack has a sound structure: what it exposes, who may do what, and what survives the loss of a zone.',
    enforcementLevel,
    configSchema: {
      properties: {
        failOn: {
          type: 'string',
          enum: ['high', 'medium', 'low', 'info'],
          description: 'The mildest severity that is a violation',
        },
        unknown: { type: 'string', enum: ['silent', 'report'], description: 'Whether what cannot be decided is told' },
        scope: {
          type: 'string',
          enum: ['account', 'stack'],
          description: 'Whether the stack is all there is in its account',
        },
        ignore: {
          type: 'array',
          description: 'Findings that are accepted',
          items: {
            type: 'object',
            properties: {
              rule: { type: 'string' },
              resource: { type: 'string' },
              reason: { type: 'string', minLength: 1 },
              until: { type: 'string', description: 'The last day, YYYY-MM-DD' },
            },
            required: ['rule', 'reason'],
            additionalProperties: false,
          },
        },
      },
    },
    validateStack: ({ resources, getConfig }, reportViolation) => {
      const chosen = settingsOf({ ...settings, ...getConfig() });
      for (const { message, urn } of judge(resources, chosen, today ?? new Date().toISOString()))
        reportViolation(message, urn);
    },
  };
}
