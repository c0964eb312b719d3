/** Whether everybody on the internet gets at a bucket: policy and ACL, and what Block Public Access leaves of them. */
import type { CoverageEntry } from '../../estate/coverage.ts';
import { byId, type Estate, memoised } from '../../estate/estate.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import type { Account, PublicAccessBlock } from '../../estate/kinds/places.ts';
import type { Source } from '../../estate/source.ts';
import type { Hop, Missing } from '../verdict.ts';
import { DEEDS, type Deed, grantsToEverybody, leftToAccessPoints } from './everybody.ts';

export type BucketAccess =
  | {
      readonly answer: 'yes';
      readonly deeds: readonly Deed[];
      /** Only some folders of it. */
      readonly partly: boolean;
      /** Conditions that anybody can meet. */
      readonly weakly: readonly string[];
      readonly proof: readonly Hop[];
    }
  | { readonly answer: 'no' }
  | { readonly answer: 'unknown'; readonly missing: readonly Missing[] };

interface Way {
  readonly deeds: readonly Deed[];
  readonly partly: boolean;
  readonly weakly: readonly string[];
  readonly proof: readonly Hop[];
  /** The setting of Block Public Access that takes it away. */
  readonly closedBy: 'restrictPublicBuckets' | 'ignorePublicAcls';
}
interface Ways {
  readonly ways: readonly Way[];
  readonly missing: readonly Missing[];
}

export function bucketAccess(estate: Estate, bucket: Bucket): BucketAccess {
  const account = byId(estate, bucket.account);
  const blocks = blocksOf(estate, bucket, account?.kind === 'account' ? account : undefined);
  const found = [byPolicy(estate, bucket), byAcl(estate, bucket)];
  const open: Way[] = [];
  const missing: Missing[] = [];
  for (const way of found.flatMap(({ ways }) => ways)) {
    if (blocks.some(({ block }) => block?.[way.closedBy] === true)) continue;
    const untold = blocks.filter(({ block }) => block !== null && block?.[way.closedBy] === undefined);
    if (untold.length > 0) missing.push(...untold.map((one) => one.missing));
    else open.push({ ...way, proof: [...way.proof, ...blocks.map((one) => one.hop)] });
  }
  if (open.length > 0)
    return {
      answer: 'yes',
      deeds: DEEDS.filter((deed) => open.some((way) => way.deeds.includes(deed))),
      partly: open.every((way) => way.partly),
      weakly: open.every((way) => way.weakly.length > 0) ? [...new Set(open.flatMap((way) => way.weakly))] : [],
      proof: open
        .flatMap((way) => way.proof)
        .filter((hop, i, all) => all.findIndex((one) => one.detail === hop.detail) === i),
    };
  const closed = (setting: Way['closedBy']): boolean => blocks.some(({ block }) => block?.[setting] === true);
  const [policy, acl] = found;
  if (policy && !closed('restrictPublicBuckets')) missing.push(...policy.missing);
  if (acl && !closed('ignorePublicAcls')) missing.push(...acl.missing);
  return missing.length > 0 ? { answer: 'unknown', missing } : { answer: 'no' };
}

interface Block {
  readonly block: PublicAccessBlock | null | undefined;
  readonly missing: Missing;
  readonly hop: Hop;
}

/** The bucket's own, and the account's, which holds for every bucket of it. The stricter of the two decides. */
function blocksOf(estate: Estate, bucket: Bucket, account: Account | undefined): readonly Block[] {
  const of = (
    resource: string,
    name: string,
    block: PublicAccessBlock | null | undefined,
    operation: string,
    target: string,
  ): Block => {
    const provenance = answerSource(estate, operation, target);
    const by = 'PublicAccessBlockConfiguration';
    const detail =
      block === null ? `${name} has no Block Public Access` : `Block Public Access of ${name} lets it pass`;
    return {
      block,
      missing: { operation, reason: `whether ${name} blocks public access is not in the input`, resource },
      hop: { resource, by, code: 'fact', detail, ...(provenance ? { provenance } : {}) },
    };
  };
  return [
    of(bucket.id, 'the bucket', bucket.publicAccessBlock, 's3:GetPublicAccessBlock', `Bucket=${bucket.name}`),
    of(
      bucket.account,
      'the account',
      account?.publicAccessBlock,
      's3control:GetPublicAccessBlock',
      `AccountId=${bucket.account}`,
    ),
  ];
}

