import { mayDo } from '../../analyse/access/beside.ts';
import { actionProblem } from '../../analyse/access/diagnose.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import { UserError } from '../../inventory/user-error.ts';
import { accessResult, administratorsResult, servicesResult } from '../../report/access.ts';
import { accessText, administratorsText, servicesText } from '../../report/text/access.ts';
import { type Command, type ExitCode, JSON_OPTION } from '../command.ts';
import { INPUT, INPUT_OPTIONS, readEstate } from '../inputs.ts';
import { jsonText } from '../language.ts';
import { verdictCode } from './reach.ts';

export const access: Command = {
  name: 'access',
  summary: 'may P do A on R, and why; who is an administrator in effect; what services really need',
  arguments: [INPUT],
  options: [
    {
      flags: '--principal <arn>',
      description: 'ARN or name of a user or role, a service such as lambda.amazonaws.com, or *',
    },
    { flags: '--action <action>', description: 's3:GetObject' },
    { flags: '--resource <arn>', description: 'an ARN, or * for actions without a resource', default: '*' },
    {
      flags: '--context <key=value>',
      description: 'a known condition key (repeatable): aws:MultiFactorAuthPresent=true',
      repeatable: true,
    },
    {
      flags: '--administrators',
      description: 'instead: who is an administrator in effect, each with the shortest chain',
    },
    {
      flags: '--services',
      description: 'instead: what roles of services grant, what is seen to be used, the least policies',
    },
    ...INPUT_OPTIONS,
    JSON_OPTION,
  ],
  examples: [
    'underpin access inventory.json --principal deploy-bot --action iam:CreateUser',
    'underpin access inventory.json --administrators',
    'underpin access inventory.json --services --json',
  ],
  async run(args, options, terminal) {
    const json = (value: object): string => jsonText(value, terminal);
    const print = <T extends object>(result: T, text: (result: T) => string): void =>
      terminal.out(options.json === true ? json(result) : text(result));
    const estate = await readEstate(args, options, terminal);
    if (options.administrators === true) {
      const result = administratorsResult(estate);
      print(result, (one) => administratorsText(one, terminal));
      return incomplete(result.administrators, result.notRead);
    }
    if (options.services === true) {
      const result = servicesResult(estate);
      print(result, (one) => servicesText(one, terminal));
      return incomplete([...result.roles, ...result.proposals], result.notRead);
    }
    return question(estate, options, (result) => print(result, (one) => accessText(one, terminal)));
  },
};

/** 3 when nothing was found, and not everything that would have told was read. */
const incomplete = (found: readonly unknown[], unread: readonly unknown[]): ExitCode =>
  found.length === 0 && unread.length > 0 ? 3 : 0;

function question(
  estate: Estate,
  options: Readonly<Record<string, unknown>>,
  print: (result: ReturnType<typeof accessResult>) => void,
): ExitCode {
  const { principal, action, resource } = options;
  if (typeof principal !== 'string' || typeof action !== 'string' || action.trim() === '' || resource === '')
    throw new UserError('a question needs --principal and --action', { fix: 'or ask --administrators or --services' });
  const problem = actionProblem({ text: action.toLowerCase() });
  if (problem !== undefined) throw new UserError(problem.message);
  const arn = principalOf(estate, principal);
  const answer = mayDo(estate, {
    principal: arn,
    action,
    resource: String(resource),
    context: contextOf((options.context as string[] | undefined) ?? []),
  });
  print(accessResult(arn, action, String(resource), answer));
  return verdictCode({ answer: answer.verdict });
}

function principalOf(estate: Estate, text: string): string {
  if (/^arn:|\.amazonaws\.com$|^\*$|^\d{12}$/.test(text)) return text;
  const known = byId(estate, text);
  if (known) return known.arn ?? known.id;
  const named = [...all(estate, 'user'), ...all(estate, 'role')].filter(({ name }) => name === text);
  const [only] = named;
  if (only && named.length === 1) return only.arn ?? only.id;
  throw new UserError(
    named.length === 0 ? `no user or role is called "${text}"` : `"${text}" names ${named.length} principals`,
    {
      expected: named.length === 0 ? 'an ARN, or the name of a user or role' : named.map(({ id }) => id).join(', '),
    },
  );
}

function contextOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1)
        throw new UserError(`"${pair}" is not a condition key with a value`, {
          expected: 'key=value, such as aws:MultiFactorAuthPresent=true',
        });
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
