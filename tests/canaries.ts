/** Secrets that exist nowhere else, put into every field of an answer that may hold one. */

type Fields = Record<string, unknown>;
export type Responses = Record<string, { input?: Fields; output?: unknown; error?: unknown }[]>;

/** Canaries by where they stand, and what makes one. A canary looks like a password that a person thought up. */
export class Canaries {
  readonly #places = new Map<string, string>();

  in(place: string): string {
    const canary = `Tw1tter${String(this.#places.size).padStart(3, '0')}Kan4rie`;
    this.#places.set(canary, place);
    return canary;
  }

  /** Where those stand that sing in the text: as they are, or in base64 (user data). */
  heardIn(text: string): readonly string[] {
    const songs = [text, ...decoded(text)];
    return [...this.#places].flatMap(([canary, place]) => (songs.some((song) => song.includes(canary)) ? [place] : []));
  }
}

const decoded = (text: string): readonly string[] =>
  [...new Set(text.match(/[A-Za-z0-9+/]{40,}={0,2}/g) ?? [])].map((part) => Buffer.from(part, 'base64').toString());

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object of the answers, with where it stands. */
export function eachObject(value: unknown, visit: (fields: Fields, path: string) => void, path = ''): void {
  if (Array.isArray(value)) for (const [n, one] of value.entries()) eachObject(one, visit, `${path}/${n}`);
  if (!isFields(value)) return;
  visit(value, path);
  for (const [key, one] of Object.entries(value)) eachObject(one, visit, `${path}/${key}`);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const startScript = (canaries: Canaries, place: string): string =>
  [
    '#!/bin/bash',
    'echo ECS_CLUSTER=shop >> /etc/ecs/ecs.config',
    `export DB_PASSWORD=${canaries.in(`${place} export`)}`,
    `DATABASE_URL="mysql://app:${canaries.in(`${place} URL`)}@db.example.com:3306/shop"`,
    `mysql -u root -p${canaries.in(`${place} mysql -p`)} -h db.example.com -e 'select 1'`,
    `curl -u robot:${canaries.in(`${place} curl -u`)} https://config.example.com/setup.sh`,
    `echo "deploy:${canaries.in(`${place} chpasswd`)}" | chpasswd`,
    `aws configure set aws_secret_access_key ${canaries.in(`${place} aws configure`)}`,
    `# the old password was ${canaries.in(`${place} comment`)}`,
    'cat > /etc/app.conf <<END',
    `password: ${canaries.in(`${place} file`)}`,
    `api_token = "${canaries.in(`${place} file 2`)}"`,
    'END',
    '',
  ].join('\n');

export const environmentOf = (canaries: Canaries, place: string): Readonly<Record<string, string>> => ({
  DB_HOST: 'db.example.com',
  DB_PASSWORD: canaries.in(`${place} DB_PASSWORD`),
  DATABASE_URL: `postgres://app:${canaries.in(`${place} DATABASE_URL`)}@db.example.com:5432/shop`,
  REDIS_URL: `rediss://:${canaries.in(`${place} REDIS_URL`)}@cache.example.com:6379`,
  JDBC: `jdbc:mysql://db.example.com/shop?user=app&password=${canaries.in(`${place} JDBC`)}`,
  SETTINGS: `{"host":"db.example.com","password":"${canaries.in(`${place} SETTINGS`)}"}`,
  StripeApiKey: canaries.in(`${place} StripeApiKey`),
});

const COMMAND = (canaries: Canaries, place: string): readonly string[] => [
  'node',
  'server.js',
  '--password',
  canaries.in(`${place} --password`),
  `--api-token=${canaries.in(`${place} --api-token=`)}`,
  `--dsn=mysql://app:${canaries.in(`${place} --dsn`)}@db.example.com/shop`,
];

function inContainer(container: Fields, canaries: Canaries, place: string): void {
  container.environment = [
    ...(Array.isArray(container.environment) ? container.environment : []).filter(
      (one: unknown) => isFields(one) && one.name !== 'DB_PASSWORD',
    ),
    ...Object.entries(environmentOf(canaries, `${place} environment`)).map(([name, value]) => ({ name, value })),
  ];
  container.command = COMMAND(canaries, `${place} command`);
  container.entryPoint = ['sh', '-c', `exec app --secret ${canaries.in(`${place} entryPoint`)}`];
  container.dockerLabels = { 'app.password': canaries.in(`${place} label`) };
  container.logConfiguration = {
    logDriver: 'splunk',
    options: { 'splunk-token': canaries.in(`${place} log option`), 'splunk-url': 'https://logs.example.com' },
  };
  container.healthCheck = {
    command: ['CMD-SHELL', `curl -H "Authorization: Bearer ${canaries.in(`${place} health check`)}" localhost`],
  };
}

const TAGS = (canaries: Canaries, place: string) => [
  ['Secret', canaries.in(`${place} tag Secret`)],
  ['db-password', canaries.in(`${place} tag db-password`)],
  ['webhook', `https://robot:${canaries.in(`${place} tag webhook`)}@hooks.example.com/`],
];

/** A container as ECS has it. */
export function containerOf(canaries: Canaries, place: string): Fields {
  const container: Fields = { name: 'web', image: 'nginx:1.27', essential: true, cpu: 0, portMappings: [] };
  inContainer(container, canaries, place);
  return container;
}

/** What AWS answers, with a secret wherever AWS would answer with one that a person wrote there. */
export function planted(responses: Responses, canaries: Canaries): void {
  for (const [operation, exchanges] of Object.entries(responses))
    for (const { output } of exchanges)
      eachObject(output, (fields, path) => plant(fields, `${operation}${path}`, canaries));
}

function plant(fields: Fields, place: string, canaries: Canaries): void {
  const listed = (list: unknown, add: (key: string, value: string) => unknown): void => {
    if (Array.isArray(list)) list.push(...TAGS(canaries, place).map(([key = '', value = '']) => add(key, value)));
  };
  listed(fields.Tags, (Key, Value) => ({ Key, Value }));
  listed(fields.TagList, (Key, Value) => ({ Key, Value }));
  listed(fields.TagSet, (Key, Value) => ({ Key, Value }));
  listed(fields.tags, (key, value) => ({ key, value }));
  if (isFields(fields.Tags)) Object.assign(fields.Tags, Object.fromEntries(TAGS(canaries, place)));
  if (typeof fields.Description === 'string')
    fields.Description += ` (https://robot:${canaries.in(`${place} Description`)}@wiki.example.com/)`;
  if (isFields(fields.Variables)) Object.assign(fields.Variables, environmentOf(canaries, place));
  if (typeof fields.UserData === 'string') fields.UserData = base64(startScript(canaries, place));
  if (isFields(fields.UserData)) fields.UserData.Value = base64(startScript(canaries, place));
  if (Array.isArray(fields.containerDefinitions))
    for (const one of fields.containerDefinitions) if (isFields(one)) inContainer(one, canaries, place);
  if (Array.isArray(fields.containerOverrides))
    fields.containerOverrides.push({
      name: 'web',
      command: COMMAND(canaries, place),
      environment: [{ name: 'DB_PASSWORD', value: canaries.in(`${place} override`) }],
    });
  if (isFields(fields.PendingModifiedValues))
    fields.PendingModifiedValues.MasterUserPassword = canaries.in(`${place} PendingModifiedValues`);
  if (typeof fields.MasterUsername === 'string') fields.MasterUserPassword = canaries.in(`${place} MasterUserPassword`);
  if (typeof fields.CacheClusterId === 'string') fields.AuthToken = canaries.in(`${place} AuthToken`);
  if (fields.Type === 'forward' && typeof fields.TargetGroupArn === 'string' && place.includes('DescribeRules'))
    fields.AuthenticateOidcConfig = { ClientSecret: canaries.in(`${place} ClientSecret`) };
  if (Array.isArray(fields.Conditions) && place.includes('DescribeRules'))
    fields.Conditions.push({
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName: 'X-Verify', Values: [canaries.in(`${place} header`)] },
    });
  if (fields.RepositoryType !== undefined)
    fields.Location = `https://code.example.com/code?X-Amz-Security-Token=${canaries.in(`${place} Location`)}`;
  if (isFields(fields.CustomHeaders)) {
    fields.CustomHeaders.Quantity = 1;
    fields.CustomHeaders.Items = [
      { HeaderName: 'X-Origin-Verify', HeaderValue: canaries.in(`${place} CustomHeaders`) },
    ];
  }
  if (typeof fields.SubscriptionArn === 'string' && typeof fields.Endpoint === 'string')
    fields.Endpoint = `https://robot:${canaries.in(`${place} Endpoint`)}@hooks.example.com/sns`;
  if (Array.isArray(fields.ResourceRecords) && fields.Type === 'TXT')
    fields.ResourceRecords.push({ Value: `"password=${canaries.in(`${place} TXT`)}"` });
  if (isFields(fields.error) && typeof fields.error.message === 'string')
    fields.error.message += ` token=${canaries.in(`${place} error`)}`;
}
