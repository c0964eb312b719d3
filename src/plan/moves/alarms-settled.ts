import type { Estate } from '../../estate/estate.ts';
import type { Edit } from '../edit.ts';
import type { Context, Move } from '../move.ts';
import { minutes, NOTHING_NOTICED, step } from '../step.ts';
import { alarmsFor, unwatched } from '../structure/alarms.ts';

const ALARMS =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html';

export const move: Move = {
  name: 'alarms-settled',
  title: 'Alarms for what the journey made',
  about: 'What came on the way is watched like what was there, and alarms of what went go too.',
  scope: 'account',
  risk: 'last',
  enables: ['evidence-first'],
  preconditions: ['there is somebody whom alarms tell'],
  undo: 'delete the alarms',
  sources: [{ claim: 'an alarm on what is gone stays without data for ever', url: ALARMS, certainty: 'composed' }],
  propose: (context) => {
    const { estate, preferences, state } = context;
    if (preferences.alarmEmail === undefined) return { state: 'notNeeded' };
    const things = unwatched(estate).filter(({ account }) => account === state.world.today.place.account);
    const edits = alarmsFor(context, things, preferences.alarmEmail);
    const orphans = ofNothing(context);
    const common = { move: 'alarms-settled', environment: null, clientsNotice: NOTHING_NOTICED } as const;
    const rest = {
      duration: minutes(1, 10),
      undo: { how: 'delete the alarms', until: 'always', exact: true },
      sources: move.sources,
    };
    const steps = [
      ...(edits.length > 0
        ? [
            step({
              ...common,
              ...rest,
              id: 'account-alarms-settled',
              title: `Alarms for ${things.map(({ name }) => name).join(', ')}`,
              kind: 'expand',
              why: 'They came on the way, and nobody watches them yet.',
              edits,
            }),
          ]
        : []),
      ...(orphans.length > 0
        ? [
            step({
              ...common,
              ...rest,
              id: 'account-alarms-of-nothing',
              title: `${orphans.length} alarms of what is gone are deleted`,
              kind: 'contract',
              why: 'An alarm that never gets data again is noise.',
              edits: orphans,
              undo: { how: 'make them again', until: 'always', exact: true },
            }),
          ]
        : []),
    ];
    return steps.length > 0 ? { state: 'ready', steps } : { state: 'notNeeded' };
  },
};

/** Alarms that the plan made, whose subject does not exist any more. */
function ofNothing({ state, estate }: Context): readonly Edit[] {
  const names = identifiers(estate);
  return [...state.world.declared.values()].flatMap((one): readonly Edit[] => {
    if (one.type !== 'aws:cloudwatch/metricAlarm:MetricAlarm' || one.adopted) return [];
    const { dimensions } = one.inputs;
    const values = typeof dimensions === 'object' && dimensions !== null ? Object.values(dimensions) : [];
    const gone = values.some((value) => typeof value === 'string' && !names.has(value));
    return gone ? [{ op: 'delete', type: one.type, name: one.name }] : [];
  });
}

function identifiers(estate: Estate): ReadonlySet<string> {
  const names = new Set<string>();
  for (const one of estate.resources)
    if (one.kind === 'database' || one.kind === 'databaseCluster') names.add(one.identifier);
    else if (one.kind === 'loadBalancer') names.add(one.id.replace(/^.*:loadbalancer\//, ''));
    else if (one.kind === 'targetGroup') names.add(one.id.replace(/^.*:/, ''));
  return names;
}
