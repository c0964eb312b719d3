/** Names as the picture shows them: what the box around already says is left out; the whole name stays in the tooltip. */

const words = (name: string): readonly string[] => name.split(/(?<=[-_ .])/);

/** `legacy-prod-mysql` in `legacy-prod-vpc` is `mysql`. */
export function shortName(name: string, context: string | undefined): string {
  if (context === undefined) return name;
  const [own, around] = [words(name), words(context)];
  const bare = (word: string | undefined): string | undefined => word?.replace(/[-_ .]$/, '');
  let same = 0;
  while (same < own.length - 1 && same < around.length && bare(own[same]) === bare(around[same])) same++;
  const rest = (): string => own.slice(same).join('');
  // A number alone is no name.
  while (same > 0 && !/[a-z]/i.test(rest())) same--;
  return rest();
}

/** What names of one role share: `worker-12` and `worker-3` are both `worker`. */
export const stem = (name: string): string =>
  name
    .replace(/[0-9a-f]{8,}/gi, '')
    .replace(/[-_. ]*\d+/g, '')
    .replace(/^[-_. ]+|[-_. ]+$/g, '') || name;

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  ecr: 'ECR',
  ecs: 'ECS',
  logs: 'Logs',
  s3: 'S3',
  sqs: 'SQS',
  sns: 'SNS',
  dynamodb: 'DynamoDB',
  secretsmanager: 'Secrets',
  ssm: 'SSM',
  kms: 'KMS',
  sts: 'STS',
};
export const serviceName = (service: string): string => SERVICE_NAMES[service] ?? service;

const ENGINES: Readonly<Record<string, string>> = {
  mysql: 'MySQL',
  postgres: 'Postgres',
  mariadb: 'MariaDB',
  'aurora-mysql': 'Aurora MySQL',
  'aurora-postgresql': 'Aurora Postgres',
  redis: 'Redis',
  valkey: 'Valkey',
  memcached: 'Memcached',
};
export function engineName(engine: string | undefined, version: string | undefined): string {
  if (engine === undefined) return '';
  const number = version === undefined ? '' : ` ${version.split('.').slice(0, 2).join('.')}`;
  return `${ENGINES[engine] ?? engine}${number}`;
}

/** `tcp/443` as people write it on a line. */
const portWord = (text: string): string =>
  text === 'all'
    ? 'all ports'
    : text === 'any'
      ? ''
      : text
          .replace(/^tcp\//, '')
          .replace(/-65535$/, '+')
          .replace(/^(udp)\/(.*)$/, '$2/$1');

export function portsLabel(ports: readonly string[]): string {
  const found = [...new Set(ports.map(portWord))].filter((word) => word !== '');
  if (found.includes('all ports')) return 'all ports';
  found.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
  return found.length > 3 ? `${found.slice(0, 2).join(', ')}, …` : found.join(', ');
}
