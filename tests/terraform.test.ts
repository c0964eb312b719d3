/** Terraform's plans and states through the command line, and Terraform itself where it is on this machine. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../src/inventory/assemble.ts';
import { readTerraform } from '../src/inventory/terraform/index.ts';
import { PROVIDER_VERSION } from '../src/inventory/terraform/table.ts';
import { isHere, type Workshop, workshop } from '../src/program/terraform/testing/terraform.ts';
import { rules } from '../src/rules/catalog/index.ts';
import { audit } from '../src/rules/run.ts';
import { emptyFolder, root, run } from './cli.ts';

const file = (name: string): string => join(root, 'scenarios/terraform/shop', name);
type Json = Record<string, unknown>;
const parsed = (name: string): Json => JSON.parse(readFileSync(file(name), 'utf8'));

const findingsOf = (content: Json) => {
  const { entries, notices, collectedAt } = readTerraform([{ file: 'f.json', content, text: '' }]);
  return audit(assemble(entries, notices, collectedAt), rules);
};

const isFailure = ({ state }: { readonly state: string }): boolean => state === 'fail';
const keyOf = ({
  rule,
  resources,
}: {
  readonly rule: string;
  readonly resources: readonly { readonly id: string }[];
}) => `${rule} ${resources.map(({ id }) => id).join(' ')}`;

const failed = (name: string): ReadonlySet<string> =>
  new Set(
    findingsOf(parsed(name))
      .filter(isFailure)
      .map(({ rule }) => rule),
  );

describe('a Terraform file', () => {
  it.each(['plan.json', 'terraform.tfstate'])('%s is audited, asked, drawn and planned', async (name) => {
    const { code, out, err } = await run(['audit', file(name), '--json']);
    expect([code, err]).toEqual([1, '']);
    const { findings } = JSON.parse(out);
    expect(findings.some(({ rule, state }: Json) => rule === 'group-open-to-the-world' && state === 'fail')).toBe(true);
    expect(findings.some(({ rule, state }: Json) => rule === 'made-by-hand' && state === 'fail')).toBe(false);
    expect(out).not.toContain('correct-horse-battery');
    const reach = await run([
      'reach',
      file(name),
      '--from',
      'internet',
      '--to',
      'aws_instance.web["a"]',
      '--port',
      'tcp/22',
    ]);
    expect(reach.out).toContain('YES');
    const drawing = join(emptyFolder(), 'shop.svg');
    expect((await run(['draw', file(name), '-o', drawing])).code).toBe(0);
    const plan = await run(['plan', file(name)]);
    expect([0, 1, 3]).toContain(plan.code);
    expect(plan.err).not.toContain('    at ');
  });

  it('tells the line of a raw state to SARIF', async () => {
    const { out } = await run(['audit', file('terraform.tfstate'), '--format', 'sarif']);
    const places = JSON.parse(out).runs[0].results.map(
      (one: { locations: readonly { physicalLocation: { region: { startLine: number } } }[] }) =>
        one.locations[0]?.physicalLocation.region.startLine,
    );
    expect(places.filter((line: number) => line > 100).length).toBeGreaterThan(places.length / 2);
  });

  it('that is HCL, or a folder of it, is refused with the command', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'main.tf'), 'resource "aws_vpc" "main" {}\n');
    for (const path of [file('main.tf'), folder]) {
      const { code, out, err } = await run(['audit', path]);
      expect([code, out]).toEqual([2, '']);
      expect(err.replace(/\s+/g, ' ')).toContain('terraform plan -out p && terraform show -json p > plan.json');
    }
  });

  it('shows before the apply what the state shows after it, where both can tell', () => {
    const [before, after] = [failed('plan.json'), failed('state.json')];
    for (const rule of [
      'database-reachable-from-internet',
      'instance-reachable-from-internet',
      'group-open-to-the-world',
      'nat-in-one-zone',
    ])
      expect([rule, before.has(rule), after.has(rule)]).toEqual([rule, true, true]);
  });

  it('never passes for less: without any one attribute of a state no failure becomes a pass', () => {
    const content = parsed('state.json') as Json & { values: { root_module: { resources: { values: Json }[] } } };
    const spots = content.values.root_module.resources.flatMap(({ values }, n) =>
      Object.keys(values).map((attribute) => [n, attribute] as const),
    );
    const failures = new Set(findingsOf(content).filter(isFailure).map(keyOf));
    fc.assert(
      fc.property(fc.constantFrom(...spots), ([n, attribute]) => {
        const less = structuredClone(content);
        delete less.values.root_module.resources[n]?.values[attribute];
        for (const finding of findingsOf(less))
          if (finding.state === 'pass') expect(failures.has(keyOf(finding)), keyOf(finding)).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it('never passes for an unknown: with any one value of a plan only known after the apply no failure becomes a pass', () => {
    interface Resource {
      readonly address: string;
      expressions: Json;
    }
    type Plan = Json & {
      resource_changes: { address: string; change: { after: Json; after_unknown: Json } }[];
      configuration: { root_module: { resources: Resource[] } };
    };
    const content = parsed('plan.json') as Plan;
    const declared = (plan: Plan, address: string) =>
      plan.configuration.root_module.resources.find((one) => one.address === address.replace(/\[.*\]$/, ''));
    const spots = content.resource_changes.flatMap(({ address, change }, n) =>
      Object.keys(change.after ?? {})
        .filter((attribute) => attribute in (declared(content, address)?.expressions ?? {}))
        .map((attribute) => [n, attribute] as const),
    );
    const failures = new Set(findingsOf(content).filter(isFailure).map(keyOf));
    fc.assert(
      fc.property(fc.constantFrom(...spots), ([n, attribute]) => {
        const less = structuredClone(content);
        const one = less.resource_changes[n];
        const own = one && declared(less, one.address);
        if (one === undefined || own === undefined) return;
        delete one.change.after[attribute];
        one.change.after_unknown[attribute] = true;
        own.expressions = { ...own.expressions, [attribute]: { references: ['local.of_somewhere'] } };
        for (const finding of findingsOf(less))
          if (finding.state === 'pass') expect(failures.has(keyOf(finding)), keyOf(finding)).toBe(false);
      }),
      { numRuns: 25 },
    );
  });
});

/** A reference, as JSON has it. */
const to = (expression: string): string => `\${${expression}}`;

