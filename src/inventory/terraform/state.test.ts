/** States: what they tell, and what they leave unknown. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declaredInPart } from '../../estate/coverage.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import { assemble } from '../assemble.ts';
import { readTerraform } from './index.ts';
import { estateOf, one, stateOf } from './testing.ts';

const VPC = one('aws_vpc.main', {
  id: 'vpc-1',
  arn: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1',
  cidr_block: '10.0.0.0/16',
  default_network_acl_id: 'acl-1',
  main_route_table_id: 'rtb-1',
  default_security_group_id: 'sg-default',
  tags: null,
});

const group = (name: string, values: object = {}) =>
  one(`aws_security_group.${name}`, { id: `sg-${name}`, name, vpc_id: 'vpc-1', ingress: [], egress: [], ...values });

const block = (values: object) => ({
  cidr_blocks: [],
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
  description: '',
  ...values,
});

const ingressOf = (estate: Estate, name: string) =>
  all(estate, 'securityGroup').find((each) => each.groupName === name)?.ingress;

describe('a state', () => {
  it('tells of modules at any depth and of count and for_each, each by its address, account and region', () => {
    const subnet = (address: string, id: string) =>
      one(address, { id, vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24', availability_zone: 'eu-west-1a' });
    const content = stateOf(
      VPC,
      subnet('module.net["a.b"].aws_subnet.app["x/y"]', 'subnet-1'),
      subnet('module.net[0].module.inner.aws_subnet.app[3]', 'subnet-2'),
    );
    const found = all(estateOf(content), 'subnet');
    expect(found.map(({ id, name, account, region }) => [id, name, account, region])).toEqual([
      ['subnet-1', 'module.net["a.b"].aws_subnet.app["x/y"]', '111122223333', 'eu-west-1'],
      ['subnet-2', 'module.net[0].module.inner.aws_subnet.app[3]', '111122223333', 'eu-west-1'],
    ]);
    expect(found[0]?.source.path).toContain('module.net["a.b"].aws_subnet.app["x~1y"]');
  });

  it('is a part of an account: that there is no more of a kind is not known', () => {
    const { coverage } = estateOf(stateOf(VPC));
    for (const operation of ['ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'rds:DescribeDBInstances', 's3:ListBuckets'])
      expect(declaredInPart(coverage, operation), operation).toBe(true);
  });

  it('takes null as not set and what the provider did not know of as unknown', () => {
    const database = (values: object) =>
      all(
        estateOf(
          stateOf(one('aws_db_instance.main', { id: 'db-ABC', identifier: 'shop', engine: 'mysql', ...values })),
        ),
        'database',
      )[0];
    expect(database({ publicly_accessible: true })?.publiclyAccessible).toBe(true);
    expect(database({ publicly_accessible: null })?.publiclyAccessible).toBe(false);
    expect(database({})?.publiclyAccessible).toBeUndefined();
    expect(database({})?.name).toBe('shop');
  });

  it('counts a rule once that stands for itself and in its group', () => {
    const rule = {
      id: 'sgrule-1',
      type: 'ingress',
      security_group_id: 'sg-app',
      from_port: 80,
      to_port: 80,
      protocol: 'tcp',
    };
    const estate = estateOf(
      stateOf(
        group('app', {
          ingress: [
            block({ from_port: 80, to_port: 80, protocol: 'tcp', cidr_blocks: ['192.0.2.0/24', '198.51.100.0/24'] }),
            block({ from_port: 443, to_port: 443, protocol: '6', security_groups: ['sg-lb'], self: true }),
          ],
        }),
        one('aws_security_group_rule.a', { ...rule, cidr_blocks: ['192.0.2.0/24'], self: false }),
        one('aws_vpc_security_group_ingress_rule.b', {
          id: 'sgr-2',
          security_group_id: 'sg-app',
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          referenced_security_group_id: 'sg-app',
        }),
      ),
    );
    expect(
      ingressOf(estate, 'app')
        ?.map(({ peer }) => JSON.stringify(peer))
        .sort(),
    ).toHaveLength(4);
  });

  it('knows the rules that were made after Terraform last looked at their group', () => {
    const estate = estateOf(
      stateOf(
        group('app'),
        one('aws_security_group_rule.a', {
          type: 'ingress',
          security_group_id: 'sg-app',
          from_port: 22,
          to_port: 22,
          protocol: 'tcp',
          cidr_blocks: ['0.0.0.0/0'],
          self: false,
        }),
      ),
    );
    expect(ingressOf(estate, 'app')).toHaveLength(1);
  });

  it('tells that a bucket has no policy only where the provider has looked', () => {
    const bucket = (values: object) =>
      all(estateOf(stateOf(one('aws_s3_bucket.b', { id: 'example-b', bucket: 'example-b', ...values }))), 'bucket')[0];
    expect(bucket({ policy: '', grant: [] })?.policy).toBeNull();
    expect(bucket({ policy: null })?.policy).toBeUndefined();
    expect(bucket({})?.policy).toBeUndefined();
    expect(bucket({ policy: '' })?.publicAccessBlock).toBeUndefined();
  });

  it('takes what is only looked up as there, without inventing what AWS made with it', () => {
    const estate = estateOf(
      stateOf(one('data.aws_vpc.other', { id: 'vpc-9', cidr_block: '10.9.0.0/16', default: true })),
    );
    expect(all(estate, 'vpc').map(({ id, cidrs }) => [id, cidrs])).toEqual([['vpc-9', ['10.9.0.0/16']]]);
    expect(all(estate, 'routeTable')).toEqual([]);
    expect(all(estate, 'networkAcl')).toEqual([]);
  });

  it('knows the lists of AWS by their names', () => {
    const list = one('data.aws_ec2_managed_prefix_list.cdn', {
      id: 'pl-1',
      name: 'com.amazonaws.global.cloudfront.origin-facing',
    });
    expect(all(estateOf(stateOf(VPC, list)), 'prefixList').map(({ id, name }) => [id, name])).toEqual([
      ['pl-1', 'com.amazonaws.global.cloudfront.origin-facing'],
    ]);
  });

  it('lets what is managed win over the same looked up', () => {
    const estate = estateOf(stateOf(VPC, one('data.aws_vpc.same', { id: 'vpc-1', arn: VPC.values.arn })));
    expect(all(estate, 'vpc')).toHaveLength(1);
    expect(estate.notices.filter(({ code }) => code === 'duplicateId')).toEqual([]);
  });

  it('counts the types that nobody reads, and says nothing of other providers', () => {
    const notices = estateOf(
      stateOf(one('aws_medialive_channel.tv', { id: '1' }), one('aws_rds_global_cluster.g', { id: '2' })),
    ).notices.map(({ message }) => message);
    expect(notices.filter((message) => message.includes('no reader'))).toEqual([
      'aws_medialive_channel: this version has no reader for it (1 in the file)',
      'aws_rds_global_cluster: this version has no reader for it (1 in the file)',
    ]);
  });

  it('of Terraform 0.12, with addresses within their module, is read', () => {
    const content = {
      format_version: '0.1',
      terraform_version: '0.12.31',
      values: {
        root_module: {
          child_modules: [
            {
              address: 'module.net',
              resources: [
                {
                  address: 'aws_vpc.main',
                  mode: 'managed',
                  type: 'aws_vpc',
                  name: 'main',
                  provider_name: 'aws',
                  schema_version: 1,
                  values: { id: 'vpc-1', cidr_block: '10.0.0.0/16' },
                },
              ],
            },
          ],
        },
      },
    };
    expect(byId(estateOf(content), 'vpc-1')?.name).toBe('module.net.aws_vpc.main');
  });

  it('of an old provider is read in today’s words', () => {
    const [cache] = all(
      estateOf(
        stateOf(
          one('aws_elasticache_replication_group.c', {
            id: 'c',
            replication_group_id: 'c',
            arn: 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:c',
            number_cache_clusters: 3,
            automatic_failover_enabled: true,
          }),
        ),
      ),
      'cache',
    );
    expect(cache).toMatchObject({ automaticFailover: true });
    const [asg] = all(
      estateOf(
        stateOf(
          one('aws_autoscaling_group.a', {
            id: 'a',
            name: 'a',
            min_size: 1,
            max_size: 2,
            tags: [{ key: 'Name', value: 'web', propagate_at_launch: 'true' }],
            tag: [],
          }),
        ),
      ),
      'autoScalingGroup',
    );
    expect(asg?.tags).toEqual({ Name: 'web' });
  });
});

describe('several states', () => {
  it('are one estate: what one looks up another manages, and a rule may stand beside its group', () => {
    const rule = one('aws_security_group_rule.a', {
      type: 'ingress',
      security_group_id: 'sg-app',
      from_port: 22,
      to_port: 22,
      protocol: 'tcp',
      cidr_blocks: ['0.0.0.0/0'],
      self: false,
    });
    const file = (name: string, content: ReturnType<typeof stateOf>) => ({ file: name, content, text: '' });
    const network = file('network.json', stateOf(VPC, group('app')));
    const app = file('app.json', stateOf(one('data.aws_vpc.main', { id: 'vpc-1', arn: VPC.values.arn }), rule));
    for (const files of [
      [network, app],
      [app, network],
    ]) {
      const { entries, notices } = readTerraform(files);
      const estate = assemble(entries, notices, undefined);
      expect(all(estate, 'vpc').map(({ cidrs, source }) => [cidrs, source.file])).toEqual([
        [['10.0.0.0/16'], 'network.json'],
      ]);
      expect(ingressOf(estate, 'app')).toHaveLength(1);
      expect(estate.notices.filter(({ code }) => code === 'duplicateId')).toEqual([]);
    }
  });
});

const SECRET = 'correct-horse-battery';
const files = ['plan.json', 'state.json', 'terraform.tfstate', 'change.plan.json'] as const;
const read = (name: string): string => readFileSync(`scenarios/terraform/shop/${name}`, 'utf8');

describe('what Terraform itself wrote', () => {
  it.each(files)('keeps the password out of everything that is made from %s', (name) => {
    const text = read(name);
    expect(text).toContain(SECRET);
    const { entries } = readTerraform([{ file: name, content: JSON.parse(text), text }]);
    const estate = estateOf(JSON.parse(text), text);
    expect(JSON.stringify([entries, [...estate.resources], estate.notices, estate.flows])).not.toContain(SECRET);
  });

  it('shows the same estate by its raw state as by terraform show', () => {
    const bare = (name: string) =>
      JSON.parse(
        JSON.stringify([...estateOf(JSON.parse(read(name)), read(name)).resources]).replace(
          /terraform\.json(?::\d+)?/g,
          '',
        ),
      );
    expect(bare('terraform.tfstate')).toEqual(bare('state.json'));
  });

  it('has its line in the raw state, and in JSON that was written for people', () => {
    const text = read('terraform.tfstate');
    const file = byId(estateOf(JSON.parse(text), text), 'arn:aws:rds:eu-west-1:111122223333:db:shop-mysql')?.source
      .file;
    const line = Number(/:(\d+)$/.exec(file ?? '')?.[1]);
    expect(
      text
        .split('\n')
        .slice(line, line + 10)
        .join(),
    ).toMatch(/"attributes"[\s\S]*"address": "shop-mysql/);
    const pretty = JSON.stringify(JSON.parse(read('state.json')), null, 2);
    const shown = byId(estateOf(JSON.parse(pretty), pretty), all(estateOf(JSON.parse(text), text), 'vpc')[0]?.id ?? '');
    const at = Number(/:(\d+)$/.exec(shown?.source.file ?? '')?.[1]);
    expect(pretty.split('\n')[at - 1]).toContain('module.net.aws_vpc.this');
  });

  it('gives each resource the place of its own ARN', () => {
    const text = read('state.json');
    for (const { account, region } of estateOf(JSON.parse(text), text).resources)
      expect([account, region === 'global' ? 'eu-west-1' : region]).toEqual(['111122223333', 'eu-west-1']);
  });
});
