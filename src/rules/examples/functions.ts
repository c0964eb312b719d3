/** Lambda functions of example inventories. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';

export const functionArn = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

export const lambda = (name: string, runtime: string, fields: Readonly<Record<string, unknown>> = {}): object => ({
  FunctionName: name,
  FunctionArn: functionArn(name),
  Runtime: runtime,
  Role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
  Handler: 'index.handler',
  MemorySize: 256,
  Timeout: 30,
  PackageType: 'Zip',
  Architectures: ['arm64'],
  ...fields,
});

export const functionAnswer = (...functions: readonly object[]): Example => ({
  'lambda:ListFunctions': { Functions: functions },
});
