/** What the emulator cannot hold of the example, and what is told in its place. */
import { pick } from '../../src/collect/pick.ts';
import { things } from './answers.ts';
import type { Responses } from './responses.ts';

/**
 * A part of an operation's answers that is the example's own: all of them; fields of the things that they list (`by`
 * is the things' name); or which things they list at all.
 */
export interface Lack {
  readonly of: string;
  readonly part:
    | 'all'
    | { readonly items: string; readonly by: string; readonly fields: readonly string[] }
    | { readonly items: string; readonly by: string; readonly only: 'listed' };
  readonly why: string;
}

/** Apart, since an audit of all the policies that AWS offers takes long. */
export const POLICIES: Lack = {
  of: 'iam:GetAccountAuthorizationDetails',
  part: { items: 'Policies[]', by: 'Arn', only: 'listed' },
  why: 'it lists all policies of AWS, and not those alone that are attached',
};

/** Beside the policies. */
export const LACKS: readonly Lack[] = [
  {
    of: 'iam:GetAccountAuthorizationDetails',
    part: { items: 'UserDetailList[]', by: 'UserName', fields: ['CreateDate'] },
    why: 'everything is as old as the test: nobody came years ago',
  },
  {
    of: 'iam:ListAccessKeys',
    part: { items: 'AccessKeyMetadata[]', by: 'AccessKeyId', fields: ['CreateDate'] },
    why: 'no key was made years ago',
  },
  { of: 'iam:GetAccessKeyLastUsed', part: 'all', why: 'no key was used years ago' },
  { of: 'iam:GetCredentialReport', part: 'all', why: 'no password was used years ago, and the root user is left out' },
  {
    of: 'elasticache:DescribeCacheClusters',
    part: { items: 'CacheClusters[]', by: 'CacheClusterId', fields: ['CacheNodes', 'SecurityGroups'] },
    why: 'its caches have neither addresses nor security groups',
  },
  { of: 'lambda:ListFunctionUrlConfigs', part: 'all', why: 'it does not know the operation' },
  { of: 'ssm:DescribeInstanceInformation', part: 'all', why: 'it does not know the operation' },
];

/** Rules that are about age: in the emulator everything is new. */
export const YOUNGER = ['access-key-old', 'access-key-unused', 'user-unused'];

/** What the emulator answered, with the example's word where it has none of its own. */
export function completed(here: Responses, lacks: readonly Lack[]): Responses {
  const responses = { ...here };
  for (const { of, part } of lacks) responses[of] = patched(of, part, responses[of] ?? []);
  return responses;
}

function patched(of: string, part: Lack['part'], answers: Responses[string]): Responses[string] {
  if (part === 'all') {
    const [{ account, region } = {}] = answers;
    return things(of).map(({ value, asked }) => ({ account, region, input: asked, output: objectIn(value) }));
  }
  const told = new Map(things(of, part.items).map((thing) => [thing.text(part.by), thing]));
  return answers.map((answer) => {
    const list = pick(answer.output, part.items.slice(0, -2))[0];
    if (!Array.isArray(list)) return answer;
    const kept = list.flatMap((one: object) => {
      const example = told.get(String(pick(one, part.by)[0]));
      if ('only' in part) return example ? [one] : [];
      return [{ ...one, ...example?.only(...part.fields) }];
    });
    return { ...answer, output: { ...answer.output, [part.items.slice(0, -2)]: kept } };
  });
}

const objectIn = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
