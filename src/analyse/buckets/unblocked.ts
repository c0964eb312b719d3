/** Buckets for which neither the account nor they themselves block public access in full. */
import { all as allOf, type Estate, memoised } from '../../estate/estate.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import type { Account, PublicAccessBlock } from '../../estate/kinds/places.ts';
import type { Missing } from '../verdict.ts';

export interface Unblocked {
  readonly all: readonly Bucket[];
  readonly off: readonly Bucket[];
  readonly untold: readonly Missing[];
}

const SETTINGS = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'] as const;

const byAccount: (estate: Estate) => ReadonlyMap<string, readonly Bucket[]> = memoised((estate) => {
  const found = new Map<string, Bucket[]>();
  for (const bucket of allOf(estate, 'bucket')) {
    const list = found.get(bucket.account);
    if (list) list.push(bucket);
    else found.set(bucket.account, [bucket]);
  }
  return found;
});

/** The settings of both together, each by itself: on, off, or not told. */
function together(own: PublicAccessBlock | null | undefined, account: PublicAccessBlock | null | undefined) {
  const states = SETTINGS.map((setting): boolean | undefined => {
    const values = [own, account].map((block) => (block === null ? false : block?.[setting]));
    if (values.includes(true)) return true;
    return values.includes(undefined) ? undefined : false;
  });
  return states.includes(false) ? 'off' : states.includes(undefined) ? 'untold' : 'on';
}

export function buckets(estate: Estate, account: Account): Unblocked {
  const all = byAccount(estate).get(account.id) ?? [];
  const states = all.map((bucket) => ({
    bucket,
    state: together(bucket.publicAccessBlock, account.publicAccessBlock),
  }));
  const untold = states.flatMap(({ bucket, state }): readonly Missing[] =>
    state === 'untold'
      ? [
          {
            operation:
              bucket.publicAccessBlock === undefined ? 's3:GetPublicAccessBlock' : 's3control:GetPublicAccessBlock',
            reason: 'whether public access is blocked is not in the input',
            resource: bucket.id,
          },
        ]
      : [],
  );
  return { all, off: states.flatMap(({ bucket, state }) => (state === 'off' ? [bucket] : [])), untold };
}
