/** `steps.ts`: the journey, as the program and its readers see it. */
import type { Step } from '../../plan/step.ts';
import type { Journey } from './journey.ts';
import { span } from './say.ts';
import { commented, quoted } from './text.ts';

export function stepsFile({ steps, names }: Journey): string {
  const entries = steps.map((step, n) =>
    [...aboutStep(step).map((text) => `  // ${text}`), `  ${quoted(names[n] ?? '')},`].join('\n'),
  );
  return `import { defineSteps } from 'underpin/timeline';

/**
 * The journey, step by step. \`pulumi config set step NAME\` goes forward or back; \`pulumi up\` then does what the step is.
 * Each was proven on its own and in this order. README.md tells how to go one, and what must be seen before the next.
 */
export const steps = defineSteps([
${entries.join('\n\n')}
]);
`;
}

/** Its title, what it is by kind, what clients notice, what must be seen before the next. */
function aboutStep(step: Step): readonly string[] {
  const { clientsNotice: notice, gate } = step;
  const seconds = notice.to === 0 ? '' : ` (${span(notice)})`;
  return [
    `${commented(step.title)}.`.replace(/\.\.$/, '.'),
    `Clients: ${commented(notice.what)}${seconds}`,
    ...gate.map(({ check }) => `Then: ${commented(check)}`),
  ];
}
