/** Recordings made by hand, for tests: what a program would have declared. */
import type { Properties, RecordedResource, Recording, Value } from './recorded.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1' };

export interface Draft {
  readonly type: string;
  readonly name: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  readonly kind?: RecordedResource['kind'];
  readonly id?: string;
  /** A component of another language. */
  readonly remote?: boolean;
}

/** `aws('ec2/vpc:Vpc', 'main', { cidrBlock })`: its id is `main-id` unless the outputs say otherwise. */
export const aws = (type: string, name: string, inputs: Properties = {}, outputs: Properties = {}): Draft => ({
  type: `aws:${type}`,
  name,
  inputs,
  outputs,
});

export function recordingOf(...drafts: readonly Draft[]): Recording {
  return {
    folder: 'infra',
    project: 'shop',
    stack: 'prod',
    place: { ...PLACE, assumed: [] },
    resources: drafts.map(resource).sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    invokes: [],
    outputs: {},
    problems: [],
  };
}

const resource = (draft: Draft, n: number): RecordedResource => ({
  urn: `urn:pulumi:prod::shop::${draft.type}::${draft.name}`,
  type: draft.type,
  name: draft.name,
  kind: draft.kind ?? 'declared',
  parent: undefined,
  custom: draft.remote !== true,
  remote: draft.remote ?? false,
  id: draft.id ?? `${draft.name}-id`,
  inputs: draft.inputs ?? {},
  outputs: { ...draft.inputs, ...draft.outputs },
  dependencies: [],
  propertyDependencies: {},
  options: {},
  position: { file: 'index.ts', line: n + 1, column: 1 },
  place: PLACE,
});

export const UNKNOWN: Value = { $unknown: true };
export const secret = (value: Value): Value => ({ $secret: value });
