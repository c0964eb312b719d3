/** The flows by which the loss of a zone is judged. */
import { byId, type Estate, memoised } from '../../estate/estate.ts';
import type { FlowEnd } from '../../estate/flow.ts';
import type { Kind } from '../../estate/resource.ts';

/**
 * Connections that somebody set up on purpose (what is merely open is no promise), but for those of one single
 * machine: that a machine is gone is plain, what counts is whether its service is. Replication is the database's own.
 */
export const meantFlows: (estate: Estate) => ReadonlySet<string> = memoised((estate) => {
  const is = (end: FlowEnd, kind: Kind): boolean => end.type === 'resource' && byId(estate, end.id)?.kind === kind;
  return new Set(
    estate.flows
      .filter(
        ({ evidence, from, to }) =>
          evidence.some(({ type }) => type !== 'open') &&
          !is(from, 'instance') &&
          !is(to, 'instance') &&
          !is(from, 'database'),
      )
      .map(({ id }) => id),
  );
});
