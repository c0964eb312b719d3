/**
 * Tags from the Resource Groups Tagging API, which tells those of all services at once, for resources whose own answer
 * holds none. It lists only what is or was tagged, so what it does not list stays unknown.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
import type { Resource } from '../estate/resource.ts';
import type { Answers } from './answers.ts';
import { type Tags, tagsIn, text } from './fields.ts';

export const TAGGING = 'resourcegroupstaggingapi:GetResources';

/** The resources, those without tags with what the tagging API tells. */
export function withTags(answers: Answers, resources: readonly Resource[]): readonly Resource[] {
  const byArn = new Map<string, Tags>();
  for (const item of answers.items(TAGGING, 'ResourceTagMappingList')) {
    const arn = text(item, 'ResourceARN');
    const tags = tagsIn(item);
    if (arn !== undefined && tags) byArn.set(arn, tags);
  }
  return resources.map((resource) => {
    const tags = resource.tags === undefined ? byArn.get(resource.arn ?? resource.id) : undefined;
    return tags ? { ...resource, tags, name: tags.Name || resource.name } : resource;
  });
}
