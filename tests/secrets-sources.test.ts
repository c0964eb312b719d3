/** No secret of a live program, or of a log, is in what is said and written. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Canaries, containerOf, environmentOf, startScript } from './canaries.ts';
import { emptyFolder, root, run, shop } from './cli.ts';
import { filesIn } from './said.ts';

/** Everything that is said of an input, and the files that are written of it. */
async function heard(canaries: Canaries, folder: string, asked: readonly string[]): Promise<readonly string[]> {
  const places: string[] = [];
  for (const words of asked) {
    const { out, err } = await run(words.split(' '), {
      cwd: folder,
      env: { UNDERPIN_DEBUG: '1', DB_PASSWORD: canaries.in('DB_PASSWORD of the environment') },
    });
    expect(out + err, words).not.toBe('');
    places.push(...canaries.heardIn(out + err).map((place) => `${words}: ${place}`));
  }
  mkdirSync(join(folder, 'out'), { recursive: true });
  for (const [file, text] of filesIn(join(folder, 'out')))
    places.push(...canaries.heardIn(text).map((place) => `${file}: ${place}`));
  return places;
}

describe('no secret of a Pulumi project', () => {
  function project(canaries: Canaries, more: string): string {
    const folder = emptyFolder();
    const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, 'infra'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'infra/node_modules'), 'junction');
    put('infra/Pulumi.yaml', 'name: tiny\nruntime: nodejs\n');
    put(
      'infra/Pulumi.prod.yaml',
      `config:\n  aws:region: eu-west-1\n  tiny:plain: ${canaries.in('plain setting')}\n  tiny:sealed: { secure: AAABAA== }\n`,
    );
    put(
      'infra/index.ts',
      `import * as pulumi from '@pulumi/pulumi';
import * as aws from '@pulumi/aws';
const config = new pulumi.Config();
new aws.rds.Instance('db', { engine: 'mysql', instanceClass: 'db.t3.micro', password: config.require('plain') });
new aws.rds.Instance('db2', { engine: 'mysql', instanceClass: 'db.t3.micro', password: config.requireSecret('given') });
new aws.ec2.Instance('machine', { ami: 'ami-1', instanceType: 't3.micro', userData: ${JSON.stringify(startScript(canaries, 'userData'))} });
new aws.ec2.SecurityGroup('group', { description: 'see https://robot:${canaries.in('description')}@wiki.example.com/' });
const role = new aws.iam.Role('worker', { assumeRolePolicy: '{"Statement":[]}' });
new aws.lambda.Function('worker', { role: role.arn, environment: { variables: {
  ...${JSON.stringify(environmentOf(canaries, 'variables'))}, URL: pulumi.interpolate\`mysql://app:\${config.requireSecret('given')}@db.example.com/shop\` } } });
new aws.ecs.TaskDefinition('web', { family: 'web', containerDefinitions: ${JSON.stringify(JSON.stringify([containerOf(canaries, 'containerDefinitions')]))} });
new aws.ssm.Parameter('parameter', { type: 'SecureString', value: config.requireSecret('given') });
export const url = pulumi.interpolate\`https://app:\${config.requireSecret('given')}@example.com\`;
${more}`,
    );
    return folder;
  }
  const settings = (canaries: Canaries): string => `--stack prod --config given=${canaries.in('--config')}`;

  it('is in what any command says or writes of it', async () => {
    const canaries = new Canaries();
    const folder = project(canaries, `console.log('${canaries.in('console.log')}');`);
    const given = settings(canaries);
    writeFileSync(
      join(folder, 'template.json'),
      '{"Resources":{"Vpc":{"Type":"AWS::EC2::VPC","Properties":{"CidrBlock":"10.0.0.0/16"}}}}',
    );
    expect(
      await heard(canaries, folder, [
        `audit infra ${given} --json`,
        `report infra ${given} -o out/report.html`,
        `diff template.json infra ${given} --json`,
      ]),
    ).toEqual([]);
  });

  const SAYS = (secret: string): string =>
    `\`wrong: https://robot:${secret}@db.example.com password=${secret} \${config.require('given')}\``;
  it.each([
    ['throws', (secret: string) => `throw new Error(${SAYS(secret)});`],
    ['ends itself', (secret: string) => `console.error(${SAYS(secret)}); process.exit(3);`],
  ])('is in the message about one that %s', async (_, more) => {
    const canaries = new Canaries();
    const folder = project(canaries, more(canaries.in('message')));
    expect(await heard(canaries, folder, [`audit infra ${settings(canaries)}`])).toEqual([]);
  });
});

