/** moto, an emulator of AWS written by others, as a server of this machine: `pip install moto[server]` has it run. */
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { assumedRole, type Sdk, sdkFor } from '../sdk.ts';

export const present = spawnSync('python3', ['-c', 'import moto.server, flask']).status === 0;
if (!present) console.warn('moto is not installed (pip install "moto[server]"): the tests against it are left out');

/** Waits that nobody learns from are left out, and there are the policies of AWS that people attach. */
const SETTINGS = { MOTO_ACM_VALIDATION_WAIT: '0', MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' };

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/moto-api/data.json`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Runs it, and has the SDK of this process and of its children ask it. The function ends both. */
export async function startMoto(region: string): Promise<() => void> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const moto = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, ...SETTINGS },
  });
  const stop = () => void moto.kill('SIGKILL');
  process.once('exit', stop);
  while (!(await answers(url))) {
    if (moto.exitCode !== null) throw new Error(`moto ended by itself (${moto.exitCode})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // its tasks stop the sooner the more often they are looked at
  const transition = { model_name: 'ecs::task', transition: { progression: 'manual', times: 1_000_000 } };
  await fetch(`${url}/moto-api/state-manager/set-transition`, { method: 'POST', body: JSON.stringify(transition) });
  const restore = setEnvironment(url, port, region);
  return () => {
    stop();
    process.off('exit', stop);
    restore();
  };
}

/** Every host below `localhost` is this machine (RFC 6761), which not every machine knows. */
const HOSTS = `import dns from 'node:dns';
const { lookup } = dns;
dns.lookup = (host, ...rest) => lookup(host.endsWith('.localhost') ? '127.0.0.1' : host, ...rest);`;

function setEnvironment(url: string, port: number, region: string): () => void {
  const settings: Readonly<Record<string, string>> = {
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_ENDPOINT_URL: url,
    // the account's number is put before this host, and cannot be put before an address
    AWS_ENDPOINT_URL_S3_CONTROL: `http://localhost:${port}`,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(HOSTS)}`,
    NO_PROXY: '127.0.0.1',
  };
  const before = { ...process.env };
  Object.assign(process.env, settings);
  return () => {
    for (const name of Object.keys(settings))
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  };
}

/** A role of the account: whoever assumes it is in it, and nobody need have made it. */
export const roleOf = (account: string): string => `arn:aws:iam::${account}:role/builder`;

/** Calls in an account, of whatever kind. */
export async function builder(account: string, region: string): Promise<Sdk> {
  const masterCredentials = async () => ({ accessKeyId: 'testing', secretAccessKey: 'testing' });
  const params = { RoleArn: roleOf(account), RoleSessionName: 'builder' };
  return sdkFor(await assumedRole({ masterCredentials, clientConfig: { region }, params }), 60_000);
}
