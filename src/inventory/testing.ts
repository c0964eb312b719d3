/** Answers in small, for the readers' tests. Not part of the product. */
import { Answers } from './answers.ts';
import type { Entry } from './entry.ts';
import { statusOfError } from './entry.ts';

interface Request {
  readonly input?: Readonly<Record<string, unknown>>;
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message?: string };
  readonly account?: string;
  readonly region?: string;
}

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/**
 * Answers from operation to the answer's body, or to a list of requests with `input` and `output` or `error`.
 * Account 111122223333 and region eu-west-1 unless a request says otherwise.
 */
export function answersOf(operations: Readonly<Record<string, object | readonly Request[]>>): Answers {
  return new Answers(
    Object.entries(operations).flatMap(([operation, given]) =>
      (Array.isArray(given) ? (given as readonly Request[]) : [{ output: given }]).map((request, n): Entry => {
        const error = request.error && { name: request.error.name, message: request.error.message ?? '' };
        return {
          operation,
          account: request.account ?? ACCOUNT,
          region: request.region ?? REGION,
          input: request.input ?? {},
          status: error ? statusOfError(error) : 'read',
          output: request.output,
          error,
          file: 'test.json',
          path: `/responses/${operation}/${n}/output`,
        };
      }),
    ),
  );
}
