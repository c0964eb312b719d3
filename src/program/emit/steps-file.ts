/** `steps.ts`: the journey, as the program and its readers see it. */
import { NOTHING_NOTICED, type Step } from '../../plan/step.ts';
import { chaptersOf } from './chapters.ts';
import type { Journey } from './journey.ts';
import { span } from './say.ts';
import { commented, quoted } from './text.ts';

export function stepsFile(journey: Journey): string {
  const entries = chaptersOf(journey).map(({ number, title, steps }) =>
    [
      `  // ---- ${number} ${commented(title)} ----`,
      ...steps.map(({ step, name }) =>
        [...aboutStep(step).map((text) => `  // ${text}`), `  ${quoted(name)},`].join('\n'),
      ),
    ].join('\n\n'),
  );
  return `import { defineSteps } from 'underpin/timeline';

/**
 * The journey, step by step. \`pulumi config set step NAME\` goes forward or back; \`pulumi up\` then does what the step is.
 * Each was proven on its own and in this order. README.md tells how to go one, JOURNEY.md and its chapters all about each.
 * Where nothing is said of clients, they notice nothing that we know of.
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
    ...(notice.to === 0 && notice.what === NOTHING_NOTICED.what
      ? []
      : [`Clients: ${commented(notice.what)}${seconds}`]),
    ...gate.map(({ check }) => `Then: ${commented(check)}`),
  ];
}
