/** Flows from evidence. Each file beside this one knows one kind of evidence; see README.md. */
import { byId, type Estate } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';
import { recalledWhole } from '../../estate/memory.ts';
import { fromBalancers } from './balancers.ts';
import { fromDistributions } from './distributions.ts';
import { fromEnvironment } from './environment.ts';
import { fromEvents } from './events.ts';
import { type Draft, joinFlows } from './make.ts';
import { fromNames } from './names.ts';
import { fromPeople } from './people.ts';
import { fromPlatform } from './platform.ts';
import { fromPublicLinks } from './public-links.ts';
import { fromReplication } from './replication.ts';
import { fromWayIn } from './way-in.ts';

const KINDS_OF_EVIDENCE: readonly ((estate: Estate) => readonly Draft[])[] = [
  fromBalancers,
  fromNames,
  fromDistributions,
  fromEnvironment,
  fromEvents,
  fromPlatform,
  fromReplication,
  fromPublicLinks,
  fromPeople,
  fromWayIn,
];

/** Remembered one by one: of what a step changes, most kinds of evidence do not tell. */
const DRAFTS = KINDS_OF_EVIDENCE.map(recalledWhole);

/** Every flow that the resources give evidence of, each once with all its evidence, in the order of their ids. */
export const deriveFlows = recalledWhole((estate): readonly Flow[] =>
  joinFlows(
    DRAFTS.flatMap((drafts) => drafts(estate)),
    (id) => byId(estate, id)?.kind,
  ),
);
