/** Plans: the estate after the apply, and the references that a plan does not spell out. */
import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { change, configured, created, estateOf, one, planOf, stateOf } from './testing.ts';

const vpc = { id: 'vpc-1', arn: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1', cidr_block: '10.0.0.0/16' };
const NEW_VPC = created('aws_vpc.main', { cidr_block: '10.0.0.0/16' });
const subnet = (address: string, zone = 'eu-west-1a') =>
  created(address, { cidr_block: '10.0.1.0/24', availability_zone: zone }, { vpc_id: true });

const rules = (content: ReturnType<typeof planOf>, name: string) =>
  all(estateOf(content), 'securityGroup').find((each) => each.groupName === name)?.ingress;

describe('a plan', () => {
  it('follows a reference through the outputs and variables of modules', () => {
    const content = planOf(
      [created('module.net.aws_vpc.this', { cidr_block: '10.0.0.0/16' }), subnet('module.app.aws_subnet.a')],
      {
        root: {
          module_calls: {
            net: {
              module: {
                outputs: { vpc_id: { expression: { references: ['aws_vpc.this.id', 'aws_vpc.this'] } } },
                resources: [configured('aws_vpc.this', {})],
              },
            },
            app: {
              expressions: { network: { references: ['module.net.vpc_id', 'module.net'] } },
              module: { resources: [configured('aws_subnet.a', { vpc_id: ['var.network'] })] },
            },
          },
        },
      },
    );
    const estate = estateOf(content);
    expect(all(estate, 'subnet')[0]?.vpc.id).toBe(all(estate, 'vpc')[0]?.id);
  });

  it('takes the resource of the same key where one is chosen by count.index or each.key', () => {
    const address = (key: string) => [`aws_eip.e[${key}]`, `aws_nat_gateway.n[${key}]`] as const;
    const keys = ['"a"', '"b"'];
    const content = planOf(
      keys.flatMap((key) => [
        created(address(key)[0], { domain: 'vpc' }),
        created(address(key)[1], { subnet_id: 'subnet-1' }, { allocation_id: true }),
      ]),
      {
        root: {
          resources: [
            configured('aws_eip.e', {}),
            configured('aws_nat_gateway.n', { allocation_id: ['aws_eip.e', 'each.key'] }),
          ],
        },
      },
    );
    const estate = estateOf(content);
    const eips = all(estate, 'elasticIp');
    for (const key of keys) {
      const nat = all(estate, 'natGateway').find(({ name }) => name.includes(key));
      expect(nat?.publicAddresses).toEqual([eips.find(({ source }) => source.path.includes(key))?.publicAddress]);
    }
    expect(eips).toHaveLength(2);
  });

  it.each([
    [
      'two resources for one value',
      ['aws_security_group.a.id', 'aws_security_group.a', 'aws_security_group.b.id', 'aws_security_group.b'],
    ],
    ['a local value, of which a plan does not tell the expression', ['local.group']],
    ['a choice by a variable', ['var.wanted', 'aws_security_group.a.id', 'aws_security_group.a']],
    ['nothing', []],
  ])('leaves a value unknown that refers to %s', (_, references) => {
    const content = planOf(
      [
        created('aws_security_group.a', { name: 'a', vpc_id: 'vpc-1', ingress: [], egress: [] }),
        created('aws_security_group.b', { name: 'b', vpc_id: 'vpc-1', ingress: [], egress: [] }),
        created(
          'aws_vpc_security_group_ingress_rule.r',
          { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
          { security_group_id: true },
        ),
      ],
      { root: { resources: [configured('aws_vpc_security_group_ingress_rule.r', { security_group_id: references })] } },
    );
    // it may be a rule of either group, so neither is known to have none
    for (const name of ['a', 'b']) {
      const found = rules(content, name);
      expect(found === undefined || found.length > 0).toBe(true);
    }
  });

  it('knows that an unknown VPC is the one that it makes, and not which of two', () => {
    const one = estateOf(planOf([NEW_VPC, subnet('aws_subnet.a')]));
    expect(all(one, 'subnet')[0]?.vpc.id).toBe(all(one, 'vpc')[0]?.id);
    const two = estateOf(
      planOf([NEW_VPC, created('aws_vpc.more', { cidr_block: '10.1.0.0/16' }), subnet('aws_subnet.a')]),
    );
    expect(all(two, 'vpc').map(({ id }) => id)).not.toContain(all(two, 'subnet')[0]?.vpc?.id);
  });

  it('takes rules that are not known yet as none only where rules stand for themselves', () => {
    const group = created('aws_security_group.a', { name: 'a', vpc_id: 'vpc-1' }, { ingress: true, egress: true });
    const rule = created(
      'aws_vpc_security_group_ingress_rule.r',
      { ip_protocol: 'tcp', from_port: 80, to_port: 80, cidr_ipv4: '192.0.2.0/24' },
      { security_group_id: true },
    );
    const root = {
      resources: [
        configured('aws_security_group.a', {}),
        configured('aws_vpc_security_group_ingress_rule.r', {
          security_group_id: ['aws_security_group.a.id', 'aws_security_group.a'],
        }),
      ],
    };
    expect(rules(planOf([group, rule], { root }), 'a')).toHaveLength(1);
    expect(rules(planOf([group], { root }), 'a')).toBeUndefined();
  });

  it('leaves out what it deletes, and what that put into the lists of others', () => {
    const rule = {
      type: 'ingress',
      security_group_id: 'sg-1',
      protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_blocks: ['0.0.0.0/0'],
      self: false,
    };
    const ingress = [
      {
        protocol: 'tcp',
        from_port: 22,
        to_port: 22,
        cidr_blocks: ['0.0.0.0/0', '192.0.2.0/24'],
        self: false,
        description: '',
      },
    ];
    const group = { id: 'sg-1', name: 'a', vpc_id: 'vpc-1', ingress, egress: [] };
    const content = planOf(
      [
        change(['no-op'], 'aws_security_group.a', group, {}, group),
        change(['delete'], 'aws_security_group_rule.r', {}, {}, rule),
      ],
      {
        prior: [one('aws_security_group.a', group), one('aws_security_group_rule.r', rule)],
      },
    );
    expect(rules(content, 'a')?.map(({ peer }) => peer)).toEqual([{ type: 'cidr', cidr: '192.0.2.0/24' }]);
    expect(estateOf(content).notices.map(({ message }) => message)).toContain(
      '1 resource will be deleted by the plan and is left out: aws_security_group_rule.r',
    );
  });

  it('keeps a rule in a group that it changes and that still says it', () => {
    const rule = {
      type: 'ingress',
      security_group_id: 'sg-1',
      protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_blocks: ['0.0.0.0/0'],
      self: false,
    };
    const ingress = [
      { protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'], self: false, description: '' },
    ];
    const group = { id: 'sg-1', name: 'a', vpc_id: 'vpc-1', ingress, egress: [] };
    const content = planOf([
      change(['update'], 'aws_security_group.a', group, {}, { ...group, ingress: [] }),
      change(['delete'], 'aws_security_group_rule.r', {}, {}, rule),
    ]);
    expect(rules(content, 'a')).toHaveLength(1);
  });

  it('keeps what it does not touch (-target) and what it forgets, and follows what moves', () => {
    const moved = { id: 'vpc-2', cidr_block: '10.2.0.0/16' };
    const content = planOf(
      [
        { ...change(['no-op'], 'module.a.aws_vpc.new', moved, {}, moved), more: { previous_address: 'aws_vpc.old' } },
        change(['forget'], 'aws_vpc.left', {}, {}, { id: 'vpc-3' }),
      ],
      {
        prior: [
          one('aws_vpc.main', vpc),
          one('aws_vpc.old', moved),
          one('aws_vpc.left', { id: 'vpc-3', cidr_block: '10.3.0.0/16' }),
        ],
        more: { complete: false },
      },
    );
    const estate = estateOf(content);
    expect(all(estate, 'vpc').map(({ id, name }) => [id, name])).toEqual([
      ['vpc-1', 'aws_vpc.main'],
      ['vpc-2', 'module.a.aws_vpc.new'],
      ['vpc-3', 'aws_vpc.left'],
    ]);
    const notices = estate.notices.map(({ message }) => message).join('\n');
    expect(notices).toContain('-target');
    expect(notices).toContain('will be managed no longer and stays in AWS: aws_vpc.left');
  });

  it('gives what it replaces a new id, and what it changes its old one with what is unknown', () => {
    const database = { id: 'db-1', identifier: 'shop', engine: 'mysql', publicly_accessible: true, multi_az: true };
    const estate = estateOf(
      planOf([
        change(['delete', 'create'], 'aws_vpc.main', { cidr_block: '10.1.0.0/16' }, { id: true }, vpc),
        change(
          ['update'],
          'aws_db_instance.d',
          { ...database, publicly_accessible: undefined },
          { publicly_accessible: true },
          database,
        ),
      ]),
    );
    expect(all(estate, 'vpc').map(({ id, cidrs }) => [id === 'vpc-1', cidrs])).toEqual([[false, ['10.1.0.0/16']]]);
    const [found] = all(estate, 'database');
    expect([found?.name, found?.publiclyAccessible, found?.multiAz]).toEqual(['shop', undefined, true]);
  });

  it('that was cut down to its planned values leaves unknown what these do not tell', () => {
    const database = one('aws_db_instance.d', { identifier: 'shop', engine: 'mysql', publicly_accessible: true });
    const { values } = stateOf(database) as { values: object };
    const [found] = all(
      estateOf({ format_version: '1.2', terraform_version: '1.5.0', planned_values: values }),
      'database',
    );
    expect([found?.publiclyAccessible, found?.multiAz]).toEqual([true, undefined]);
  });

  it('that changes nothing tells what stands now', () => {
    const estate = estateOf(
      planOf([], { prior: [one('aws_vpc.main', vpc)], more: { resource_drift: [{ address: 'aws_vpc.main' }] } }),
    );
    expect(all(estate, 'vpc')).toHaveLength(1);
    const notices = estate.notices.map(({ message }) => message).join('\n');
    expect(notices).toContain('changes nothing in AWS');
    expect(notices).toContain('aws_vpc.main');
  });

  it('is the same whatever the order of its resources', () => {
    const changes = [NEW_VPC, subnet('aws_subnet.a'), subnet('aws_subnet.b', 'eu-west-1b')];
    const text = (list: typeof changes) => JSON.stringify([...estateOf(planOf(list)).resources]);
    expect(text([...changes].reverse())).toBe(text(changes));
  });
});
