import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { isKnown, refused, untold } from '../needs.ts';

const TYPE = 'aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock';

/** The four switches over all buckets of an account; where it has none, there is nothing to declare. */
export const adopter: Adopter = {
  name: 'account-public-access-block',
  types: [TYPE],
  operations: ['s3control:GetPublicAccessBlock'],
  adopt: (answers) =>
    answers.bodies('s3control:GetPublicAccessBlock').map(({ item, entry }): Adoption => {
      const account = typeof entry.input.AccountId === 'string' ? entry.input.AccountId : item.context.account;
      const of: Whole = { kind: 'account', id: account };
      const block = item.item('PublicAccessBlockConfiguration');
      const needed = {
        blockPublicAcls: block?.boolean('BlockPublicAcls'),
        blockPublicPolicy: block?.boolean('BlockPublicPolicy'),
        ignorePublicAcls: block?.boolean('IgnorePublicAcls'),
        restrictPublicBuckets: block?.boolean('RestrictPublicBuckets'),
      };
      if (!isKnown(needed)) return refused(TYPE, of, untold(item.context.operation, needed));
      return {
        state: 'adopted',
        type: TYPE,
        name: 'account',
        id: account,
        importId: account,
        inputs: said({ accountId: account, ...needed }),
        outputs: {},
        ignoreChanges: [],
        protect: true,
        of,
        place: { account, region: item.context.region },
        source: item.source,
      };
    }),
};
