/** A small online shop, sound from the first day. Development and production are this one program; they differ in settings only. */
import * as pulumi from '@pulumi/pulumi';
import * as blueprint from 'underpin/blueprint';

/** What Pulumi.dev.yaml and Pulumi.prod.yaml say; differences.ts tells why they differ and what that changes. */
interface Settings {
  readonly domain: string;
  readonly hostedZoneId: string;
  readonly image: string;
  readonly network: Pick<blueprint.PrivateNetworkArgs, 'vpc' | 'nat'>;
  readonly database: Pick<blueprint.DatabaseArgs, 'size' | 'multiAz' | 'replicas'>;
  readonly cache: Pick<blueprint.CacheArgs, 'size' | 'nodes'>;
  readonly tasks: { readonly min: number; readonly max: number };
  readonly monthlyBudget: number;
  /** Whether AWS and Pulumi refuse to delete what holds data. */
  readonly deletionProtection: boolean;
}

const config = new pulumi.Config();
const settings = config.requireObject<Settings>('settings');
const { domain, hostedZoneId, image, tasks, monthlyBudget, deletionProtection } = settings;

// The ground: a network in two zones, and a closed bucket for logs.
const region = new pulumi.Config('aws').require('region');
const network = new blueprint.PrivateNetwork('shop', { ...settings.network, region, zones: ['a', 'b'] });
const logs = new blueprint.LogBucket('shop-logs');

// What the internet reaches: two distributions, and nothing else.
const edge = new blueprint.Edge('shop-edge', { network, domain, hostedZoneId, firewall: {}, logs, deletionProtection });
const pictures = { domain: `media.${domain}`, hostedZoneId, corsOrigins: [edge.url] };
const media = new blueprint.MediaCdn('shop-media', { ...pictures, logs });

// Data, in subnets without a way out. With replicas RDS does not manage the password: pulumi config set --secret masterPassword …
const mysql = new blueprint.Database('shop-mysql', {
  ...settings.database,
  network,
  engine: 'mysql',
  version: '8.4',
  masterPassword: config.getSecret('masterPassword'),
  deletionProtection,
});
const cache = new blueprint.Cache('shop-cache', { ...settings.cache, network, deletionProtection });
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
  image,
  size: { cpu: 512, memory: 1024 },
  environment: {
    DB_HOST: mysql.endpoint,
    DB_READ_HOST: mysql.readerName,
    CACHE_HOST: cache.endpoint,
    MEDIA_URL: media.url,
  },
  secrets: { DB_PASSWORD: { arn: mysql.passwordSecretArn, key: 'password' } },
} satisfies blueprint.TaskArgs;
const web = new blueprint.WebService('shop-web', {
  ...task,
  balancer: edge.balancer,
  healthPath: '/',
  scaling: { ...tasks, requestsPerTask: 600 },
});
const worker = new blueprint.Worker('shop-worker', { ...task, queue: orders, scaling: tasks });
const everyNight = { schedule: 'cron(0 3 * * ? *)', timezone: 'Europe/Madrid' };
const nightly = new blueprint.ScheduledJob('shop-nightly', { ...task, ...everyNight });
const mailer = new blueprint.FunctionHandler('shop-mailer', { code: new pulumi.asset.FileArchive('mailer') });

// Who may talk to whom, and who may do what: this and no more.
for (const program of [web, worker, nightly]) for (const store of [mysql, cache]) store.allowFrom(program);
carts.allowRead(web);
carts.allowWrite(web);
orders.allowSend(web);
sold.allowPublish(worker);
media.allowManage(worker, 'pictures/');
mailer.consume(mails);

// People, the pipeline, and who is told.
const wayIn = new blueprint.Bastion('shop-way-in', { network });
for (const store of [mysql, cache]) wayIn.allowTo(store);
new blueprint.People('shop-people', {
  members: { anna: ['operator'], ben: ['developer'], cleo: ['billing', 'read-only'] },
  administrators: ['anna', 'ben'],
});
const deploy = new blueprint.DeployRole('shop-deploy', { repository: 'example/sound-shop' });
const watch = [edge.balancer, web, nightly, mysql, cache, orders, mails, mailer];
new blueprint.Observability('shop-watch', { emails: { team: 'team@example.com' }, watch, monthlyBudget, logs });

export const urls = { shop: edge.url, pictures: media.url };
export const deployRole = deploy.role.arn;
export const tunnels = {
  database: wayIn.tunnel(mysql.endpoint, mysql.port),
  cache: wayIn.tunnel(cache.endpoint, 6379),
};
