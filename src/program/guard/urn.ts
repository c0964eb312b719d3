/** Pulumi's names of resources: `urn:pulumi:live::shop::aws:ec2/vpc:Vpc::shop`. A name may hold `::` itself. */
export interface Urn {
  readonly stack: string;
  readonly project: string;
  /** Its own; of a part of a component the URN has the types of what holds it before that: `my:Net$aws:ec2/vpc:Vpc`. */
  readonly type: string;
  readonly name: string;
}

/** Undefined for what is no URN. https://www.pulumi.com/docs/iac/concepts/resources/names/#urns */
export function urnOf(text: string): Urn | undefined {
  if (!text.startsWith('urn:pulumi:')) return undefined;
  const [stack = '', project = '', type = '', ...name] = text.slice('urn:pulumi:'.length).split('::');
  if (stack === '' || project === '' || type === '' || name.length === 0) return undefined;
  return { stack, project, type: type.slice(type.lastIndexOf('$') + 1), name: name.join('::') };
}

export const ROOT = 'pulumi:pulumi:Stack';
