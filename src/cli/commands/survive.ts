import { type Survival, survivals, survive as surviveOne } from '../../analyse/resilience/survive.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import { UserError } from '../../inventory/user-error.ts';
import { notRead } from '../../report/not-read.ts';
import { SCHEMA_VERSION } from '../../report/result.ts';
import { surviveText } from '../../report/text/survive.ts';
import { type Command, type ExitCode, JSON_OPTION } from '../command.ts';
import { INPUT, INPUT_OPTIONS, readEstate } from '../inputs.ts';
import { jsonText } from '../language.ts';

export const survive: Command = {
  name: 'survive',
  summary: 'lose a zone (or one machine): which connections are lost, fail over, survive',
  arguments: [INPUT],
  options: [
    {
      flags: '--without <what>',
      description:
        'a zone, or the id or name of one instance, NAT gateway, database …; every zone in turn when left out',
    },
    { flags: '--machines', description: 'after the zones also each single instance, NAT gateway, database and cache' },
    { flags: '--details', description: 'every flow with its proof' },
    ...INPUT_OPTIONS,
    JSON_OPTION,
  ],
  examples: [
    'underpin survive inventory.json --without eu-west-1a',
    'underpin survive inventory.json --without shop-mysql',
  ],
  async run(args, options, terminal) {
    const estate = await readEstate(args, options, terminal);
    const without = options.without as string | undefined;
    const machines = options.machines === true ? machineLosses(estate) : [];
    const losses: readonly Survival[] =
      without === undefined ? [...survivals(estate).zones, ...machines] : [loss(estate, without)];
    const unread = notRead(estate, 'survive');
    if (options.json === true)
      terminal.out(
        jsonText(
          { schemaVersion: SCHEMA_VERSION, command: 'survive', ...asJson(estate, losses), notRead: unread },
          terminal,
        ),
      );
    else terminal.out(surviveText(losses, unread, terminal, options.details === true));
    return losses.length === 0 && unread.length > 0 ? 3 : code(losses);
  },
};

/** The loss of each machine alone. */
function machineLosses(estate: Estate): readonly Survival[] {
  const machines = (['instance', 'natGateway', 'database', 'cache'] as const).flatMap((kind) => all(estate, kind));
  return machines.map(({ id }) => surviveOne(estate, { resource: id }));
}

const isZone = (estate: Estate, name: string): boolean => byId(estate, name)?.kind === 'zone';

function loss(estate: Estate, without: string): Survival {
  if (isZone(estate, without)) return surviveOne(estate, { zone: without });
  const known = byId(estate, without);
  const named = known
    ? [known]
    : estate.resources.filter((resource) => resource.name === without && CAN_FAIL.has(resource.kind));
  const [only] = named;
  if (only && named.length === 1) return surviveOne(estate, { resource: only.id });
  throw new UserError(
    named.length === 0 ? `nothing in the input is called "${without}"` : `"${without}" names ${named.length} resources`,
    {
      expected:
        named.length === 0
          ? `a zone (${zones(estate).join(', ') || 'none is known'}), or the id or name of a resource`
          : named.map(({ id }) => id).join(', '),
    },
  );
}

/** What can be lost alone; a name that a group or a route table has too means the machine. */
const CAN_FAIL = new Set([
  'instance',
  'database',
  'databaseCluster',
  'cache',
  'natGateway',
  'loadBalancer',
  'ecsService',
  'ecsTask',
  'function',
]);

const zones = (estate: Estate): readonly string[] => survivals(estate).zones.map(({ zone }) => zone);

const asJson = (estate: Estate, losses: readonly Survival[]): object => ({
  zones: losses
    .filter(({ without }) => isZone(estate, without))
    .map(({ without, ...rest }) => ({ zone: without, ...rest })),
  machines: losses
    .filter(({ without }) => !isZone(estate, without))
    .map(({ without, ...rest }) => ({ resource: without, ...rest })),
});

/** 1 when a flow is lost; 3 when none is, but some are not known. */
function code(losses: readonly Survival[]): ExitCode {
  const outcomes = new Set(losses.flatMap(({ flows }) => flows.map(({ outcome }) => outcome)));
  return outcomes.has('lost') ? 1 : outcomes.has('unknown') ? 3 : 0;
}
