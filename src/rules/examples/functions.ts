/** Lambda functions of example inventories. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';

export const lambda = (name: string, runtime: string): object => ({
  FunctionName: name,
  FunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
  Runtime: runtime,
  Role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
  Handler: 'index.handler',
  MemorySize: 256,
  Timeout: 30,
  PackageType: 'Zip',
  Architectures: ['arm64'],
});

export const functionAnswer = (...functions: readonly object[]): Example => ({
  'lambda:ListFunctions': { Functions: functions },
});
