import type { Answers } from '../../answers.ts';
import { tagsIn, text } from '../../fields.ts';
import { arn as arnOf } from '../../ids.ts';
import type { Item } from '../../item.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { isProperties } from '../../pulumi/recorded.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { optional, required, unwritten } from '../distributions.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:cloudfront/distribution:Distribution';

/** The one zone of all distributions. https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
const ZONE = 'Z2FDTNDATAQYW2';

export const adopter: Adopter = {
  name: 'distribution',
  types: [TYPE],
  operations: [
    'cloudfront:ListDistributions',
    'cloudfront:GetDistribution',
    'cloudfront:GetDistributionConfig',
    'cloudfront:ListTagsForResource',
  ],
  adopt: (answers) => [...found(answers)].map(([id, told]) => adopted(answers, id, told)),
};

interface Told {
  readonly summary: Item | undefined;
  /** All of its settings: a summary leaves some out. */
  readonly config: Item | undefined;
}

function found(answers: Answers): ReadonlyMap<string, Told> {
  const all = new Map<string, Told>();
  const add = (id: string | undefined, summary: Item | undefined, config: Item | undefined): void => {
    if (id === undefined) return;
    const known = all.get(id);
    all.set(id, { summary: known?.summary ?? summary, config: known?.config ?? config });
  };
  for (const { item } of answers.bodies('cloudfront:ListDistributions'))
    for (const one of item.item('DistributionList')?.items('Items') ?? []) add(text(one, 'Id'), one, undefined);
  for (const { item } of answers.bodies('cloudfront:GetDistribution')) {
    const one = item.item('Distribution');
    add(text(one, 'Id'), one, one?.item('DistributionConfig'));
  }
  for (const { item, entry } of answers.bodies('cloudfront:GetDistributionConfig'))
    add(typeof entry.input.Id === 'string' ? entry.input.Id : undefined, undefined, item.item('DistributionConfig'));
  return all;
}

function adopted(answers: Answers, id: string, { summary, config }: Told): Adoption {
  const item = summary ?? config;
  const account = item?.context.account ?? '';
  const arn = text(summary, 'ARN') ?? arnOf('cloudfront', '', account, `distribution/${id}`);
  const of: Whole = { kind: 'distribution', id: arn };
  if (item === undefined || config === undefined)
    return refused(TYPE, of, 'cloudfront:GetDistributionConfig was not read, and the list leaves settings out');
  const answer = answers.one('cloudfront:ListTagsForResource', 'Resource', arn, { account });
  const own = answer.state === 'read' ? tagsIn(answer.item.item('Tags'), 'Items') : undefined;
  const tags = tagged(answers, arn, own);
  const other = managed(TYPE, of, tags);
  if (other) return other;
  const more = unwritten(config);
  if (more.length > 0) return refused(TYPE, of, `it has ${more.join(', ')}, which is not written as a program yet`);
  const domainName = text(summary, 'DomainName');
  const needed = { ...required(config), domainName };
  if (!isKnown(needed)) return refused(TYPE, of, untold('cloudfront:GetDistributionConfig', needed));
  const { aliases, orderedCacheBehaviors, domainName: host, ...told } = needed;
  return {
    state: 'adopted',
    type: TYPE,
    name: tags.tags?.Name || aliases[0] || id,
    id,
    importId: id,
    inputs: said({
      ...told,
      aliases: aliases.length === 0 ? undefined : [...aliases].sort(),
      orderedCacheBehaviors: orderedCacheBehaviors.length === 0 ? undefined : orderedCacheBehaviors,
      ...optional(config),
      // no answer of AWS tells these two: they are what importing sets
      retainOnDelete: false,
      waitForDeployment: true,
      ...tags.inputs,
    }),
    outputs: { arn, domainName: host, hostedZoneId: ZONE, ...tags.outputs },
    ignoreChanges: [...secretsIn(told.origins), ...tags.ignoreChanges],
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
}

/** The places of header values, which are not known here. */
const secretsIn = (origins: readonly Properties[]): readonly string[] =>
  origins.flatMap((origin, n) =>
    Array.isArray(origin.customHeaders) && origin.customHeaders.some(isProperties)
      ? [`origins[${n}].customHeaders`]
      : [],
  );
