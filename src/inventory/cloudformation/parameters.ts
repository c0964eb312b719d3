/** Values of parameters: given by the user, else the template's defaults; and the pseudo parameters. */

import { REDACTED } from '../fields.ts';
import type { Value } from '../pulumi/recorded.ts';
import { UserError } from '../user-error.ts';
import { type Data, isFields, isList } from './document.ts';
import type { Template } from './template.ts';
import { isUnknown, NOTHING, type Result, textOf, UNKNOWN } from './values.ts';

/** A value, and whether it is only assumed: then it stands in names, but decides nothing. */
export interface Parameter {
  readonly value: Result;
  readonly assumed: boolean;
}

export interface ParameterValues {
  readonly values: ReadonlyMap<string, Parameter>;
  /** Parameters without a value. */
  readonly missing: readonly string[];
  /** Parameters whose default counts. */
  readonly defaults: readonly string[];
  /** Parameters that hold the name of one in Systems Manager, where the value is. */
  readonly lookedUp: readonly string[];
}

export const PSEUDO = [
  'AWS::AccountId',
  'AWS::Region',
  'AWS::Partition',
  'AWS::StackName',
  'AWS::URLSuffix',
  'AWS::StackId',
  'AWS::NotificationARNs',
  'AWS::NoValue',
] as const;

/** Used where nobody says it; in AWS's documentation this account is nobody's. */
export const ANY_ACCOUNT = '111122223333';
export const ANY_REGION = 'us-east-1';

export interface Where {
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly stack: string;
}

export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export function pseudoParameters(
  { account, region, stack }: Where,
  given: ReadonlyMap<string, Parameter>,
): ReadonlyMap<string, Parameter> {
  const assumedRegion = region === undefined;
  const [ownAccount, ownRegion] = [account ?? ANY_ACCOUNT, region ?? ANY_REGION];
  const partition = partitionOf(ownRegion);
  const sure = (value: Result): Parameter => ({ value, assumed: false });
  return new Map<string, Parameter>([
    ['AWS::AccountId', { value: ownAccount, assumed: account === undefined }],
    ['AWS::Region', { value: ownRegion, assumed: assumedRegion }],
    ['AWS::Partition', { value: partition, assumed: assumedRegion }],
    [
      'AWS::URLSuffix',
      { value: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com', assumed: assumedRegion },
    ],
    ['AWS::StackName', given.get('AWS::StackName') ?? { value: stack, assumed: true }],
    ['AWS::StackId', sure(UNKNOWN)],
    ['AWS::NotificationARNs', sure(UNKNOWN)],
    ['AWS::NoValue', sure(NOTHING)],
  ]);
}

/** `given` are the user's, or a parent stack's. Of a parent's nothing is asked again: AWS checks it. */
export function parameterValues(template: Template, given: ReadonlyMap<string, Parameter>): ParameterValues {
  const values = new Map<string, Parameter>();
  const [missing, defaults, lookedUp]: [string[], string[], string[]] = [[], [], []];
  for (const [name, data] of Object.entries(template.parameters)) {
    const declared = isFields(data) ? data : {};
    const type = typeof declared.Type === 'string' ? declared.Type : 'String';
    const said = given.get(name);
    const hidden = declared.NoEcho === true || declared.NoEcho === 'true';
    const elsewhere = type.startsWith('AWS::SSM::Parameter::Value');
    // a password that nobody says here is one all the same
    const secret = hidden && said === undefined && declared.Default === undefined;
    if (elsewhere) lookedUp.push(name);
    else if (said === undefined && declared.Default !== undefined) defaults.push(name);
    else if (said === undefined && !secret) missing.push(name);
    const raw: Result = secret ? REDACTED : (said?.value ?? scalar(declared.Default));
    values.set(name, {
      value: elsewhere ? UNKNOWN : typed(type, raw, hidden),
      assumed: secret || (said?.assumed ?? false),
    });
    if (said !== undefined && !hidden) check(template, name, declared.AllowedValues, said.value);
  }
  return { values, missing, defaults, lookedUp };
}

const scalar = (data: Data | undefined): Value =>
  typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean' ? data : UNKNOWN;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
function typed(type: string, raw: Result, hidden: boolean): Result {
  const text = textOf(raw);
  if (text === undefined) return isUnknown(raw) || raw === NOTHING ? UNKNOWN : raw;
  if (type === 'CommaDelimitedList' || type.startsWith('List<'))
    return text === '' ? [] : text.split(',').map((one) => one.trim());
  return hidden ? { $secret: text } : text;
}

function check(template: Template, name: string, allowed: Data | undefined, value: Result): void {
  const text = textOf(value);
  if (text === undefined || !isList(allowed) || allowed.some((one) => String(one) === text)) return;
  const { file, lineOf } = template.source;
  throw new UserError(`the parameter ${name} can not be "${text}"`, {
    file,
    path: `line ${lineOf(template.parameters, name)}`,
    expected: `one of: ${allowed.map(String).slice(0, 20).join(', ')}`,
    fix: `give one of them with --parameter ${name}=…`,
  });
}
