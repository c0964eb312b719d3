/** Through load balancers and CloudFront. */
import { describe, expect, it } from 'vitest';
import { byId, type Estate } from '../../estate/estate.ts';
import type { TargetGroup } from '../../estate/kinds/balance.ts';
import type { Resource } from '../../estate/resource.ts';
import { ALL_TRAFFIC, tcp } from '../../estate/sets/index.ts';
import { exposures } from '../exposure/index.ts';
import { INTERNET_END, reach, resourceEnd } from './index.ts';
import {
  acl,
  base,
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  OPEN_ACL,
  type RuleSpec,
  ref,
  route,
  subnet,
  table,
  toIgw,
  vpc,
} from './testing/build.ts';

interface Spec {
  readonly type?: 'application' | 'network';
  readonly scheme?: 'internet-facing' | 'internal';
  /** Of the balancer's group; empty for a network load balancer without groups. */
  readonly front: readonly RuleSpec[] | null;
  readonly back: readonly RuleSpec[];
  readonly targets?: TargetGroup['targets'];
  readonly distribution?: boolean;
}
const HTTP = [80, 80] as const;
const APP = [8080, 8080] as const;

function shop(spec: Spec): Estate {
  const { type = 'application', scheme = 'internet-facing' } = spec;
  const targets =
    'targets' in spec ? spec.targets : [{ target: '10.0.2.4', port: 8080, zone: undefined, health: 'healthy' }];
  const resources: Resource[] = [
    vpc('vpc-1', '10.0.0.0/16'),
    subnet('subnet-public', 'vpc-1', '10.0.1.0/24'),
    subnet('subnet-private', 'vpc-1', '10.0.2.0/24'),
    igw('igw-1', ['vpc-1']),
    table('rtb-1', 'vpc-1', [route('10.0.0.0/16', LOCAL), route('0.0.0.0/0', toIgw('igw-1'))], ['subnet-public']),
    table('rtb-2', 'vpc-1', [route('10.0.0.0/16', LOCAL)], 'main'),
    acl('acl-1', 'vpc-1', ['subnet-public', 'subnet-private'], OPEN_ACL),
    group('sg-lb', 'vpc-1', spec.front ?? []),
    group('sg-app', 'vpc-1', spec.back),
    { ...base('prefixList', 'pl-cdn'), listName: 'com.amazonaws.global.cloudfront.origin-facing', cidrs: undefined },
    {
      ...base('loadBalancer', 'lb-1'),
      type,
      scheme,
      dnsName: 'lb-1.elb.example.com',
      vpc: ref('vpc-1'),
      subnets: [ref('subnet-public')],
      zones: [],
      securityGroups: spec.front ? [ref('sg-lb')] : [],
      state: 'active',
      ipAddressType: 'ipv4',
      attributes: {},
      classic: undefined,
      webAcl: null,
    },
    {
      ...base('listener', 'listener-1'),
      loadBalancer: ref('lb-1'),
      port: 80,
      protocol: type === 'network' ? 'TCP' : 'HTTP',
      certificates: [],
      sslPolicy: null,
      actions: [
        {
          type: 'forward',
          targetGroups: [{ ref: ref('tg-1'), weight: 1 }],
          redirect: undefined,
          fixedStatus: undefined,
        },
      ],
    },
    {
      ...base('targetGroup', 'tg-1'),
      targetType: 'ip',
      protocol: type === 'network' ? 'TCP' : 'HTTP',
      port: 8080,
      vpc: ref('vpc-1'),
      loadBalancers: [ref('lb-1')],
      healthCheckPath: '/',
      attributes: type === 'network' ? { 'preserve_client_ip.enabled': 'true' } : {},
      targets,
    },
    eni(
      'eni-lb',
      { vpc: 'vpc-1', subnet: 'subnet-public' },
      spec.front ? ['sg-lb'] : [],
      { private: '10.0.1.4', ...(scheme === 'internal' ? {} : { public: '192.0.2.4' }) },
      { owner: ref('lb-1') },
    ),
    eni('eni-app', { vpc: 'vpc-1', subnet: 'subnet-private' }, ['sg-app'], { private: '10.0.2.4' }),
  ];
  if (spec.distribution)
    resources.push(
      {
        ...base('distribution', 'dist-1'),
        domain: 'd111111abcdef8.cloudfront.net',
        aliases: [],
        enabled: true,
        origins: [
          {
            id: 'alb',
            domain: 'origin.example.com',
            type: 'custom',
            originAccess: null,
            customHeaders: [],
            protocolPolicy: 'http-only',
            httpPort: 80,
            httpsPort: 443,
            vpcOrigin: undefined,
          },
        ],
        webAcl: null,
        viewerProtocol: 'redirect-to-https',
      },
      {
        ...base('dnsRecord', 'dns-1'),
        hostedZone: undefined,
        host: 'origin.example.com',
        type: 'A',
        values: [],
        alias: 'lb-1.elb.example.com',
        ttl: undefined,
        weight: undefined,
        setIdentifier: undefined,
      },
    );
  return estateOf(resources);
}
const ask = (estate: Estate, to: string, traffic = ALL_TRAFFIC) => {
  const resource = byId(estate, to);
  if (resource === undefined) throw new Error(to);
  return reach(estate, INTERNET_END, resourceEnd(resource), traffic);
};
const world: readonly RuleSpec[] = [{ ports: HTTP, peer: '0.0.0.0/0' }];
const fromBalancer: readonly RuleSpec[] = [{ ports: APP, peer: 'sg-lb' }];

