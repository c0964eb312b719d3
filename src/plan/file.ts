/** A plan as a file: written by `underpin plan --json`, read again by `underpin prove`, also after a person edited it. */
import { z } from 'zod';
import type { Value } from '../inventory/pulumi/recorded.ts';
import { Preferences } from './preferences.ts';
import type { Step } from './step.ts';

export const PLAN_FORMAT = 'underpin-plan/1';

const Json: z.ZodType<Value> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(Json), z.record(z.string(), Json)]),
);
const PropertiesShape = z.record(z.string(), Json);
const Named = { type: z.string().regex(/^[a-z][\w-]*:/, 'a type like aws:ec2/subnet:Subnet'), name: z.string().min(1) };
const EditShape = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('adopt'), ...Named, importId: z.string(), properties: PropertiesShape }),
  z.strictObject({
    op: z.literal('create'),
    ...Named,
    properties: PropertiesShape,
    region: z.string().optional(),
    importId: z.string().optional(),
    outputs: PropertiesShape.optional(),
  }),
  z.strictObject({
    op: z.literal('update'),
    ...Named,
    properties: PropertiesShape,
    follows: z.literal(true).optional(),
  }),
  z.strictObject({ op: z.literal('delete'), ...Named, keeps: z.literal(true).optional() }),
]);
const SecondsShape = { from: z.number().nonnegative(), to: z.number().nonnegative() };
const EffectShape = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('set'), kind: z.string(), id: z.string(), fields: z.record(z.string(), z.unknown()) }),
  z.strictObject({ op: z.literal('add'), resource: z.looseObject({ kind: z.string(), id: z.string() }) }),
  z.strictObject({ op: z.literal('remove'), kind: z.string(), id: z.string() }),
]);
const Because = z.string();
const Days = z.number().positive();
const QuestionShape = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('directReads'), bucket: z.string(), days: Days }),
  z.strictObject({ type: z.literal('pastCloudFront'), balancer: z.string(), hours: Days }),
  z.strictObject({ type: z.literal('requests'), balancer: z.string(), hours: Days }),
  z.strictObject({ type: z.literal('fromOutside'), vpc: z.string(), ports: z.array(z.number()), days: Days }),
  z.strictObject({ type: z.literal('keyUse'), key: z.string(), days: Days }),
  z.strictObject({ type: z.literal('refusedCalls'), roles: z.array(z.string()), days: Days }),
]);

export const StepShape = z.object({
  id: z.string().min(1),
  title: z.string(),
  kind: z.enum(['expand', 'contract', 'switch', 'act', 'watch']),
  move: z.string(),
  environment: z.string().nullable(),
  why: z.string(),
  edits: z.array(EditShape),
  actions: z.array(
    z.strictObject({ operation: z.string(), parameters: z.record(z.string(), z.unknown()), command: z.string() }),
  ),
  effects: z.array(EffectShape),
  gate: z.array(
    z.strictObject({
      type: z.enum(['inventory', 'query', 'person']),
      check: z.string(),
      query: z.string().optional(),
      asks: QuestionShape.optional(),
    }),
  ),
  duration: z.strictObject(SecondsShape),
  clientsNotice: z.strictObject({ ...SecondsShape, what: z.string() }),
  undo: z.strictObject({ how: z.string(), until: z.string(), exact: z.boolean() }),
  sources: z.array(
    z.strictObject({ claim: z.string(), url: z.string(), certainty: z.enum(['documented', 'composed', 'estimate']) }),
  ),
  successions: z.array(
    z.strictObject({
      from: z.string(),
      to: z.array(z.string()),
      only: z.literal('internet').optional(),
      agreed: z.literal(true).optional(),
      because: Because,
    }),
  ),
  copies: z.array(z.string()),
  declares: z.strictObject({
    exposes: z
      .array(z.strictObject({ resource: z.string(), cidrs: z.array(z.string()).optional(), because: Because }))
      .optional(),
    thinner: z.array(z.strictObject({ flow: z.string(), until: z.string() })).optional(),
    waysIn: z.array(z.string()).optional(),
    noLonger: z.array(z.string()).optional(),
    losesAccess: z.array(z.strictObject({ principal: z.string(), because: Because })).optional(),
    deletesData: z.array(z.strictObject({ resource: z.string(), because: Because })).optional(),
  }),
});

/** What `prove` needs of a plan; everything else in the file is for people and is worked out anew. */
export type PlanFile = z.infer<typeof PlanFile>;
export const PlanFile = z.object({
  format: z.literal(PLAN_FORMAT),
  input: z.array(z.object({ path: z.string() })),
  evidence: z.array(z.object({ path: z.string() })).default([]),
  preferences: Preferences,
  steps: z.array(StepShape),
  /** What the plan itself says is left at its end. */
  findingsAfter: z
    .array(z.object({ rule: z.string(), severity: z.string(), resources: z.array(z.object({ id: z.string() })) }))
    .default([]),
});

/** The shape of a step is the shape of a step: what was read is checked by the estate's own readers later. */
export const stepOf = (shape: z.infer<typeof StepShape>): Step => shape as unknown as Step;
