import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentsOf } from '../src/analyse/environments/environments.ts';
import { all, byId } from '../src/estate/estate.ts';
import type { Kind } from '../src/estate/resource.ts';
import { readInputs } from '../src/inventory/load.ts';
import type { AuditResult } from '../src/report/result.ts';
import { run } from './cli.ts';
import { corpus, hasCorpora } from './corpora.ts';

const audit = async (path: string): Promise<AuditResult> => JSON.parse((await run(['audit', path, '--json'])).out);

/** Which kind the elements of each file of a Batfish folder become. */
const KINDS: Readonly<Record<string, Kind>> = {
  Addresses: 'elasticIp',
  AvailabilityZones: 'zone',
  InternetGateways: 'internetGateway',
  LoadBalancers: 'loadBalancer',
  NatGateways: 'natGateway',
  NetworkAcls: 'networkAcl',
  NetworkInterfaces: 'networkInterface',
  PrefixLists: 'prefixList',
  RouteTables: 'routeTable',
  SecurityGroups: 'securityGroup',
  Subnets: 'subnet',
  TargetGroups: 'targetGroup',
  VpcEndpoints: 'vpcEndpoint',
  Vpcs: 'vpc',
};

describe.skipIf(!hasCorpora)('the corpora', () => {
  it.each(['test-public-subnet', 'test-nat-gateway', 'test-load-balancer'])('reads Batfish %s without loss', (name) => {
    const folder = corpus(`batfish/${name}/aws_configs`);
    const estate = readInputs([folder]);
    const lost: string[] = [];
    for (const file of readdirSync(folder)) {
      const content = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
      const key = basename(file, '.json');
      const list: readonly Record<string, unknown>[] = content[key] ?? [];
      const kind = KINDS[key];
      if (kind !== undefined) {
        // Derived interfaces come on top of those that were listed.
        const read = all(estate, kind).filter((one) => one.derived === undefined);
        if (read.length !== list.length) lost.push(`${file}: ${list.length} listed, ${read.length} read`);
      } else if (key === 'Reservations') {
        const instances = list.flatMap((one) => one.Instances as readonly { readonly InstanceId: string }[]);
        for (const { InstanceId } of instances)
          if (byId(estate, InstanceId)?.kind !== 'instance') lost.push(InstanceId);
      } else if (key === 'LoadBalancerListeners') {
        const listeners = list.flatMap((one) => one.Listeners as readonly object[]);
        if (all(estate, 'listener').length !== listeners.length) lost.push(file);
      } else if (key === 'LoadBalancerTargetHealth') {
        const told = list.flatMap((one) => one.TargetHealthDescriptions as readonly object[]).length;
        const read = all(estate, 'targetGroup').reduce((sum, group) => sum + (group.targets?.length ?? 0), 0);
        if (read !== told) lost.push(`${file}: ${told} targets, ${read} read`);
      } else if (key === 'LoadBalancerAttributes') {
        if (all(estate, 'loadBalancer').some((one) => one.attributes === undefined)) lost.push(file);
      } else if (!['CustomerGateways', 'VpnConnections', 'VpnGateways', 'VpcEndpointServices'].includes(key))
        lost.push(`${file}: not expected`);
    }
    expect(lost).toEqual([]);
    const rules = all(estate, 'securityGroup').flatMap((group) => [...(group.ingress ?? []), ...(group.egress ?? [])]);
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) expect(rule.peer && rule.protocol !== undefined, rule.id).toBeTruthy();
    for (const table of all(estate, 'routeTable'))
      for (const route of table.routes ?? []) expect(route.destination && route.target, route.source.path).toBeTruthy();
  });

  it('says nothing about networks without route tables but that they were not read', async () => {
    const result = await audit(corpus('cloudmapper/demo'));
    const needing = result.findings.filter(({ missing }) =>
      missing.some(({ operation }) => operation === 'ec2:DescribeRouteTables'),
    );
    expect(needing.length).toBeGreaterThan(0);
    for (const finding of result.findings.filter(({ rule }) => /public-subnet|private-subnets/.test(rule)))
      expect(['unknown', 'notApplicable'], finding.rule).toContain(finding.state);
  });

  it('recognises prod and dev of the shop as two environments', () => {
    const estate = readInputs([corpus('legacy-shop.inventory.json')]);
    const environments = new Set([...environmentsOf(estate).of.values()].map(({ environment }) => environment));
    expect(environments).toEqual(new Set(['production', 'development']));
  });

  it('finds all of the problems 1 to 8 and 10 in the shop as it was collected', async () => {
    expect((await audit(corpus('legacy-shop.inventory.json'))).summary.problems).toEqual(
      expect.arrayContaining([1, 2, 3, 4, 5, 6, 7, 8, 10]),
    );
  });

  it('lets no secret of the shop out', async () => {
    const { out } = await run(['audit', corpus('legacy-shop.inventory.json'), '--json', '--details']);
    const text = readFileSync(corpus('legacy-shop.inventory.json'), 'utf8');
    for (const secret of ['plaintext-password', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY']) {
      expect(text).toContain(secret);
      expect(out).not.toContain(secret);
    }
  });
});
