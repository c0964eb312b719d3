/** Tags as arguments. */
import { Answers } from '../answers.ts';
import { REDACTED, type Tags, tagsIn, text } from '../fields.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { TAGGING } from '../tagging.ts';

export interface Tagged {
  readonly tags: Tags | undefined;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly ignoreChanges: readonly string[];
}

/**
 * Tags that were not read stay as they are, and read back as not known. AWS's own tags (`aws:…`) are nobody's to
 * declare, but they are there. https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 *
 * With answers and an ARN, what the thing's own answer does not tell is taken from the tagging API, as in the estate.
 */
export function tagged(tags: Tags | undefined): Tagged;
export function tagged(answers: Answers, arn: string, own: Tags | undefined): Tagged;
export function tagged(first: Answers | Tags | undefined, arn?: string, own?: Tags): Tagged {
  if (first instanceof Answers) return written(own ?? byArn(first).get(arn ?? ''));
  return written(first);
}

function written(tags: Tags | undefined): Tagged {
  if (tags === undefined)
    return { tags, inputs: {}, outputs: { tagsAll: { $unknown: true } }, ignoreChanges: ['tags', 'tagsAll'] };
  const own = Object.entries(tags).filter(([name]) => !name.startsWith('aws:'));
  return {
    tags,
    inputs: own.length > 0 ? { tags: Object.fromEntries(own) } : {},
    outputs: own.length < Object.keys(tags).length ? { tagsAll: tags } : {},
    // what was hidden must not be written back
    ignoreChanges: own.some(([, value]) => value.includes(REDACTED)) ? ['tags', 'tagsAll'] : [],
  };
}

/** As `tagged`, of tags that are already joined with the tagging API's. */
export const declaredTags = (tags: Tags | undefined): Tagged => written(tags);

/**
 * Who else manages a thing, by the tags that they put on it (`the CloudFormation stack shop`); undefined when no tag names
 * anybody. What they manage is theirs to change, and not a program's.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.tagging.html
 * https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 */
export function managerOf(tags: Tags | undefined): string | undefined {
  if (tags === undefined) return undefined;
  const found = MANAGERS.find(([tag]) => tags[tag] !== undefined);
  if (found) return `${found[1]} ${tags[found[0]]}`;
  const cluster = ownedByCluster(tags);
  return cluster === undefined ? undefined : `the EKS cluster ${cluster}`;
}

/** The same as a sentence. */
export function keptBy(tags: Tags | undefined): string | undefined {
  const manager = managerOf(tags);
  return manager === undefined ? undefined : `${manager} manages it`;
}

const MANAGERS: readonly (readonly [tag: string, who: string])[] = [
  ['aws:cloudformation:stack-name', 'the CloudFormation stack'],
  ['aws:autoscaling:groupName', 'the Auto Scaling group'],
  ['elasticbeanstalk:environment-name', 'the Elastic Beanstalk environment'],
  ['aws:eks:cluster-name', 'the EKS cluster'],
  ['eks:cluster-name', 'the EKS cluster'],
];

/** `shared` marks what a cluster only uses. */
function ownedByCluster(tags: Tags): string | undefined {
  const prefix = 'kubernetes.io/cluster/';
  const key = Object.keys(tags)
    .sort()
    .find((name) => name.startsWith(prefix) && tags[name] === 'owned');
  return key?.slice(prefix.length);
}

const indexes = new WeakMap<Answers, ReadonlyMap<string, Tags>>();

function byArn(answers: Answers): ReadonlyMap<string, Tags> {
  const known = indexes.get(answers);
  if (known) return known;
  const found = answers.items(TAGGING, 'ResourceTagMappingList').flatMap((item): [string, Tags][] => {
    const [arn, tags] = [text(item, 'ResourceARN'), tagsIn(item)];
    return arn === undefined || tags === undefined ? [] : [[arn, tags]];
  });
  const index = new Map(found);
  indexes.set(answers, index);
  return index;
}
