/** Where the reader is, kept in the URL's hash: `#step=prod-database-closed&show=this&zone=eu-west-1a&finding=f3`. */

export type Mode = 'before' | 'this' | 'after';

export interface Place {
  /** 0 is today. */
  readonly step: number;
  readonly mode: Mode;
  /** Empty for none. */
  readonly zone: string;
  readonly finding: string;
}

export const START: Place = { step: 0, mode: 'after', zone: '', finding: '' };

const isMode = (text: string): text is Mode => text === 'before' || text === 'this' || text === 'after';

/** Undefined where the hash is a link within the page, and tells no place. */
export function readPlace(hash: string, steps: readonly string[]): Place | undefined {
  if (!hash.includes('=')) return undefined;
  const told = new URLSearchParams(hash.replace(/^#/, ''));
  const mode = told.get('show') ?? '';
  return {
    step: Math.max(0, steps.indexOf(told.get('step') ?? '')),
    mode: isMode(mode) ? mode : START.mode,
    zone: told.get('zone') ?? '',
    finding: told.get('finding') ?? '',
  };
}

export function writePlace(place: Place, steps: readonly string[]): string {
  const told = new URLSearchParams();
  if (place.step > 0) told.set('step', steps[place.step] ?? '');
  if (place.mode !== START.mode) told.set('show', place.mode);
  if (place.zone !== '') told.set('zone', place.zone);
  if (place.finding !== '') told.set('finding', place.finding);
  const text = told.toString();
  return text === '' ? '#today=' : `#${text}`;
}
