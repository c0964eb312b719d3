import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../inventory/operations.ts';
import { global, regional } from './row.ts';
import { ROWS } from './rows/index.ts';
import { callsOf, command, dashed, query, scriptOf } from './script.ts';

const script = scriptOf(ROWS);

describe('the script', () => {
  it('asks every operation that the readers read', () => {
    for (const operation of OPERATIONS) expect(script).toContain(` ${command(operation)}`);
  });

  it('calls nothing that does more than describe, get or list, but for the credential report', () => {
    const called = [
      ...script.matchAll(/^\s*(?:(?:none='[^']*' )?keep "[^\n]*?" |prepare |names "[^\n]*?" )([\w-]+) ([\w-]+)/gm),
    ];
    expect(called.length).toBeGreaterThan(200);
    const others = called.filter(([, , operation = '']) => !/^(?:describe|get|list)-/.test(operation));
    expect([...new Set(others.map(([, service, operation]) => `${service} ${operation}`))]).toEqual([
      'iam generate-credential-report',
    ]);
  });

  it('is what docs/collect.sh holds', () => {
    expect(readFileSync(new URL('../../docs/collect.sh', import.meta.url), 'utf8')).toBe(script);
  });
});

it.each([
  ['DescribeDBInstances', 'describe-db-instances'],
  ['ListMFADevices', 'list-mfa-devices'],
  ['ListVirtualMFADevices', 'list-virtual-mfa-devices'],
  ['ListSAMLProviders', 'list-saml-providers'],
  ['ListOpenIDConnectProviders', 'list-open-id-connect-providers'],
  ['ListWebACLs', 'list-web-acls'],
  ['GetWebACLForResource', 'get-web-acl-for-resource'],
  ['ListClustersV2', 'list-clusters-v2'],
  ['clusters', 'clusters'],
])('%s is %s to the CLI', (name, words) => expect(dashed(name)).toBe(words));

it.each([
  ['Vpcs[].VpcId', ['@'], 'Vpcs[].[VpcId]'],
  ['clusterArns[]', ['@'], 'clusterArns[].[@]'],
  ['Table.TableArn', ['@'], '[Table.TableArn]'],
  ['Policies[]', ['Arn', 'DefaultVersionId'], 'Policies[].[Arn,DefaultVersionId]'],
  ["Listeners[?Protocol=='TLS'].ListenerArn", ['@'], "Listeners[?Protocol=='TLS'].[ListenerArn]"],
  ["Reservations[].Instances[?A!='b'].Id", ['@'], "Reservations[].Instances[] | [?A!='b'].[Id]"],
])('%s is asked so that each thing stands on a line', (items, fields, asked) =>
  expect(query(items, fields)).toBe(asked),
);

describe('a row', () => {
  it('is asked in the loops of the listings that its parameters come from', () => {
    const rows = [
      regional('ecs:ListClusters'),
      regional('ecs:ListServices', {
        each: [{ of: 'ecs:ListClusters', items: 'clusterArns[]', input: { cluster: '@' } }],
      }),
      regional('ecs:DescribeServices', {
        each: [
          {
            of: 'ecs:ListServices',
            items: 'serviceArns[]',
            input: { cluster: '<cluster', services: ['@'], include: ['=TAGS'] },
            batch: 10,
          },
        ],
      }),
    ];
    const [, , last] = rows;
    expect(last && callsOf(last, rows)).toEqual([
      {
        loops: [
          `names "clusterArns[].[@]" ecs list-clusters | while IFS=$'\\t' read -r cluster; do`,
          `names "serviceArns[].[@]" ecs list-services --cluster "$cluster" | by 10 | while IFS=$'\\t' read -r services; do`,
        ],
        words: ['--cluster', '"$cluster"', '--services', '$services', '--include', 'TAGS'],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
        file: 'ecs-describe-services/cluster=$(safe "$cluster")/services[]=$(safe "${services%% *}")',
      },
    ]);
  });

  it('of the whole account is asked in the region that answers for it', () => {
    expect(callsOf(global('iam:ListUsers'), [])[0]?.words).toEqual([]);
    expect(callsOf(global('acm:ListCertificates'), [])[0]?.words).toEqual(['--region', '"$first"']);
    expect(callsOf(global('globalaccelerator:ListAccelerators', { region: 'us-west-2' }), [])[0]?.words).toEqual([
      '--region',
      'us-west-2',
    ]);
  });

  it('that takes parameters from what nobody asks is an error', () => {
    const row = regional('a:B', { each: [{ of: 'a:ListAs', items: 'As[]', input: { A: '@' } }] });
    expect(() => callsOf(row, [row])).toThrow('a:ListAs');
  });
});
