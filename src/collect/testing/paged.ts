/** An account whose every listing has one thing a page: what an emulator or a recording answers at once. */
import type { Request } from '../journal.ts';
import { ROWS } from '../rows/index.ts';
import type { Session } from '../sessions.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `further`: receives the requests for a page that is not the first. */
export function paged(session: Session, further: Request[]): Session {
  const send = async (request: Request): Promise<unknown> => {
    const pages = Object.entries(ROWS.find(({ operation }) => operation === request.operation)?.pages ?? {});
    const [first] = pages;
    if (first === undefined) return session.sdk.send(request);
    const page = Number(request.input[first[1]] ?? 0);
    if (page > 0) further.push(request);
    const tokens = pages.map(([, parameter]) => parameter);
    const input = Object.fromEntries(Object.entries(request.input).filter(([name]) => !tokens.includes(name)));
    const answer = await session.sdk.send({ ...request, input });
    return within(answer, first[0].split('.').slice(0, -1), (listing) => {
      const longest = Math.max(0, ...Object.values(listing).map((value) => (Array.isArray(value) ? value.length : 0)));
      const next = pages.map(([path]) => [path.split('.').at(-1), String(page + 1)]);
      return { ...pageOf(listing, page), ...(page + 1 < longest ? Object.fromEntries(next) : {}) };
    });
  };
  return { ...session, sdk: { ...session.sdk, send } };
}

const pageOf = (listing: Fields, page: number): Fields =>
  Object.fromEntries(
    Object.entries(listing).map(([key, value]) => [key, Array.isArray(value) ? value.slice(page, page + 1) : value]),
  );

/** CloudFront's listings stand one deeper than the others'. */
function within(value: unknown, path: readonly string[], change: (listing: Fields) => Fields): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [field, ...rest] = path;
  if (field === undefined) return change({ ...value });
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === field ? within(inner, rest, change) : inner]),
  );
}
