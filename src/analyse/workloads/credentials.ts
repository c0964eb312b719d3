/** Credentials written out in clear text where a workload is described. Names only: values never enter the estate. */
import type { Estate } from '../../estate/estate.ts';
import { all, find, memoised } from '../../estate/estate.ts';
import type {
  EnvironmentFact,
  Instance,
  LambdaFunction,
  LaunchTemplate,
  TaskDefinition,
} from '../../estate/kinds/compute.ts';

export interface WrittenCredential {
  /** The container it stands in; null where there is none. */
  readonly container: string | null;
  readonly variable: string;
}

export type CredentialPlace = TaskDefinition | LambdaFunction | Instance | LaunchTemplate;

/** How each place is called, and the operation that tells what stands in it. */
export const PLACES: Readonly<Record<CredentialPlace['kind'], { readonly text: string; readonly operation: string }>> =
  {
    taskDefinition: { text: 'task definition', operation: 'ecs:DescribeTaskDefinition' },
    function: { text: 'function', operation: 'lambda:GetFunctionConfiguration' },
    instance: { text: 'the user data of instance', operation: 'ec2:DescribeInstanceAttribute' },
    launchTemplate: { text: 'the user data of launch template', operation: 'ec2:DescribeLaunchTemplateVersions' },
  };

interface Part {
  readonly container: string | null;
  readonly facts: readonly EnvironmentFact[] | undefined;
}

function partsOf(place: CredentialPlace): readonly Part[] | undefined {
  switch (place.kind) {
    case 'taskDefinition':
      return place.containers?.map(({ name, environment }) => ({ container: name, facts: environment }));
    case 'function':
      return [{ container: null, facts: place.environment }];
    case 'instance':
    case 'launchTemplate':
      return [{ container: null, facts: place.userData }];
  }
}

export interface WrittenCredentials {
  readonly found: readonly WrittenCredential[];
  /** Whether every part of the place was read. */
  readonly complete: boolean;
}

export function writtenCredentials(place: CredentialPlace): WrittenCredentials {
  const parts = partsOf(place);
  const found = (parts ?? []).flatMap(({ container, facts }) =>
    (facts ?? [])
      .filter(({ credential }) => credential === 'literal')
      .map(({ name }) => ({ container, variable: name })),
  );
  return { found, complete: parts?.every(({ facts }) => facts !== undefined) ?? false };
}

/** The instances that were launched with a template, by the template's id, as far as a group of instances tells it. */
export const launchedWith: (estate: Estate) => ReadonlyMap<string, readonly Instance[]> = memoised((estate) => {
  const templates = new Map<string, Instance[]>();
  const instances = new Map(all(estate, 'instance').map((instance) => [instance.id as string, instance]));
  const grouped = new Map<string, Set<string>>();
  const add = (group: string, instance: string): void => {
    const members = grouped.get(group) ?? new Set<string>();
    grouped.set(group, members.add(instance));
  };
  for (const instance of instances.values())
    if (instance.autoScalingGroup) add(instance.autoScalingGroup.id, instance.id);
  for (const group of all(estate, 'autoScalingGroup')) {
    for (const ref of group.instances ?? []) add(group.id, ref.id);
    const template = find(estate, group.launchTemplate);
    if (!template) continue;
    const members = [...(grouped.get(group.id) ?? [])].sort().flatMap((id) => instances.get(id) ?? []);
    templates.set(template.id, [...(templates.get(template.id) ?? []), ...members]);
  }
  return templates;
});

const same = (a: readonly WrittenCredential[], b: readonly WrittenCredential[]): boolean =>
  a
    .map(({ variable }) => variable)
    .sort()
    .join('\n') ===
  b
    .map(({ variable }) => variable)
    .sort()
    .join('\n');

/** Instances that only repeat what their launch template says. */
export const repeatsTemplate: (estate: Estate) => ReadonlySet<string> = memoised((estate) => {
  const repeating = new Set<string>();
  for (const template of all(estate, 'launchTemplate')) {
    const { found } = writtenCredentials(template);
    if (found.length === 0) continue;
    for (const instance of launchedWith(estate).get(template.id) ?? [])
      if (same(writtenCredentials(instance).found, found)) repeating.add(instance.id);
  }
  return repeating;
});
