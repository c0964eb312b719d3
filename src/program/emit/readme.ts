import type { Journey, Thing } from './journey.ts';
import type { Module } from './modules.ts';
import type { Project } from './project.ts';
import type { Secret } from './values.ts';

export function readmeFile(
  _journey: Journey,
  project: Project,
  _things: readonly Thing[],
  _secrets: readonly Secret[],
  _modules: readonly Module[],
): string {
  return `# ${project.name}\n`;
}
