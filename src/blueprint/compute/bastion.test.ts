import * as pulumi from '@pulumi/pulumi';
import { describe, expect, it } from 'vitest';
import { Database } from '../data/database.ts';
import { testNetwork, without } from '../testing/network.ts';
import { statements } from '../testing/policy.ts';
import { record } from '../testing/record.ts';
import { Bastion, type BastionArgs } from './bastion.ts';

const IN = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
const make = (changes: Partial<BastionArgs> = {}) => new Bastion('way-in', { network: testNetwork(), ...changes });
const office = { sshFrom: { office: '203.0.113.0/24', anna: '198.51.100.7/32' } };

describe('Bastion', () => {
  it('by Session Manager declares exactly these resources, stands in a private subnet and has no open port', async () => {
    const { list, inputs, all } = await record(() => make());
    expect(without(list)).toEqual([
      'aws:ec2/instance:Instance way-in',
      'aws:ec2/securityGroup:SecurityGroup way-in',
      'aws:iam/instanceProfile:InstanceProfile way-in',
      'aws:iam/role:Role way-in',
      'aws:iam/rolePolicy:RolePolicy way-in-may-be-entered',
      'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule way-in-to-https',
    ]);
    expect(all(IN)).toEqual([]);
    expect(inputs('aws:ec2/instance:Instance', 'way-in')).toMatchObject({
      ami: 'ami-al2023',
      subnetId: 'net-app-a-id',
      associatePublicIpAddress: false,
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true },
    });
  });

  it('by SSH stands in a public subnet with an address of its own and admits the named blocks only', async () => {
    const { all, inputs } = await record(() => make({ access: office }));
    expect(inputs('aws:ec2/instance:Instance', 'way-in').subnetId).toBe('net-public-a-id');
    expect(all(IN).map((each) => [each.name, each.inputs.fromPort, each.inputs.cidrIpv4])).toEqual([
      ['way-in-from-anna', 22, '198.51.100.7/32'],
      ['way-in-from-office', 22, '203.0.113.0/24'],
    ]);
    expect(inputs('aws:ec2/eip:Eip', 'way-in-address').instance).toBe('way-in-id');
  });

  it('may be entered, and may do nothing else: it reads no parameter of the account', async () => {
    const recording = await record(() => make());
    expect(statements(recording, 'aws:iam/rolePolicy:RolePolicy', 'way-in-may-be-entered')).toEqual([
      { Effect: 'Allow', Action: ['ssm:UpdateInstanceInformation'], Resource: 'arn:aws:ec2:*:*:instance/*' },
      {
        Effect: 'Allow',
        Action: [
          'ssmmessages:CreateControlChannel',
          'ssmmessages:CreateDataChannel',
          'ssmmessages:OpenControlChannel',
          'ssmmessages:OpenDataChannel',
        ],
        Resource: '*',
      },
    ]);
  });

  it('is not replaced because AWS published a newer image', async () => {
    const { one } = await record(() => make());
    expect(one('aws:ec2/instance:Instance', 'way-in').ignoreChanges).toEqual(['ami']);
  });

  it('tells the exact command of a tunnel', async () => {
    const told: string[] = [];
    const tell = (access: BastionArgs['access']) => () => {
      const network = testNetwork();
      const bastion = new Bastion('way-in', { network, ...(access === undefined ? {} : { access }) });
      const database = new Database('mysql', { network, engine: 'mysql', version: '8.4', size: 'db.m7g.large' });
      bastion.allowTo(database);
      pulumi.output(bastion.tunnel(database.writerName, 3306, 13306)).apply((text) => told.push(text));
    };
    const { one } = await record(tell('ssm'));
    expect(one(IN, 'mysql-from-way-in').inputs.referencedSecurityGroupId).toBe('way-in-id');
    await record(tell(office));
    expect(told).toEqual([
      `aws ssm start-session --region eu-west-1 --target way-in-id --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters '{"host":["mysql.net.internal"],"portNumber":["3306"],"localPortNumber":["13306"]}'`,
      'ssh -N -L 13306:mysql.net.internal:3306 ec2-user@way-in-address.publicIp',
    ]);
  });

  const refused: readonly [string, Partial<BastionArgs>, RegExp][] = [
    ['the world', { access: { sshFrom: { everybody: '0.0.0.0/0' } } }, /world or to most of it/],
    ['half the world', { access: { sshFrom: { half: '128.0.0.0/1' } } }, /world or to most of it/],
    ['the world in two halves', { access: { sshFrom: { low: '0.0.0.0/1', high: '128.0.0.0/1' } } }, /most of it/],
    [
      'much of the world in small parts',
      { access: { sshFrom: { one: '11.0.0.0/8', two: '12.0.0.0/30' } } },
      /'11.*'12.*most of it/,
    ],
    ['the world of IPv6', { access: { sshFrom: { everybody: '::/0' } } }, /IPv6, which the network does not have/],
    [
      'half of the world of IPv6',
      { access: { sshFrom: { half: '8000::/1' } } },
      /IPv6, which the network does not have/,
    ],
    ['a key beside the world', { access: { sshFrom: { all: '0.0.0.0/0', office: '203.0.113.0/24' } } }, /most of it/],
    ['SSH from nobody', { access: { sshFrom: {} } }, /names nobody/],
    ['a key where none is used', { publicKey: 'ssh-ed25519 AAAA' }, /needs no key/],
    ['a zone without a subnet', { zone: 'c' }, /zone names zone c, where the network is not.*a, b/],
  ];
  it.each(refused)('refuses %s', async (_what, changes, message) => {
    await expect(record(() => make(changes))).rejects.toThrow(message);
  });
});
