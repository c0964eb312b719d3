import type { Summary, Unanswered } from '../../collect/collect.ts';
import type { Clock } from '../../collect/limiter.ts';
import type { Session, Who } from '../../collect/sessions.ts';
import { OPERATIONS } from '../../inventory/operations.ts';
import { readOnlyPolicy } from '../../inventory/read-only-policy.ts';
import { UserError } from '../../inventory/user-error.ts';
import { harmless } from '../../report/text/layout.ts';
import { type Command, type ExitCode, JSON_OPTION } from '../command.ts';

export const collect: Command = {
  name: 'collect',
  summary: 'reads an AWS account into an inventory; every call only describes, lists or gets',
  arguments: [],
  options: [
    { flags: '-o, --output <file>', description: 'the inventory', default: 'inventory.json' },
    { flags: '--profile <name>', description: 'as in ~/.aws/config; several read several accounts', repeatable: true },
    {
      flags: '--role-arn <arn>',
      description: 'a role to read by, or a chain of roles parted by commas; several read several accounts',
      repeatable: true,
    },
    { flags: '--external-id <id>', description: 'what the role asks of who assumes it' },
    {
      flags: '--region <name>',
      description: 'default: the regions that are enabled and in use',
      repeatable: true,
    },
    { flags: '--rate <number>', description: 'requests a second, for everything together', default: '5' },
    { flags: '--timeout <seconds>', description: 'how long one request may take', default: '20' },
    { flags: '--fresh', description: 'forget what an interrupted run has read' },
    { flags: '--print-policy', description: 'the least IAM policy for it, and nothing else' },
    { flags: '--print-script', description: 'the same as a shell script that calls the AWS CLI, and nothing else' },
    JSON_OPTION,
  ],
  examples: [
    'underpin collect --profile shop --region ap-northeast-2 -o shop.json',
    'underpin collect --role-arn arn:aws:iam::111122223333:role/audit,arn:aws:iam::444455556666:role/read-only',
    'underpin collect --print-policy > read-only-policy.json',
  ],
  async run(_args, options, terminal) {
    if (options.printPolicy === true) {
      terminal.out(`${JSON.stringify(readOnlyPolicy(OPERATIONS), null, 2)}\n`);
      return 0;
    }
    if (options.printScript === true) {
      const [{ scriptOf }, { ROWS }] = await Promise.all([
        import('../../collect/script.ts'),
        import('../../collect/rows/index.ts'),
      ]);
      terminal.out(scriptOf(ROWS));
      return 0;
    }
    // about the SDK's own future, in the middle of our lines
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const [{ collect: read }, { openSession }, { Progress }] = await Promise.all([
      import('../../collect/collect.ts'),
      import('../../collect/sessions.ts'),
      import('../../collect/progress.ts'),
    ]);
    const clock = clockOf();
    const progress = new Progress(clock, terminal.live ?? false, terminal.err);
    const timeout = positive('--timeout', options.timeout) * 1000;
    const rate = positive('--rate', options.rate);
    const sessions: Session[] = [];
    let summary: Summary;
    try {
      for (const who of accountsOf(options)) sessions.push(await openSession(who, timeout, clock.now));
      summary = await read({
        sessions,
        regions: texts(options.region),
        output: String(options.output),
        rate,
        fresh: options.fresh === true,
        clock,
        chance: Math.random,
        watch: progress,
      });
    } finally {
      progress.clear();
      clock.stop();
      for (const { sdk } of sessions) sdk.close();
    }
    terminal.err(told(summary));
    if (options.json === true)
      terminal.out(`${JSON.stringify({ schemaVersion: 1, command: 'collect', ...summary }, null, 2)}\n`);
    return exitCode(summary);
  },
};

/** Time as it passes; `stop` lets the program end though somebody still waits. */
function clockOf(): Clock & { readonly stop: () => void } {
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => Date.now(),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          resolve();
        }, milliseconds);
        timers.add(timer);
      }),
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

function accountsOf(options: Readonly<Record<string, unknown>>): readonly Who[] {
  const profiles = texts(options.profile);
  const chains = texts(options.roleArn).map((chain) => chain.split(',').map((arn) => arn.trim()));
  const wrong = chains.flat().find((arn) => !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(arn));
  if (wrong !== undefined)
    throw new UserError(`"${wrong}" is not a role`, { expected: 'arn:aws:iam::111122223333:role/name' });
  if (profiles.length > 1 && chains.length > 0)
    throw new UserError('several profiles and roles together do not say which profile assumes which role', {
      fix: 'give one profile with the roles, or only profiles (a profile may itself name a role)',
    });
  const external = typeof options.externalId === 'string' ? { externalId: options.externalId } : {};
  const [profile] = profiles;
  const named = profile === undefined ? {} : { profile };
  if (chains.length > 0) return chains.map((roles) => ({ ...named, ...external, roles }));
  return profiles.length > 1 ? profiles.map((one) => ({ profile: one, roles: [] })) : [{ ...named, roles: [] }];
}

function positive(flag: string, value: unknown): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new UserError(`${flag} ${String(value)} is not a number above zero`, { fix: `for example ${flag} 5` });
}

/** What was not answered makes verdicts unknown: whoever reads on by a script should know. */
const exitCode = ({ unanswered }: Summary): ExitCode => (unanswered.some((one) => !isElsewhere(one)) ? 3 : 0);

/** Not every region has every service: where there is not even a host, there is nothing to read. */
const isElsewhere = ({ error }: Unanswered): boolean => error.startsWith('ENOTFOUND');

const SHOWN = 20;

function told({ output, accounts, notInUse, answered, unanswered }: Summary): string {
  const refused = [...new Set(unanswered.flatMap(({ actions }) => actions))].sort();
  const elsewhere = unanswered.filter(isElsewhere);
  const others = unanswered.filter((one) => one.actions.length === 0 && !isElsewhere(one));
  return [
    ...accounts.map(({ account, regions }) => `account ${account}: ${regions.join(', ')}`),
    ...notInUse.map(
      ({ account, regions }) =>
        `account ${account}: nothing seen in ${regions.join(', ')} (--region reads one all the same)`,
    ),
    `${answered} requests answered, ${unanswered.reduce((sum, { requests }) => sum + requests, 0)} not`,
    ...(refused.length > 0
      ? [
          'refused; what rests on them stays unknown. Actions to allow (or: underpin collect --print-policy):',
          ...refused.map((action) => `  ${action}`),
        ]
      : []),
    ...(elsewhere.length > 0
      ? [
          `no host, so perhaps not offered there: ${elsewhere.map(({ operation, regions }) => `${operation} in ${regions.join(', ')}`).join('; ')}`,
        ]
      : []),
    ...others.slice(0, SHOWN).map(({ operation, regions, error }) => `${operation} in ${regions.join(', ')}: ${error}`),
    ...(others.length > SHOWN ? [`… and ${others.length - SHOWN} more, all in the inventory`] : []),
    `written: ${output}; now: npx underpin run ${output}`,
    '',
  ]
    .map(harmless)
    .join('\n');
}
