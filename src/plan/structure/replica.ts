/** A read replica that takes over from another one, as it is declared. */
import { find } from '../../estate/estate.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Subnet } from '../../estate/kinds/network.ts';
import type { Create } from '../edit.ts';
import type { Context } from '../move.ts';
import type { DeclaredResource } from '../world.ts';
import { newerClass } from './databases.ts';
import { groupRef, ownGroupName } from './groups.ts';
import { arnOf, tagged } from './names.ts';

export const INSTANCE = 'aws:rds/instance:Instance';

/** An old replica and the one that takes over from it. */
export interface Twin {
  readonly old: Database;
  readonly declared: DeclaredResource;
  readonly name: string;
  readonly subnet: Subnet;
}

export function replica(
  context: Context,
  { primary, twins }: { readonly primary: Database; readonly twins: readonly Twin[] },
  twin: Twin,
  group: string | undefined,
): Create {
  const { state, estate } = context;
  const { old, declared, name, subnet } = twin;
  const carried = declared.properties.vpcSecurityGroupIds;
  const groups = (Array.isArray(carried) ? carried : []).map((one) =>
    one === groupRef(ownGroupName(old)) ? groupRef(ownGroupName({ name })) : one,
  );
  const zone = find(estate, subnet.zone)?.name ?? subnet.zone?.id;
  return {
    op: 'create',
    type: INSTANCE,
    name,
    properties: {
      identifier: name,
      replicateSourceDb: arnOf(state, primary),
      instanceClass: newerClass(old) ?? old.instanceClass ?? '',
      ...(group === undefined
        ? { dbSubnetGroupName: declared.properties.dbSubnetGroupName ?? '' }
        : { dbSubnetGroupName: group }),
      // one that is alone has nobody to take over from it: its standby does. Of several, each has a zone of its own
      ...(twins.length === 1 ? { multiAz: true } : { availabilityZone: zone ?? '' }),
      vpcSecurityGroupIds: groups,
      publiclyAccessible: false,
      ...kept(declared),
      skipFinalSnapshot: true,
      tags: tagged(name),
    },
  };
}

/** Settings of the old replica that are no matter of its place. */
function kept({ properties }: DeclaredResource): Record<string, NonNullable<(typeof properties)[string]>> {
  const names = [
    'port',
    'parameterGroupName',
    'autoMinorVersionUpgrade',
    'caCertIdentifier',
    'copyTagsToSnapshot',
    'monitoringInterval',
    'monitoringRoleArn',
    'performanceInsightsEnabled',
    'enabledCloudwatchLogsExports',
    'iamDatabaseAuthenticationEnabled',
    'networkType',
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = properties[name];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}
