/** The shop of `scenarios/doors` made in moto, an emulator of AWS, by calls; then collected and audited: what its inventory tells is found. */
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdkFor } from '../src/collect/sdk.ts';
import { readInputs } from '../src/inventory/load.ts';
import { emptyFolder, root } from './cli.ts';
import { REGION, seed } from './doors/seed.ts';
import { verdicts } from './doors/verdicts.ts';

const ACCOUNT = '111122223333';
const present = spawnSync('python3', ['-c', 'import moto.server, flask']).status === 0;
if (!present) console.warn('moto is not installed (pip install "moto[server]"): the shop is not made in it');

/** An empty zip file, as base64. */
const ZIP = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';

/** It has no Block Public Access of an account where hosts are addresses, and leaves the root user out of its credential report. */
const LACKS = [
  'bucket-block-public-access-off account 111122223333',
  'bucket-public bucket shop-media-111122223333',
  'bucket-served-without-cdn bucket shop-media-111122223333',
  'root-used account 111122223333',
];

/** Of several databases that a group opens the first by id is named, and ids are made up. */
const EXAMPLE = / \[database db:shop-mysql(?:-replica)?\]$/;

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

describe.skipIf(!present)('an account made by calls', () => {
  const output = join(emptyFolder(), 'inventory.json');
  const before = { ...process.env };
  let settings: Readonly<Record<string, string>> = {};
  let stop: () => void = () => {};

  beforeAll(async () => {
    const port = await freePort();
    settings = {
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/nowhere',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      NO_PROXY: '127.0.0.1',
    };
    const moto = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
      stdio: 'ignore',
      env: { ...process.env, MOTO_ACCOUNT_ID: ACCOUNT, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    });
    stop = () => void moto.kill('SIGKILL');
    while (!(await answers(`http://127.0.0.1:${port}`))) await new Promise((resolve) => setTimeout(resolve, 100));
    Object.assign(process.env, settings);
    const sdk = sdkFor(async () => ({ accessKeyId: 'testing', secretAccessKey: 'testing' }), 60_000);
    await seed(sdk, ACCOUNT, Buffer.from(ZIP, 'base64'));
    sdk.close();
    const child = spawn(
      process.execPath,
      [join(root, 'bin/underpin.js'), 'collect', '-o', output, '--region', REGION, '--rate', '500'],
      { stdio: 'ignore', env: process.env },
    );
    await new Promise((resolve) => child.on('exit', resolve));
  }, 180_000);

  afterAll(() => {
    stop();
    for (const name of Object.keys(settings))
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  });

  it('is found to have what the inventory of the same shop has, but for what the emulator lacks', () => {
    const here = verdicts(readInputs([output]));
    const told = verdicts(readInputs([join(root, 'scenarios/doors/inventory.json')]));
    const differs = [...told].flatMap(([key, said]) => {
      const [there, now] = [said, here.get(key)].map((one) => one?.replace(EXAMPLE, ''));
      return !said.startsWith('fail') || there === now ? [] : [`${key}: ${now}`];
    });
    expect(differs.sort()).toEqual(LACKS.map((key) => `${key}: unknown`));
    expect([...here].filter(([key, said]) => said === 'pass' && told.get(key)?.startsWith('fail'))).toEqual([]);
    expect([...told.values()].filter((said) => said.startsWith('fail')).length).toBeGreaterThan(LACKS.length * 5);
  });
});
