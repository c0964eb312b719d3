/** A small online shop, sound from the first day. Development and production are this one program; they differ in settings only. */
import * as pulumi from '@pulumi/pulumi';
import * as blueprint from 'underpin/blueprint';

/** What Pulumi.dev.yaml and Pulumi.prod.yaml say; differences.ts tells why they differ and what that changes. */
interface Settings {
  readonly domain: string;
  readonly hostedZoneId: string;
  readonly image: string;
  readonly cidr: string;
  readonly nat: blueprint.NatMode;
  readonly database: {
    readonly size: string;
    readonly multiAz: boolean;
    readonly replicas: readonly blueprint.ZoneLetter[];
  };
  readonly cache: { readonly nodes: readonly blueprint.ZoneLetter[] };
  readonly tasks: { readonly min: number; readonly max: number };
  readonly monthlyBudget: number;
  /** Whether AWS and Pulumi refuse to delete what holds data. */
  readonly protect: boolean;
}

const config = new pulumi.Config();
const settings = config.requireObject<Settings>('settings');
const region = new pulumi.Config('aws').require('region');
const deletionProtection = settings.protect;

// The ground: a network in two zones, and a closed bucket for logs.
const network = new blueprint.PrivateNetwork('shop', {
  vpc: { cidr: settings.cidr },
  region,
  zones: ['a', 'b'],
  nat: settings.nat,
});
const logs = new blueprint.LogBucket('shop-logs');

// What the internet reaches: two distributions, and nothing else.
const { domain, hostedZoneId } = settings;
const edge = new blueprint.Edge('shop-edge', { network, domain, hostedZoneId, firewall: {}, logs, deletionProtection });
const media = new blueprint.MediaCdn('shop-media', {
  domain: `media.${domain}`,
  hostedZoneId,
  corsOrigins: [edge.url],
  logs,
});

// Data, in subnets without a way out. With replicas RDS does not manage the password: pulumi config set --secret masterPassword …
const mysql = new blueprint.Database('shop-mysql', {
  network,
  engine: 'mysql',
  version: '8.4',
  ...settings.database,
  masterPassword: config.getSecret('masterPassword'),
  deletionProtection,
});
const cache = new blueprint.Cache('shop-cache', {
  network,
  size: 'cache.t4g.small',
  nodes: settings.cache.nodes,
  deletionProtection,
});
const carts = new blueprint.DocumentTable('shop-carts', {
  key: { partition: { name: 'id', type: 'S' } },
  expiresAt: 'expires',
  deletionProtection,
});

// Work that waits: orders for the worker; what was sold is announced, and mailed by a function.
const orders = new blueprint.JobQueue('shop-orders', { jobSeconds: 120 });
const sold = new blueprint.Announcements('shop-sold');
const mails = new blueprint.JobQueue('shop-mails', { fedBy: [sold] });

// Programs, in private subnets: each has its own group, roles and log.
const task = {
  network,
  cluster: new blueprint.ServiceCluster('shop-services'),
  image: settings.image,
  size: { cpu: 512, memory: 1024 } as const,
  environment: {
    DB_HOST: mysql.endpoint,
    DB_READ_HOST: mysql.readerName,
    CACHE_HOST: cache.endpoint,
    MEDIA_URL: media.url,
  },
  secrets: { DB_PASSWORD: { arn: mysql.passwordSecretArn, key: 'password' } },
};
const web = new blueprint.WebService('shop-web', {
  ...task,
  balancer: edge.balancer,
  healthPath: '/',
  scaling: { ...settings.tasks, requestsPerTask: 600 },
});
const worker = new blueprint.Worker('shop-worker', { ...task, queue: orders, scaling: settings.tasks });
const nightly = new blueprint.ScheduledJob('shop-nightly', {
  ...task,
  schedule: 'cron(0 3 * * ? *)',
  timezone: 'Europe/Madrid',
});
const mailer = new blueprint.FunctionHandler('shop-mailer', { code: new pulumi.asset.FileArchive('mailer') });

// Who may talk to whom, and who may do what: this and no more.
for (const program of [web, worker, nightly]) {
  mysql.allowFrom(program);
  cache.allowFrom(program);
}
carts.allowRead(web);
carts.allowWrite(web);
orders.allowSend(web);
sold.allowPublish(worker);
media.allowManage(worker, 'pictures/');
mailer.consume(mails);

// People, the pipeline, and who is told.
const wayIn = new blueprint.Bastion('shop-way-in', { network });
wayIn.allowTo(mysql);
wayIn.allowTo(cache);
new blueprint.People('shop-people', {
  members: { anna: ['operator'], ben: ['developer'], cleo: ['billing', 'read-only'] },
  administrators: ['anna', 'ben'],
});
const deploy = new blueprint.DeployRole('shop-deploy', {
  repository: 'example/sound-shop',
  from: { environment: pulumi.getStack() },
});
const watch = [edge.balancer, web, mysql, cache, orders, mails, mailer];
new blueprint.Observability('shop-watch', {
  emails: { team: 'team@example.com' },
  watch,
  monthlyBudget: settings.monthlyBudget,
  logs,
});

export const shop = edge.url;
export const pictures = media.url;
export const deployRole = deploy.role.arn;
export const databaseTunnel = wayIn.tunnel(mysql.endpoint, mysql.port);
export const cacheTunnel = wayIn.tunnel(cache.endpoint, cache.port);
