/** Shows one state of the picture: what is there, what the step does to it, what a lost zone leaves, what a proof lights. */
import { type ClientData, listOf } from '../client-data.ts';
import type { Mode } from './place.ts';

const SIGNS: Readonly<Record<string, string>> = { '+': 'added', '~': 'changed', '-': 'removed' };
const FATES: Readonly<Record<string, string>> = { l: 'lost', f: 'failover', u: 'unknown', s: 'unharmed' };
/** The worst first: a line that carries several connections shows what happens to the worst of them. */
const WORST = ['l', 'u', 'f', 's'];

interface Part {
  readonly element: Element;
  readonly key: string;
  /** Undefined: in all states. */
  readonly states: ReadonlySet<number> | undefined;
  readonly marks: ReadonlyMap<number, string>;
  readonly zone: string;
  readonly flows: readonly number[];
}

export interface Shown {
  readonly step: number;
  readonly mode: Mode;
  readonly zone: string;
  readonly lit: ReadonlySet<string>;
  readonly hop: ReadonlySet<string>;
}

export const stateShown = ({ step, mode }: Pick<Shown, 'step' | 'mode'>): number =>
  mode === 'before' ? Math.max(0, step - 1) : step;

export function statesIn(text: string | null): ReadonlySet<number> | undefined {
  if (text === null) return undefined;
  const states = new Set<number>();
  for (const part of text.split(',')) {
    const [from = 0, to = from] = part.split('-').map(Number);
    for (let state = from; state <= to; state++) states.add(state);
  }
  return states;
}

const marksIn = (text: string | null): ReadonlyMap<number, string> =>
  new Map((text ?? '').split(',').map((part) => [Number(part.slice(0, -1)), SIGNS[part.slice(-1)] ?? '']));

const numbersIn = (text: string | null): readonly number[] => (text === null ? [] : text.split(',').map(Number));

/** Reads the picture once; leaves the function that shows it. */
export function film(root: Element, zones: ClientData['zones']): (shown: Shown) => void {
  const parts = [...root.querySelectorAll('[data-k]')].map(
    (element): Part => ({
      element,
      key: element.getAttribute('data-k') ?? '',
      states: statesIn(element.getAttribute('data-in')),
      marks: marksIn(element.getAttribute('data-m')),
      zone: element.getAttribute('data-z') ?? '',
      flows: numbersIn(element.getAttribute('data-f')),
    }),
  );
  const fatesOf = new Map(zones.map(({ key, fates }) => [key, fates.map(listOf)]));
  return (shown) => {
    const state = stateShown(shown);
    const fates = fatesOf.get(shown.zone);
    root.classList.toggle('zoned', fates !== undefined);
    root.classList.toggle('lighted', shown.lit.size > 0);
    root.classList.toggle('marked', shown.mode === 'this' && shown.step > 0);
    for (const { element, key, states, marks, zone, flows } of parts) {
      const mark = shown.mode === 'this' ? (marks.get(shown.step) ?? '') : '';
      const there = states === undefined || states.has(state) || mark === 'removed';
      element.classList.toggle('off', !there);
      for (const sign of Object.values(SIGNS)) element.classList.toggle(sign, mark === sign);
      element.classList.toggle('down', fates !== undefined && zone === shown.zone);
      const worst = fates ? WORST.find((letter) => flows.some((flow) => fates[flow]?.[state] === letter)) : undefined;
      for (const [letter, name] of Object.entries(FATES)) element.classList.toggle(name, worst === letter);
      element.classList.toggle('lit', shown.lit.has(key));
      element.classList.toggle('hop', shown.hop.has(key));
    }
  };
}