describe('through an application load balancer', () => {
  it('a private target is reached on its own port, with listener and target group in the proof', () => {
    const told = ask(shop({ front: world, back: fromBalancer }), 'eni-app');
    expect([told.verdict.answer, told.via, told.sets]).toEqual([
      'yes',
      'through',
      [{ addresses: ['0.0.0.0/0'], traffic: ['tcp/8080'] }],
    ]);
    const codes = told.verdict.answer === 'yes' ? told.verdict.proof.map((one) => one.code) : [];
    expect(codes).toEqual(
      expect.arrayContaining(['internet-gateway', 'listener', 'target-group', 'group-egress', 'group-ingress']),
    );
    expect(told.way).toEqual([
      'internet',
      'igw-1',
      'vpc-1',
      'subnet-public',
      'lb-1',
      'subnet-public',
      'vpc-1',
      'subnet-private',
      'eni-app',
    ]);
  });
  it('not on another port, not past a group that names somebody else, not through an internal one', () => {
    expect(ask(shop({ front: world, back: fromBalancer }), 'eni-app', tcp(22)).verdict.answer).toBe('no');
    expect(ask(shop({ front: world, back: [{ ports: APP, peer: '172.16.0.0/12' }] }), 'eni-app').verdict.answer).toBe(
      'no',
    );
    const internal = ask(shop({ front: world, back: fromBalancer, scheme: 'internal' }), 'lb-1');
    expect(internal.verdict.answer === 'no' && internal.verdict.blockers.map((one) => one.code)).toContain(
      'scheme-internal',
    );
  });
  it('targets that were not read make it unknown, and no targets make it a no', () => {
    expect(ask(shop({ front: world, back: fromBalancer, targets: undefined }), 'eni-app').verdict).toMatchObject({
      answer: 'unknown',
      missing: [{ operation: 'elbv2:DescribeTargetHealth' }],
    });
    expect(ask(shop({ front: world, back: fromBalancer, targets: [] }), 'eni-app').verdict.answer).toBe('no');
  });
  it('exposures tell what is direct and what is through it', () => {
    expect(
      exposures(shop({ front: world, back: fromBalancer })).exposures.map((one) => [
        one.resource.id,
        one.via,
        one.through,
        one.ports,
      ]),
    ).toEqual([
      ['eni-app', 'through', ['lb-1'], ['tcp/8080']],
      ['lb-1', 'direct', [], ['tcp/80']],
    ]);
  });
});

describe('through CloudFront', () => {
  const cdnOnly: readonly RuleSpec[] = [{ ports: HTTP, peer: 'pl-cdn' }];
  it('a balancer that admits the prefix list of CloudFront is reached through the distribution only', () => {
    const estate = shop({ front: cdnOnly, back: fromBalancer, distribution: true });
    const balancer = ask(estate, 'lb-1');
    expect([balancer.verdict.answer, balancer.via, balancer.way]).toEqual([
      'yes',
      'through',
      ['internet', 'dist-1', 'igw-1', 'vpc-1', 'subnet-public', 'lb-1'],
    ]);
    expect(ask(estate, 'eni-app').via).toBe('through');
    expect(
      exposures(estate)
        .exposures.filter((one) => one.via === 'direct')
        .map((one) => one.resource.id),
    ).toEqual(['dist-1']);
  });
  it('without a distribution nobody reaches it', () =>
    expect(ask(shop({ front: cdnOnly, back: fromBalancer }), 'lb-1').verdict.answer).toBe('no'));
  it('a balancer open to the world can be reached past the distribution', () =>
    expect(ask(shop({ front: world, back: fromBalancer, distribution: true }), 'lb-1').via).toBe('direct'));
});

describe('through a network load balancer that hands on the address of the client', () => {
  it('the group of the target must admit the client itself', () => {
    expect(
      ask(shop({ type: 'network', front: null, back: [{ ports: APP, peer: '198.51.100.0/24' }] }), 'eni-app').sets,
    ).toEqual([{ addresses: ['198.51.100.0/24'], traffic: ['tcp/8080'] }]);
    expect(
      ask(shop({ type: 'network', front: null, back: [{ ports: APP, peer: '10.0.0.0/16' }] }), 'eni-app').verdict
        .answer,
    ).toBe('no');
  });
});
