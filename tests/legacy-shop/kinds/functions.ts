import { answerTo } from '../answers.ts';
import { call, type Kind } from '../kind.ts';

export const FUNCTIONS: readonly Kind[] = [
  {
    of: ['lambda:ListFunctions', 'Functions[]'],
    calls: (made) => {
      const { FunctionName } = made.only('FunctionName');
      const policy: {
        readonly Statement: readonly { Sid: string; Principal: { Service: string }; Condition: object }[];
      } = JSON.parse(answerTo('lambda:GetPolicy', 'FunctionName', made.text('FunctionName')).text('Policy'));
      return [
        call('lambda:CreateFunction', {
          ...made.only(
            'FunctionName',
            'Role',
            'Runtime',
            'Handler',
            'Timeout',
            'MemorySize',
            'Environment',
            'Architectures',
          ),
          Tags: answerTo('lambda:GetFunction', 'FunctionName', made.text('FunctionName')).only('Tags').Tags,
          Code: { ZipFile: Buffer.from(ZIP, 'base64') },
        }),
        ...policy.Statement.map(({ Sid, Principal, Condition }) =>
          call('lambda:AddPermission', {
            FunctionName,
            StatementId: Sid,
            Action: 'lambda:InvokeFunction',
            Principal: Principal.Service,
            SourceArn: Object.values(Object.values(Condition)[0] ?? {})[0],
          }),
        ),
      ];
    },
  },
  {
    of: ['lambda:ListEventSourceMappings', 'EventSourceMappings[]'],
    calls: (source) =>
      source.asked.FunctionName === undefined
        ? []
        : [
            call(
              'lambda:CreateEventSourceMapping',
              { ...source.only('EventSourceArn', 'BatchSize'), FunctionName: source.asked.FunctionName },
              { UUID: source.text('UUID') },
            ),
          ],
  },
];

/** An empty zip file, as base64. */
const ZIP = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';
