/** Whether AWS can keep a renewed copy of a database beside it (a blue/green deployment), and exchange the two. */
import { all, type Estate } from '../../estate/estate.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Context } from '../move.ts';
import type { DeclaredResource } from '../world.ts';
import { acceptedSeconds, replicasOf } from './databases.ts';
import { declaredOf } from './declared.ts';

interface Unfit {
  readonly because: string;
  readonly change: string;
}

interface Told {
  readonly one: Database;
  readonly declared: DeclaredResource;
}

/**
 * What the journey made has what the program says; a replica that says nothing has its primary's.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
 */
function groupsOf({ one, declared: { adopted, inputs } }: Told): Database['settingGroups'] {
  if (one.settingGroups !== undefined || adopted !== undefined) return one.settingGroups;
  const [parameter, option] = [inputs.parameterGroupName, inputs.optionGroupName].map((name) =>
    typeof name === 'string' ? [name] : [],
  );
  return { parameter: parameter ?? [], option: option ?? [] };
}

/**
 * A parameter group is of one major version. The copy of another one gets AWS's own unless it is told which, and a database
 * without its settings may answer otherwise: another time zone, another mode of SQL.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-creating.html
 */
export function settingsLost(whole: readonly Told[]): Unfit | undefined {
  for (const told of whole) {
    const settingGroups = groupsOf(told);
    const { name } = told.one;
    if (settingGroups === undefined)
      return {
        because: `Which parameter group and option group ${name} has is not known, and a copy on another major version would not have them.`,
        change: 'Collect rds:DescribeDBInstances as AWS answers it.',
      };
    const own = [
      ...settingGroups.parameter.filter((one) => !one.startsWith('default.')),
      ...settingGroups.option.filter((one) => !one.startsWith('default:')),
    ];
    if (own.length > 0)
      return {
        because: `${name} has settings of its own (${own.join(', ')}), and its copy on another major version would not have them: such a group is of one version only.`,
        change:
          'Make a group for the new version with the same settings and renew by hand: create-blue-green-deployment with --target-db-parameter-group-name. Where the settings are not needed any more, go back to the default group first.',
      };
  }
  return undefined;
}

/** Whom IAM lets in is told by the resource id, and the database that takes over has another. */
export function signInNamed(estate: Estate, databases: readonly Database[]): Unfit | undefined {
  for (const { name, resourceId, iamAuthentication } of databases) {
    if (iamAuthentication === false) continue;
    const holder = policyTexts(estate).find(({ text }) => namesDatabase(text, resourceId));
    if (holder)
      return {
        because: `${holder.name} lets its users sign in to ${name} by its resource id, and the database that takes over has another one.`,
        change:
          'Write the policy for any database of the account, with the database user in it (dbuser:*/NAME), and plan again.',
      };
  }
  return undefined;
}

/** Where the input does not tell the id, any id may be its own. */
const namesDatabase = (text: string, resourceId: string | undefined): boolean =>
  [...text.matchAll(/:dbuser:([^/"]*)\//g)].some(([, named = '']) =>
    resourceId === undefined ? named !== '*' : named === resourceId,
  );

function policyTexts(estate: Estate): readonly { readonly name: string; readonly text: string }[] {
  const holders = [...all(estate, 'role'), ...all(estate, 'user'), ...all(estate, 'group')];
  return [
    ...holders.flatMap(({ name, inlinePolicies }) =>
      (inlinePolicies ?? []).flatMap(({ document }) =>
        typeof document === 'string' ? [{ name, text: document }] : [],
      ),
    ),
    ...all(estate, 'policy').flatMap(({ name, document }) =>
      typeof document === 'string' ? [{ name, text: document }] : [],
    ),
  ];
}

/** What AWS refuses, or what is more than the team accepts. */
export function unfitness(context: Context, database: Database): Unfit | undefined {
  const { estate, state } = context;
  const { name } = database;
  const declared = declaredOf(state, database);
  const replicas = replicasOf(estate, database);
  if (database.replicas === undefined || replicas.length !== database.replicas.length)
    return {
      because: `Not every replica of ${name} is in the input.`,
      change: 'Collect rds:DescribeDBInstances in every region.',
    };
  const strange = replicas.find((one) => one.region !== database.region || (one.replicas ?? []).length > 0);
  if (strange)
    return {
      because: `${strange.name} is in another region, or has replicas of its own, and AWS renews neither.`,
      change: 'Delete it before and make it anew after.',
    };
  if (declared?.properties.manageMasterUserPassword === true)
    return {
      because: `RDS itself manages the master password of ${name}, and renews no such database.`,
      change: 'Take the password into a secret of your own for the time of the move.',
    };
  if (database.backupRetention === undefined || database.backupRetention === 0)
    return {
      because: `${name} keeps no automatic backups, or the input does not tell, and AWS renews from these.`,
      change: 'Turn backups on in a quiet hour: it pauses the database for seconds to minutes.',
    };
  if (acceptedSeconds(context) < 60)
    return {
      because: `The switchover of ${name} interrupts it for about a minute, and you accept ${acceptedSeconds(context)} seconds.`,
      change: 'Accept it: acceptedSeconds: 60.',
    };
  return undefined;
}
