import {
  BUCKET,
  BUCKET_POLICY,
  type ClosedBucketArgs,
  closedBucket,
} from '../../../blueprint/declared/closed-bucket.ts';
import { gathered, type Kind, kind, ofType, textOf } from './kind.ts';
import { statementsOf } from './service-role.ts';

const PARTS = /^aws:s3\/bucket(Policy|PublicAccessBlock|OwnershipControls|LifecycleConfiguration)?:/;

export const closedBucketKind: Kind = kind<ClosedBucketArgs>({
  name: 'ClosedBucket',
  form: 'component',
  find: (things) => {
    const buckets = new Set(things.flatMap(({ type, name }) => (type === BUCKET ? [name] : [])));
    return gathered(things, ({ type, name }) => (PARTS.test(type) && buckets.has(name) ? name : undefined));
  },
  args: (_name, children) => {
    const [itself] = ofType(children, BUCKET);
    const [policy] = ofType(children, BUCKET_POLICY);
    const bucket = textOf(itself, 'bucket');
    const [, ...writers] = statementsOf(textOf(policy, 'policy')) ?? [];
    const rules = children.find(({ type }) => type.endsWith(':BucketLifecycleConfiguration'))?.properties.rules;
    const days = /"expiration":\{"days":(\d+)\}/.exec(JSON.stringify(rules) ?? '')?.[1];
    if (bucket === undefined || days === undefined) return undefined;
    return { bucket, keepDays: Number(days), writers, forceDestroy: itself?.properties.forceDestroy === true };
  },
  declares: (name, args) => closedBucket(name, args),
  defaults: () => ({ writers: [], forceDestroy: false }),
  reach: (_name, { type }, output) =>
    type === BUCKET_POLICY ? `.policy.${output}` : type === BUCKET ? `.bucket.${output}` : undefined,
});