describe('no secret of a log', () => {
  it('is in what is said of it, nor the words of a line that cannot be read', async () => {
    const canaries = new Canaries();
    const folder = emptyFolder();
    const secret = (place: string): string => canaries.in(place);
    mkdirSync(join(folder, 'logs'));
    const put = (name: string, lines: readonly string[]): void =>
      writeFileSync(join(folder, 'logs', name), name.endsWith('.gz') ? gzipSync(lines.join('\n')) : lines.join('\n'));
    put('flows.log', [
      'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
      '2 111122223333 eni-0608a7e9d01ceb9b9 198.51.100.77 10.0.0.31 50001 3306 6 40 4000 1795000000 1795000060 ACCEPT OK',
      `2 111122223333 ${secret('broken flow')} password=${secret('broken flow 2')}`,
    ]);
    put('bucket.log.gz', [
      `79a5 legacy-shop-media [06/Nov/2026:00:00:38 +0000] 192.0.2.3 arn:aws:iam::111122223333:user/app 3E57 REST.GET.OBJECT a.jpg "GET /a.jpg?X-Amz-Signature=${secret('signature')} HTTP/1.1" 200 - 113 113 7 5 "https://robot:${secret('referrer')}@blog.example.com/?token=${secret('referrer query')}" "${secret('agent')}" - h= SigV4 ECDHE AuthHeader legacy-shop-media.s3.amazonaws.com TLSV1.2 - -`,
      `79a5 legacy-shop-media [06/Nov/2026 broken "GET /?password=${secret('broken request')}`,
    ]);
    put('balancer.log', [
      `https 2026-11-02T23:39:43.945958Z app/legacy-shop/50dc6c495c0c9188 192.0.2.131:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/login?password=${secret('query')} HTTP/1.1" "${secret('agent 2')}" ECDHE TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/73e2 "Root=1-58337281-${secret('trace')}" "www.example.com" "-" 1 2026-11-02T22:48:22.184000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"`,
    ]);
    const event = {
      eventVersion: '1.08',
      eventTime: '2026-11-02T08:00:00Z',
      eventSource: 'rds.amazonaws.com',
      eventName: 'ModifyDBInstance',
      awsRegion: 'eu-west-1',
      userAgent: secret('agent 3'),
      errorMessage: `password=${secret('errorMessage')}`,
      userIdentity: {
        type: 'IAMUser',
        arn: 'arn:aws:iam::111122223333:user/app',
        userName: 'app',
        accountId: '111122223333',
      },
      requestParameters: { masterUserPassword: secret('requestParameters'), policyDocument: secret('policyDocument') },
      responseElements: { credentials: { sessionToken: secret('sessionToken') } },
      recipientAccountId: '111122223333',
    };
    put('trail.json', [JSON.stringify({ Records: [event] })]);
    put('cut.json', [JSON.stringify({ Records: [event, event] }).slice(0, -90)]);
    put('notes.txt', [`the password is ${secret('notes')}`]);
    const logs = ['flows.log', 'bucket.log.gz', 'balancer.log', 'trail.json', 'cut.json']
      .map((name) => `--evidence logs/${name}`)
      .join(' ');
    const places = await heard(canaries, folder, [
      `audit ${shop} ${logs} --details --lang ko`,
      `audit ${shop} ${logs} --json`,
      `audit ${shop} --evidence logs`,
      `audit ${shop} --evidence logs/notes.txt`,
      `draw ${shop} ${logs} -o out/picture.svg`,
    ]);
    expect(places).toEqual([]);
    const { out } = await run(['audit', shop, ...logs.split(' '), '--json'], { cwd: folder });
    // all of them are read
    const { inputs }: { inputs: readonly { records: object }[] } = JSON.parse(out).evidence;
    expect(inputs.flatMap(({ records }) => Object.keys(records)).sort()).toEqual([
      'balancerLog',
      'bucketLog',
      'flowLog',
      'trail',
      'trail',
    ]);
  });
});
