/** What an adopter makes of answers, in small. Not part of the product. */
import { answersOf } from '../testing.ts';
import type { Adopted, Adopter } from './adopter.ts';

type Given = Parameters<typeof answersOf>[0];

export const adoptedBy = (adopter: Adopter, given: Given): readonly Adopted[] =>
  adopter.adopt(answersOf(given)).filter((one) => one.state === 'adopted');

/** Why each of the others was not adopted. */
export const refusedBy = (adopter: Adopter, given: Given): readonly string[] =>
  adopter.adopt(answersOf(given)).flatMap((one) => (one.state === 'unadopted' ? [one.because] : []));
