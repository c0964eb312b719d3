import { diagnosePolicies, type PolicyDiagnosis, untoldPolicies } from '../../../analyse/access/diagnose.ts';
import { type Estate, memoised } from '../../../estate/estate.ts';
import { fact } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const byHolder: (estate: Estate) => ReadonlyMap<string, readonly PolicyDiagnosis[]> = memoised((estate) => {
  const found = new Map<string, PolicyDiagnosis[]>();
  for (const one of diagnosePolicies(estate)) {
    const list = found.get(one.holder.id);
    if (list) list.push(one);
    else found.set(one.holder.id, [one]);
  }
  return found;
});

/** AWS refuses a policy without these, so it holds none: whoever wrote the policy wrote them, and the input lost them. */
const LEFT_OUT: ReadonlySet<PolicyDiagnosis['code']> = new Set([
  'noStatement',
  'missingEffect',
  'missingAction',
  'missingResource',
  'missingPrincipal',
]);

const policy = (Action: string) => ({
  'iam:GetAccountAuthorizationDetails': {
    IsTruncated: false,
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [
      {
        PolicyName: 'read-reports',
        Arn: 'arn:aws:iam::111122223333:policy/read-reports',
        DefaultVersionId: 'v1',
        PolicyVersionList: [
          {
            VersionId: 'v1',
            IsDefaultVersion: true,
            Document: JSON.stringify({
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::reports/*' }],
            }),
          },
        ],
      },
    ],
  },
});

export const rule = defineRule({
  id: 'policy-mistaken',
  problem: 7,
  severity: 'low',
  title: 'A policy does not say what its author meant',
  why: 'AWS takes an action that does not exist without a word, and it then allows, or forbids, nothing. Whoever wrote it believes that something is permitted or denied that is not.',
  fix: 'Correct the spelling or the form; Access Analyzer checks a policy as you write it.',
  fixedBy: ['service-roles', 'people'],
  subject: ['policy', 'user', 'group', 'role', 'bucket', 'queue', 'topic', 'secret', 'key', 'function'],
  needs: ['iam:GetAccountAuthorizationDetails'],
  messages: { mistaken: '{name}: {what}' },
  check(holder, estate) {
    // AWS's own policies name services that it has retired since; nobody can mend them
    if (holder.kind === 'policy' && holder.awsManaged === true) return { state: 'notApplicable' };
    const all = byHolder(estate).get(holder.id) ?? [];
    const problems = all.filter(({ code }) => !LEFT_OUT.has(code));
    const [first] = problems;
    if (first)
      return {
        state: 'fail',
        message: 'mistaken',
        data: {
          name: holder.name,
          what: `${first.message}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`,
        },
        proof: problems.map(({ message, policy: name, statement }) =>
          fact(holder, '', `${name}${statement === null ? '' : `, statement ${statement + 1}`}: ${message}`),
        ),
        severity: problems.some(({ severity }) => severity === 'broken') ? 'medium' : 'low',
      };
    const open = [
      ...all.map(({ message, policy: name }) => ({
        operation: holder.source.operation,
        reason: `AWS takes no such policy as ${name} in the input, so a part of it is missing there: ${message}`,
        resource: holder.id,
      })),
      ...(untoldPolicies(estate).get(holder.id) ?? []),
    ];
    if (open.length > 0) return { state: 'unknown', missing: open };
    return { state: 'pass' };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html'],
  examples: { bad: policy('s3:GetObjekt'), good: policy('s3:GetObject') },
});