const CONFIGURATION = {
  provider: { aws: { region: 'eu-west-1', skip_credentials_validation: true, skip_requesting_account_id: true } },
  variable: { zones: { default: ['eu-west-1a', 'eu-west-1b'] } },
  resource: {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
    aws_internet_gateway: { main: { vpc_id: to('aws_vpc.main.id') } },
    aws_subnet: {
      app: {
        count: 2,
        vpc_id: to('aws_vpc.main.id'),
        cidr_block: to('cidrsubnet("10.0.0.0/16", 8, count.index)'),
        availability_zone: to('var.zones[count.index]'),
      },
    },
    aws_route_table: {
      app: {
        vpc_id: to('aws_vpc.main.id'),
        route: [{ cidr_block: '0.0.0.0/0', gateway_id: to('aws_internet_gateway.main.id'), ...routeNulls() }],
      },
    },
    aws_route_table_association: {
      app: { count: 2, subnet_id: to('aws_subnet.app[count.index].id'), route_table_id: to('aws_route_table.app.id') },
    },
    aws_security_group: { web: { name: 'web', vpc_id: to('aws_vpc.main.id') } },
    aws_vpc_security_group_ingress_rule: {
      web: { security_group_id: to('aws_security_group.web.id'), cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' },
    },
    aws_vpc_security_group_egress_rule: {
      web: { security_group_id: to('aws_security_group.web.id'), cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' },
    },
    aws_instance: {
      web: {
        ami: 'ami-12345678',
        instance_type: 't3.micro',
        subnet_id: to('aws_subnet.app[0].id'),
        vpc_security_group_ids: [to('aws_security_group.web.id')],
        associate_public_ip_address: true,
      },
    },
  },
};

/** Attributes that are lists of objects are written with all their members. */
function routeNulls(): Json {
  const names = [
    ...[
      'carrier_gateway_id',
      'core_network_arn',
      'destination_prefix_list_id',
      'egress_only_gateway_id',
      'ipv6_cidr_block',
    ],
    ...[
      'local_gateway_id',
      'nat_gateway_id',
      'network_interface_id',
      'transit_gateway_id',
      'vpc_endpoint_id',
      'vpc_peering_connection_id',
    ],
  ];
  return Object.fromEntries(names.map((name) => [name, null]));
}

describe.skipIf(!isHere)('Terraform itself', () => {
  let shop: Workshop;
  beforeAll(async () => {
    shop = await workshop();
  });
  afterAll(() => shop?.close());

  it('plans a network of which the reader knows every reference', async () => {
    const required = { required_providers: { aws: { source: 'hashicorp/aws', version: PROVIDER_VERSION } } };
    writeFileSync(join(shop.folder, 'main.tf.json'), JSON.stringify({ terraform: required, ...CONFIGURATION }));
    const planned = shop.run(['plan', '-input=false', '-no-color', '-refresh=false', '-out=p']);
    expect(planned.problems).toBe('');
    const shown = shop.run(['show', '-json', 'p']);
    const path = join(emptyFolder(), 'plan.json');
    writeFileSync(path, shown.stdout);
    const reach = await run(['reach', path, '--from', 'internet', '--to', 'aws_instance.web', '--port', 'tcp/22']);
    expect(reach.out).toMatch(/^YES/);
  });

  it('has the attributes that the table says', () => {
    const schema = join(emptyFolder(), 'schema.json');
    writeFileSync(schema, shop.run(['providers', 'schema', '-json']).stdout);
    const { status, stderr } = spawnSync(
      process.execPath,
      ['scripts/terraform-table.mjs', schema, PROVIDER_VERSION, '--check'],
      { cwd: root, encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
  });
});
