/** Every command, in the order of the help. Loaded when asked for, so that the command line starts fast. */
import type { Command } from '../command.ts';

export const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map<string, () => Promise<Command>>([
  ['run', async () => (await import('./run.ts')).run],
  ['collect', async () => (await import('./collect.ts')).collect],
  ['audit', async () => (await import('./audit.ts')).audit],
  ['reach', async () => (await import('./reach.ts')).reach],
  ['exposure', async () => (await import('./exposure.ts')).exposure],
  ['access', async () => (await import('./access.ts')).access],
  ['survive', async () => (await import('./survive.ts')).survive],
  ['cost', async () => (await import('./cost.ts')).cost],
  ['plan', async () => (await import('./plan.ts')).plan],
  ['prove', async () => (await import('./prove.ts')).prove],
  ['report', async () => (await import('./report.ts')).report],
  ['program', async () => (await import('./program.ts')).program],
  ['guard', async () => (await import('./guard.ts')).guard],
  ['verify', async () => (await import('./verify.ts')).verify],
  ['diff', async () => (await import('./diff.ts')).diff],
  ['draw', async () => (await import('./draw.ts')).draw],
]);
