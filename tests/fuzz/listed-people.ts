/** The same people as `manyPeople`, told by IAM's listings and by an answer for each of them instead of by the details. */
import { isMembers, type Json, type Members } from '../whole.ts';
import { arn, manyPeople } from './people.ts';

const DETAILS = 'iam:GetAccountAuthorizationDetails';

const objects = (value: Json | undefined): readonly Members[] => (Array.isArray(value) ? value.filter(isMembers) : []);
const member = (value: Json | undefined, key: string): Json | undefined => (isMembers(value) ? value[key] : undefined);
/** As the API writes a document, while the command line decodes it. */
const encoded = (document: Json | undefined): Json => encodeURIComponent(JSON.stringify(document));
const listing = (field: string, items: readonly Json[]): Members => ({
  output: { [field]: items, IsTruncated: false },
});

function form(word: 'User' | 'Group' | 'Role', details: readonly Members[]): Members {
  const key = `${word}Name`;
  const alone = (one: Members): Members => ({
    ...{ [key]: one[key] ?? '', Arn: one.Arn ?? '', Path: '/' },
    ...(word === 'Role' ? { AssumeRolePolicyDocument: encoded(one.AssumeRolePolicyDocument) } : {}),
  });
  const bounded = (one: Members): Members =>
    one.PermissionsBoundary === undefined ? {} : { PermissionsBoundary: one.PermissionsBoundary };
  const each = (answer: (one: Members) => Members): Json =>
    details.map((one) => ({ input: { [key]: one[key] ?? '' }, ...answer(one) }));
  const own = (one: Members): readonly Members[] => objects(one[`${word}PolicyList`]);
  return {
    [`iam:List${word}s`]: [listing(`${word}s`, details.map(alone))],
    ...(word === 'Group'
      ? {}
      : { [`iam:Get${word}`]: each((one) => ({ output: { [word]: { ...alone(one), ...bounded(one) } } })) }),
    [`iam:ListAttached${word}Policies`]: each((one) =>
      listing('AttachedPolicies', objects(one.AttachedManagedPolicies)),
    ),
    [`iam:List${word}Policies`]: each((one) =>
      listing(
        'PolicyNames',
        own(one).map(({ PolicyName = '' }) => PolicyName),
      ),
    ),
    [`iam:Get${word}Policy`]: details.flatMap((one) =>
      own(one).map(({ PolicyName = '', PolicyDocument }) => ({
        input: { [key]: one[key] ?? '', PolicyName },
        output: { [key]: one[key] ?? '', PolicyName, PolicyDocument: encoded(PolicyDocument) },
      })),
    ),
  };
}

function listed({ responses, ...rest }: Members): Members {
  const { [DETAILS]: answers, ...others } = isMembers(responses) ? responses : {};
  const details = member(objects(answers)[0], 'output');
  const users = objects(member(details, 'UserDetailList'));
  const policies = objects(member(details, 'Policies'));
  const groups = (names: Json | undefined): readonly Json[] =>
    (Array.isArray(names) ? names : []).map((name: Json) => ({
      GroupName: name,
      Arn: arn(`group/${name}`),
      Path: '/',
    }));
  return {
    ...rest,
    responses: {
      ...others,
      ...form('User', users),
      ...form('Group', objects(member(details, 'GroupDetailList'))),
      ...form('Role', objects(member(details, 'RoleDetailList'))),
      'iam:ListGroupsForUser': users.map(({ UserName = '', GroupList }) => ({
        input: { UserName },
        ...listing('Groups', groups(GroupList)),
      })),
      'iam:ListPolicies': [
        listing(
          'Policies',
          policies.map(({ PolicyVersionList: _, ...policy }) => policy),
        ),
      ],
      'iam:GetPolicyVersion': policies.map(({ Arn = '', PolicyVersionList }) => ({
        input: { PolicyArn: Arn, VersionId: 'v2' },
        output: {
          PolicyVersion: {
            ...{ VersionId: 'v2', IsDefaultVersion: true },
            Document: encoded(objects(PolicyVersionList)[0]?.Document),
          },
        },
      })),
    },
  };
}

export const listedPeople: Members = listed(manyPeople);