/** Where the answer to one request stands in the input. */
const answerSources = memoised((estate): ReadonlyMap<string, CoverageEntry> => {
  const entries = estate.coverage.entries.filter(
    ({ operation, target }) => target !== '' && /^s3(control)?:/.test(operation),
  );
  return new Map(entries.map((entry) => [`${entry.operation} ${entry.target}`, entry]));
});

function answerSource(estate: Estate, operation: string, target: string): Source | undefined {
  const entry = answerSources(estate).get(`${operation} ${target}`);
  return entry?.path === undefined ? undefined : { operation, file: entry.file, path: entry.path };
}

/** What AWS itself says of the policy stands above our reading of it. */
function byPolicy(estate: Estate, bucket: Bucket): Ways {
  const points =
    typeof bucket.policy === 'string' && leftToAccessPoints(bucket.policy)
      ? [needed(bucket, 's3control:ListAccessPoints', 'whom the access points of the bucket let in')]
      : [];
  const none: Ways = { ways: [], missing: points };
  if (bucket.policyIsPublic === false || bucket.policy === null) return none;
  const grants = bucket.policy === undefined ? undefined : grantsToEverybody(bucket.policy, bucket.id);
  const status: readonly Hop[] =
    bucket.policyIsPublic === true
      ? [
          about(
            estate,
            bucket,
            'PolicyStatus',
            's3:GetBucketPolicyStatus',
            'AWS itself says that the bucket policy is public',
          ),
        ]
      : [];
  if (grants === undefined || (grants.length === 0 && status.length > 0))
    return status.length > 0
      ? {
          ways: [{ deeds: [], partly: false, weakly: [], proof: status, closedBy: 'restrictPublicBuckets' }],
          missing: [],
        }
      : { ways: [], missing: [needed(bucket, 's3:GetBucketPolicy', 'a bucket policy that can be understood')] };
  return {
    ways: grants.map((grant) => ({
      deeds: grant.deeds,
      partly: !grant.everything,
      weakly: grant.weakly,
      proof: [
        about(
          estate,
          bucket,
          `Policy/Statement/${grant.index}`,
          's3:GetBucketPolicy',
          `${grant.statement} of the bucket policy allows everybody to ${grant.deeds.join(', ')}${grant.everything ? '' : ' in some folders'}`,
        ),
        ...status,
      ],
      closedBy: 'restrictPublicBuckets',
    })),
    missing: points,
  };
}

const GROUPS: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'everybody',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'everybody with an AWS account',
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions */
const DEEDS_OF_ACL: Readonly<Record<string, readonly Deed[]>> = {
  READ: ['list'],
  READ_ACP: ['inspect'],
  WRITE: ['write'],
  WRITE_ACP: ['write'],
  FULL_CONTROL: ['list', 'write', 'inspect'],
};

/** With the owner enforced, AWS does not look at ACLs at all. */
function byAcl(estate: Estate, bucket: Bucket): Ways {
  if (bucket.ownership === 'BucketOwnerEnforced') return { ways: [], missing: [] };
  if (bucket.acl === undefined)
    return { ways: [], missing: [needed(bucket, 's3:GetBucketAcl', 'the access control list of the bucket')] };
  const ways = bucket.acl.flatMap(({ grantee, permission }): readonly Way[] => {
    const who = GROUPS[grantee];
    const deeds = DEEDS_OF_ACL[permission];
    if (who === undefined || deeds === undefined) return [];
    const proof = [
      about(estate, bucket, 'Grants', 's3:GetBucketAcl', `the ACL of the bucket gives ${permission} to ${who}`),
    ];
    return [{ deeds, partly: false, weakly: [], proof, closedBy: 'ignorePublicAcls' }];
  });
  if (bucket.ownership === undefined)
    return {
      ways: [],
      missing: [needed(bucket, 's3:GetBucketOwnershipControls', 'whether ACLs count for the bucket')],
    };
  // whoever may write an object may give it an access list of its own, and no answer has those of all objects
  return {
    ways,
    missing: [needed(bucket, 's3:GetObjectAcl', 'whether the access list of some object lets everybody read it')],
  };
}

const needed = (bucket: Bucket, operation: string, what: string): Missing => ({
  operation,
  reason: `${what} is not in the input`,
  resource: bucket.id,
});

const about = (estate: Estate, bucket: Bucket, by: string, operation: string, detail: string): Hop => ({
  resource: bucket.id,
  by,
  code: 'fact',
  detail,
  provenance: answerSource(estate, operation, `Bucket=${bucket.name}`) ?? bucket.source,
});
