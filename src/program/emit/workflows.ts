import type { Project } from './project.ts';

export function workflowFiles(_project: Project): readonly (readonly [string, string])[] {
  return [];
}
