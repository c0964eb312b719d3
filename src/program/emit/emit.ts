/** A journey -> the files of a Pulumi project. Pure: the same journey gives the same bytes. */

import { provenText } from '../guard/file.ts';
import { provenOf } from '../guard/proven.ts';
import { environmentsOf } from './environments.ts';
import { EmitError } from './error.ts';
import { type Journey, type Thing, thingsOf } from './journey.ts';
import { journeyFiles } from './journey-files.ts';
import { layoutOf, type Module } from './modules.ts';
import { variablesOf } from './names.ts';
import { programOf } from './program.ts';
import { type Project, projectFiles } from './project.ts';
import { profilesOf, providersOf } from './providers.ts';
import { readmeFile } from './readme.ts';
import { type ResourceScope, statementOf } from './resource.ts';
import { guardFile, indexFile, providersFile, settingsFile } from './small-files.ts';
import { sourceOf, type Written } from './source.ts';
import { stepsFile } from './steps-file.ts';
import type { Secret } from './values.ts';
import { workflowFiles } from './workflows.ts';

export interface Emitted {
  /** By path within the project, sorted. */
  readonly files: ReadonlyMap<string, string>;
  readonly project: Project;
  readonly things: readonly Thing[];
  readonly secrets: readonly Secret[];
  /** Settings that name credentials for other accounts. */
  readonly profiles: readonly string[];
}

/** Throws `EmitError` where a plan says what no program can. */
export function emit(journey: Journey, project: Project): Emitted {
  if (journey.steps.length === 0) throw new EmitError('the plan has no steps, so there is nothing to write');
  const things = thingsOf(journey);
  const program = programOf(things);
  const { references } = program;
  const { modules, links } = layoutOf(program.things, program.links, environmentsOf(journey, program.things));
  const variables = variablesOf(program.things);
  const secrets = new Map<string, Secret>();
  const scope: ResourceScope = {
    references,
    links,
    variables,
    secrets,
    names: journey.names,
    place: journey.today.place,
    kinds: program.kinds,
  };
  const moduleOf = new Map(modules.flatMap((module) => module.things.map((thing) => [thing, module] as const)));
  const written = new Map(
    modules.map((module) => [
      module,
      module.things.map(
        (thing): Written => ({ ...statementOf(thing, scope), thing, variable: variables.get(thing) ?? '' }),
      ),
    ]),
  );
  const { used, shared } = usedIn(written, moduleOf);
  const sources = [...written].map(
    ([module, statements]) =>
      [`${module.path}.ts`, sourceOf(module, statements, variables, { used, shared, moduleOf })] as const,
  );
  const providers = providersOf(things, journey.today.place);
  const profiles = profilesOf(providers, journey.today.place);
  const found = [...secrets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = [
    ...sources,
    ['index.ts', indexFile(modules)] as const,
    ['steps.ts', stepsFile(journey)] as const,
    ...(things.some(({ adopted }) => adopted) ? [['guard.ts', guardFile()] as const] : []),
    ...(providers.length > 0 ? [['providers.ts', providersFile(providers, journey.today.place)] as const] : []),
    ...(found.length > 0 || profiles.length > 0 ? [['settings.ts', settingsFile()] as const] : []),
    ...projectFiles(project, journey),
    ['README.md', readmeFile(journey, project, { things, secrets: found, profiles, modules })] as const,
    ...journeyFiles(journey, project, things),
    ['proven.json', provenText(provenOf(journey, things, project))] as const,
    ...workflowFiles(project, journey.today.place),
  ];
  return {
    files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    project,
    things,
    secrets: found,
    profiles,
  };
}

function usedIn(
  written: ReadonlyMap<Module, readonly Written[]>,
  moduleOf: ReadonlyMap<Thing, Module>,
): { readonly used: ReadonlySet<Thing>; readonly shared: ReadonlySet<Thing> } {
  const used = new Set<Thing>();
  const shared = new Set<Thing>();
  for (const [module, statements] of written)
    for (const { uses } of statements)
      for (const thing of uses.things) {
        used.add(thing);
        if (moduleOf.get(thing) !== module) shared.add(thing);
      }
  return { used, shared };
}
