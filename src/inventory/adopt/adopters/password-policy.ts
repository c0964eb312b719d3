/**
 * The password policy of an account that has one of its own.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html
 */
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, refused, untold } from '../needs.ts';

const TYPE = 'aws:iam/accountPasswordPolicy:AccountPasswordPolicy';
const OPERATION = 'iam:GetAccountPasswordPolicy';

export const adopter: Adopter = {
  name: 'password-policy',
  types: [TYPE],
  operations: [OPERATION],
  // of an account a program may declare this and the block of public access, which is another adopter's
  observed: {
    account: ['name', 'aliases', 'organization', 'rootMfa', 'rootPassword', 'rootAccessKeys', 'rootLastUsed'],
  },
  adopt: (answers) =>
    answers.bodies(OPERATION).map(({ item }): Adoption => {
      const { account } = item.context;
      const of: Whole = { kind: 'account', id: account };
      const policy = item.item('PasswordPolicy');
      const needed = {
        minimumPasswordLength: policy?.number('MinimumPasswordLength'),
        requireLowercaseCharacters: policy?.boolean('RequireLowercaseCharacters'),
        requireNumbers: policy?.boolean('RequireNumbers'),
        requireSymbols: policy?.boolean('RequireSymbols'),
        requireUppercaseCharacters: policy?.boolean('RequireUppercaseCharacters'),
        allowUsersToChangePassword: policy?.boolean('AllowUsersToChangePassword'),
      };
      if (!isKnown(needed)) return refused(TYPE, of, untold(OPERATION, needed));
      return {
        state: 'adopted',
        type: TYPE,
        name: 'password-policy',
        id: 'iam-account-password-policy',
        importId: 'iam-account-password-policy',
        inputs: said({
          ...needed,
          // left out where passwords do not expire, and where old ones may come back
          hardExpiry: policy?.boolean('HardExpiry'),
          maxPasswordAge: policy?.number('MaxPasswordAge') || undefined,
          passwordReusePrevention: policy?.number('PasswordReusePrevention') || undefined,
        }),
        outputs: {},
        ignoreChanges: [],
        protect: false,
        of,
        place: placeOf(item),
        source: item.source,
      };
    }),
};
