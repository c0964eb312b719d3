/** What is not read is refused in words with a command; what is hostile neither hangs, throws nor speaks for another resource. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { UserError } from '../user-error.ts';
import { isTerraform, readTerraform, refuseHcl, refuseSources, refuseText } from './index.ts';
import { change, configured, created, estateOf, one, planOf, stateOf } from './testing.ts';

const refusal = (work: () => unknown): UserError => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

const readRefused = (content: object): UserError =>
  refusal(() =>
    readTerraform([{ file: 'f.json', content: content as Record<string, unknown>, text: JSON.stringify(content) }]),
  );

describe('is refused, with the command that helps', () => {
  it.each([
    [
      'a state of version 3',
      { version: 3, terraform_version: '0.11.14', modules: [] },
      '/version',
      'terraform show -json',
    ],
    [
      'an encrypted state',
      { serial: 1, lineage: 'x', encrypted_data: 'aGVsbG8=' },
      '/encrypted_data',
      'tofu show -json',
    ],
    [
      'a format of tomorrow',
      { format_version: '2.0', terraform_version: '3.0', values: {} },
      '/format_version',
      '0.12',
    ],
    ['an empty state', { format_version: '1.0', terraform_version: '1.11.4' }, '/values', 'terraform show -json'],
    [
      'sources in JSON',
      { resource: { aws_vpc: { main: {} } } },
      undefined,
      'terraform plan -out p && terraform show -json p',
    ],
  ])('%s', (_, content, path, command) => {
    expect(isTerraform(content)).toBe(true);
    const { message, place } = readRefused(content);
    expect(message).not.toBe('');
    expect(place).toMatchObject({ file: 'f.json', ...(path === undefined ? {} : { path }) });
    expect(place.fix).toContain(command);
  });

  it('HCL, by its name and by its text', () => {
    const command = 'terraform plan -out p && terraform show -json p > plan.json';
    expect(refusal(() => refuseHcl('infra/main.tf')).place.fix).toContain(command);
    expect(refusal(() => refuseText('main', '# shop\nresource "aws_vpc" "main" {\n}\n')).place.fix).toContain(command);
    expect(refusal(() => refuseSources('infra', ['README.md', 'main.tf'])).place.fix).toContain(command);
  });

  it('a saved plan and the log of a run', () => {
    expect(refusal(() => refuseText('p', 'PK\u0003\u0004rest')).place.fix).toContain(
      'terraform show -json p > plan.json',
    );
    expect(refusal(() => refuseText('log', '{"@level":"info"}\n{"@level":"info"}')).message).toContain('log');
  });
});

it('leaves other JSON to others', () => {
  for (const content of [
    {},
    { Resources: {} },
    { format: 'underpin.inventory/1', responses: {} },
    { deployment: {} },
    { values: [] },
  ])
    expect(isTerraform(content)).toBe(false);
});

describe('stands', () => {
  it('modules and values nested deeper than anybody nests', () => {
    let module: object = { resources: [] };
    for (let n = 0; n < 20_000; n++) module = { child_modules: [module] };
    let value: unknown = 'x';
    for (let n = 0; n < 5_000; n++) value = [{ a: value }];
    const content = { ...stateOf(one('aws_vpc.main', { id: 'vpc-1', tags: value })), values: { root_module: module } };
    expect(readTerraform([{ file: 'f', content, text: '' }]).entries.length).toBeGreaterThan(0);
    expect(all(estateOf(stateOf(one('aws_vpc.main', { id: 'vpc-1', odd: value })), ''), 'vpc')).toHaveLength(1);
  });

  it('variables and outputs that refer to each other in a circle', () => {
    const ring = {
      module_calls: {
        a: {
          expressions: { x: { references: ['module.a.y', 'module.a'] } },
          module: {
            outputs: { y: { expression: { references: ['var.x'] } } },
            resources: [configured('aws_subnet.s', { vpc_id: ['var.x'] })],
          },
        },
      },
    };
    const content = planOf([created('module.a.aws_subnet.s', { cidr_block: '10.0.0.0/24' }, { vpc_id: true })], {
      root: ring,
    });
    expect(all(estateOf(content), 'subnet')).toHaveLength(1);
  });

  it('resources that refer to each other in a circle', () => {
    const pair = (a: string, b: string) => configured(a, { vpc_id: [`${b}.id`, b] });
    const root = { resources: [pair('aws_subnet.a', 'aws_subnet.b'), pair('aws_subnet.b', 'aws_subnet.a')] };
    const subnet = (address: string) => created(address, { cidr_block: '10.0.0.0/24' }, { vpc_id: true });
    expect(all(estateOf(planOf([subnet('aws_subnet.a'), subnet('aws_subnet.b')], { root })), 'subnet')).toHaveLength(2);
  });

  it('names that are anything', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (name, key) => {
        const resource = {
          mode: 'managed',
          type: 'aws_vpc',
          name,
          index: key,
          values: { id: 'vpc-1', [key]: name, tags: { [key]: name } },
        };
        const content = { format_version: '1.0', values: { root_module: { address: key, resources: [resource] } } };
        const estate = estateOf(content);
        expect(all(estate, 'vpc').length).toBe(name === '' ? 0 : 1);
      }),
      { numRuns: 60 },
    );
  });

  it('JSON of any form where a state or a plan should be', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom('values', 'resource_changes', 'prior_state', 'configuration', 'resources'),
        (odd, key) => {
          for (const base of [
            stateOf(one('aws_vpc.main', { id: 'vpc-1' })),
            planOf([]),
            { version: 4, terraform_version: '1.1.1', resources: [] },
          ]) {
            const content = { ...base, [key]: odd };
            try {
              readTerraform([{ file: 'f.json', content, text: JSON.stringify(content) }]);
            } catch (error) {
              expect(error).toBeInstanceOf(UserError);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('values of any form where an attribute should be', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }),
        fc.constantFrom('ingress', 'vpc_id', 'tags', 'id', 'arn', 'name'),
        (odd, key) => {
          const group = { id: 'sg-1', name: 'a', vpc_id: 'vpc-1', [key]: odd };
          estateOf(stateOf(one('aws_security_group.a', group)));
          estateOf(planOf([change(['update'], 'aws_security_group.a', group, { [key]: true }, group)]));
        },
      ),
      { numRuns: 100 },
    );
  });
});
