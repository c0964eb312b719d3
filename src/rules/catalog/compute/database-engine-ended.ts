import { judgedBy } from '../../../analyse/settings/database.ts';
import { supportAt } from '../../../analyse/support/ends.ts';
import { ENGINE_SOURCES, ENGINES_AS_OF, engineSupport, isExtended } from '../../../analyse/support/engines.ts';
import { find } from '../../../estate/estate.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'rds:DescribeDBInstances';

export const rule = defineRule({
  id: 'database-engine-ended',
  problem: 5,
  severity: 'medium',
  title: 'A database runs an engine version whose standard support has ended',
  why: 'AWS charges Extended Support for every vCPU and hour, or upgrades the database by itself in a maintenance window. The upgrade comes in the end, better on a day that you choose and after a rehearsal.',
  fix: 'Upgrade the major version with a blue/green deployment, after a rehearsal on a restored snapshot.',
  fixedBy: ['database-renewed', 'aurora'],
  subject: 'database',
  needs: [OPERATION],
  messages: {
    extended:
      '{name} runs {engine} {version}: standard support ended on {date}, AWS now charges extra or upgrades it by itself',
    ended: '{name} runs {engine} {version}: its support ended on {date}, AWS upgrades it by itself',
    soon: '{name} runs {engine} {version}: standard support ends on {date}',
  },
  check(subject, estate) {
    const { name, engine, engineVersion } = subject;
    const primary = find(estate, subject.replicaOf);
    // upgraded with its primary, or with the other members of its cluster: told once
    if (primary?.engineVersion !== undefined && primary.engineVersion === engineVersion)
      return { state: 'notApplicable' };
    if (subject.cluster && judgedBy(estate, subject).by === 'another') return { state: 'notApplicable' };
    if (engine === undefined || engineVersion === undefined)
      return unknown(subject, OPERATION, 'the engine version of a database');
    if (estate.collectedAt === undefined)
      return unknown(subject, OPERATION, 'the day on which the input was collected (collectedAt)');
    const known = engineSupport(engine, engineVersion);
    const support = known && supportAt(known.end, estate.collectedAt);
    if (known === undefined || support === undefined || support === 'unknown')
      return {
        state: 'unknown',
        missing: [
          {
            operation: 'rds:DescribeDBMajorEngineVersions',
            reason: `until when AWS supports ${engine} ${engineVersion} is not certain to this version (compared ${ENGINES_AS_OF})`,
            resource: subject.id,
          },
        ],
      };
    if (support === 'supported') return { state: 'pass' };
    const date = `${known.orBefore ? 'or before ' : ''}${known.end.ends ?? ''}`;
    return {
      state: 'fail',
      message: support === 'endsSoon' ? 'soon' : isExtended(engine) ? 'extended' : 'ended',
      data: { name, engine, version: engineVersion, date },
      related: (subject.replicas ?? []).flatMap((ref) => find(estate, ref) ?? []),
      severity: support === 'endsSoon' ? 'low' : 'medium',
      proof: [
        fact(subject, 'EngineVersion', `${name} runs ${engine} ${engineVersion}`),
        {
          resource: subject.id,
          by: known.major,
          code: 'dated-list',
          detail: `by AWS’s calendar standard support of ${engine} ${known.major} ${support === 'ended' ? 'ended' : 'ends'} on ${date} (compared ${ENGINES_AS_OF})`,
        },
      ],
    };
  },
  sources: ENGINE_SOURCES,
  examples: {
    bad: databaseAnswer(database('orders', { EngineVersion: '5.7.44' })),
    good: databaseAnswer(database('orders', { EngineVersion: '8.4.5' })),
  },
});
