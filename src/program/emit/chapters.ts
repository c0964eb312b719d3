/** The journey in chapters: steps of one move in one environment that follow each other. */
import { moves } from '../../plan/moves/index.ts';
import type { Step } from '../../plan/step.ts';
import type { Journey } from './journey.ts';

export interface ChapterStep {
  readonly step: Step;
  /** Index in the journey. */
  readonly at: number;
  /** As the program calls it. */
  readonly name: string;
}

export interface Chapter {
  /** From 1. */
  readonly number: number;
  /** `dev: Private subnets, with a way out`. */
  readonly title: string;
  readonly about: string;
  /** The file that tells its steps: `journey/04-private-network-development.md`. */
  readonly file: string;
  readonly steps: readonly ChapterStep[];
}

export function chaptersOf({ steps, names }: Journey): readonly Chapter[] {
  const groups: ChapterStep[][] = [];
  steps.forEach((step, at) => {
    const last = groups.at(-1)?.at(-1)?.step;
    const entry = { step, at, name: names[at] ?? '' };
    if (last !== undefined && last.move === step.move && last.environment === step.environment)
      groups.at(-1)?.push(entry);
    else groups.push([entry]);
  });
  const digits = String(groups.length).length;
  return groups.flatMap((entries, n) => {
    const [first] = entries;
    if (first === undefined) return [];
    const { move, environment } = first.step;
    const known = moves.find(({ name }) => name === move);
    const title = known?.title ?? move;
    const words = [move, ...(environment === null ? [] : [environment])].join('-').replace(/[^A-Za-z0-9]+/g, '-');
    return [
      {
        number: n + 1,
        title: environment === null ? title : `${environment}: ${title}`,
        about: known?.about ?? '',
        file: `journey/${String(n + 1).padStart(digits, '0')}-${words}.md`,
        steps: entries,
      },
    ];
  });
}
