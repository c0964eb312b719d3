import { describe, expect, it } from 'vitest';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './function.ts';

const ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:resize`;
const now = { FunctionName: 'resize', FunctionArn: ARN, Version: '$LATEST', Role: 'arn:aws:iam::1:role/new' };
const version = (more: object = {}) => ({ ...now, FunctionArn: `${ARN}:7`, Version: '7', ...more });
const about = (output: object) => [{ input: { FunctionName: 'resize' }, output }];
const listed = { 'lambda:ListFunctions': { Functions: [now] } };
const read = (more: Parameters<typeof answersOf>[0] = {}) =>
  reader.read(answersOf({ ...listed, ...more })).find(({ kind }) => kind === 'function');
const alias = (FunctionVersion: string) => about({ Aliases: [{ Name: 'live', FunctionVersion }] });

describe('names that a function is called by', () => {
  it('are its aliases and what event sources and URLs name, and none where the aliases were listed', () => {
    expect(read({ 'lambda:ListAliases': alias('7') })).toMatchObject({ qualifiers: ['live'] });
    const mapping = (FunctionArn: string) => ({ EventSourceMappings: [{ UUID: 'u', FunctionArn }] });
    expect(read({ 'lambda:ListEventSourceMappings': mapping(`${ARN}:7`) })).toMatchObject({ qualifiers: ['7'] });
    expect(
      read({
        'lambda:ListFunctionUrlConfigs': about({
          FunctionUrlConfigs: [{ FunctionArn: `${ARN}:live`, FunctionUrl: 'u' }],
        }),
      }),
    ).toMatchObject({ qualifiers: ['live'] });
    const none = { 'lambda:ListAliases': about({ Aliases: [] }) };
    expect(read(none)).toMatchObject({ qualifiers: [] });
    expect(read({ ...none, 'lambda:ListEventSourceMappings': mapping(`${ARN}:$LATEST`) })).toMatchObject({
      qualifiers: [],
    });
  });

  it('are not known where the aliases were not listed, and an alias of the function as it is now is none', () => {
    expect(read()).not.toHaveProperty('qualifiers');
    expect(read({ 'lambda:ListAliases': about({}) })).not.toHaveProperty('qualifiers');
    expect(read({ 'lambda:ListAliases': alias('$LATEST') })).toMatchObject({ qualifiers: [] });
  });

  it('lead to versions, each with its role, that are alike only where they are seen to reach nothing else', () => {
    const published = (more: object, function_: object = now) =>
      read({
        'lambda:ListFunctions': { Functions: [function_] },
        'lambda:ListAliases': alias('7'),
        'lambda:ListVersionsByFunction': about({ Versions: [now, version(more)] }),
      });
    const old = 'arn:aws:iam::1:role/old';
    const found = (isAlike: boolean, role: string = now.Role) => ({
      versions: [{ version: '7', aliases: ['live'], role, isAlike }],
    });
    expect(published({})).toMatchObject(found(true));
    expect(published({ Role: old })).toMatchObject(found(true, old));
    expect(published({ VpcConfig: { SubnetIds: ['subnet-1'] } })).toMatchObject(found(false));
    expect(published({ VpcConfig: { SubnetIds: [] } })).toMatchObject(found(true));
    const naming = (host: string) => ({ Environment: { Variables: { DB_HOST: host } } });
    expect(published(naming('db.example.com'))).toMatchObject(found(false));
    expect(published({ Environment: { Error: {} } })).toMatchObject(found(false));
    expect(published(naming('db.example.com'), { ...now, ...naming('db.example.com') })).toMatchObject(found(true));
    const unread = { versions: [{ version: '7', aliases: ['live'], role: undefined, isAlike: false }] };
    expect(read({ 'lambda:ListAliases': alias('7') })).toMatchObject(unread);
    expect(read()).not.toHaveProperty('versions');
  });
});

it('what is told of a published version is not taken for the function', () => {
  const old = version({ Role: 'arn:aws:iam::1:role/old' });
  const answers = {
    'lambda:GetFunctionConfiguration': [{ input: { FunctionName: 'resize', Qualifier: '7' }, output: old }],
  };
  expect(read(answers)).toMatchObject({ id: ARN, role: { id: now.Role } });
  expect(reader.read(answersOf(answers))).toMatchObject([{ id: ARN, role: { id: old.Role } }]);
});
