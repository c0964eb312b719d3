import { type Endpoint, endpointOf, reach as reachOf } from '../../analyse/reachability/index.ts';
import type { Verdict } from '../../analyse/verdict.ts';
import type { Estate } from '../../estate/estate.ts';
import { parseTraffic } from '../../estate/sets/index.ts';
import { UserError } from '../../inventory/user-error.ts';
import { asFarAsRead, reachResult } from '../../report/reach.ts';
import { reachText } from '../../report/text/reach.ts';
import { type Command, type ExitCode, JSON_OPTION } from '../command.ts';
import { INPUT, INPUT_OPTIONS, readEstate } from '../inputs.ts';
import { jsonText } from '../language.ts';
import { isPulumiProject } from '../pulumi-project.ts';

export const reach: Command = {
  name: 'reach',
  summary: 'can A open a connection to B: verdict with hops, or all blockers',
  arguments: [INPUT],
  options: [
    { flags: '--from <end>', description: 'internet, an id, ARN, name, host name, address or CIDR', required: true },
    { flags: '--to <end>', description: 'the same, or service:s3', required: true },
    { flags: '--port <traffic>', description: 'tcp/3306, 443, udp/53, icmp; any traffic when left out' },
    ...INPUT_OPTIONS,
    JSON_OPTION,
  ],
  examples: ['underpin reach inventory.json --from internet --to shop-mysql --port tcp/3306'],
  async run(args, options, terminal) {
    const estate = await readEstate(args, options, terminal);
    const asked = options.port as string | undefined;
    const traffic = asked === undefined ? undefined : parseTraffic(asked);
    if (asked !== undefined && traffic === undefined)
      throw new UserError(`"${asked}" is not understood as traffic`, {
        expected: 'tcp/3306, 443, tcp/8000-8100, udp/53, icmp, all',
      });
    const [from, to] = [endpoint(estate, String(options.from)), endpoint(estate, String(options.to))];
    const found = reachOf(estate, from, to, traffic);
    // a program is all that there will be
    const answer = args.some(isPulumiProject) ? found : asFarAsRead(estate, found);
    terminal.out(options.json === true ? jsonText(reachResult(answer), terminal) : reachText(answer, asked, terminal));
    return verdictCode(answer.verdict);
  },
};

export const verdictCode = (verdict: Pick<Verdict, 'answer'>): ExitCode =>
  (({ yes: 0, no: 1, unknown: 3 }) as const)[verdict.answer];

function endpoint(estate: Estate, text: string): Endpoint {
  const lookup = endpointOf(estate, text);
  switch (lookup.state) {
    case 'found':
      return lookup.endpoint;
    case 'ambiguous':
      throw new UserError(`"${text}" names ${lookup.candidates.length} resources`, {
        expected: lookup.candidates
          .slice(0, 8)
          .map((one) => `${one.kind} ${one.id}`)
          .join('; '),
        fix: 'use the id or ARN',
      });
    case 'notFound':
      throw new UserError(`nothing in the input is called "${text}"`, {
        expected: 'internet, an id, an ARN, a name, an address or a CIDR',
      });
  }
}
