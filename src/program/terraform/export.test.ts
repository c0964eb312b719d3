/** What an export says, without Terraform: names, texts, references, secrets, what keeps Terraform's hands off, what is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import type { Edit } from '../../plan/edit.ts';
import { type Given, journeyWith, shopJourney } from '../testing/journeys.ts';
import { inTerraform } from './commands.ts';
import { ExportError } from './error.ts';
import { exported } from './export.ts';
import { groundOf } from './ground.ts';
import { predictedAt } from './predicted.ts';
import { templated } from './text.ts';

const QUEUE = 'aws:sqs/queue:Queue';
const VPC = 'aws:ec2/vpc:Vpc';
const SUBNET = 'aws:ec2/subnet:Subnet';

type Steps = Readonly<Record<string, readonly Edit[]>>;

/** `main.tf.json` at a step, as it is read. */
function mainAt(given: readonly Given[], steps: Steps = {}, at = 0) {
  const { files } = exported(groundOf(journeyWith(given, steps)), at);
  return JSON.parse(files.get('main.tf.json') ?? '');
}

const queue = (name: string, inputs: Properties = {}, more: Partial<Given> = {}): Given => ({
  type: QUEUE,
  name,
  id: `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`,
  inputs: { name, ...inputs },
  ...more,
});
const created = (type: string, name: string, properties: Properties, more: { region?: string } = {}): Edit => ({
  op: 'create',
  type,
  name,
  properties,
  ...more,
});

const vpc: Given = { type: VPC, name: 'Shop VPC/1', id: 'vpc-0a1b2c3d4e5f60718', inputs: { cidrBlock: '10.0.0.0/16' } };
const subnet: Given = {
  type: SUBNET,
  name: 'a',
  id: 'subnet-0a1b2c3d4e5f60718',
  inputs: { vpcId: vpc.id, cidrBlock: '10.0.0.0/24' },
};

describe('names', () => {
  it('are identifiers from the account’s own, each once among those of its type', () => {
    const names = ['Legacy-prod/MySQL', 'legacy_prod.my sql', '1st', '日本', '日本語', '__proto__', 'thisOne'];
    const { resource } = mainAt(names.map((name) => queue(name)));
    expect(Object.keys(resource.aws_sqs_queue)).toEqual([
      'legacy_prod_my_sql',
      'legacy_prod_my_sql_2',
      '_1st',
      'this',
      'this_2',
      'proto',
      'this_one',
    ]);
  });

  it('are the same at every step, whatever comes beside them', () => {
    const steps = { more: [created(QUEUE, 'jobs', { name: 'new' })] };
    const given = [queue('Jobs')];
    expect(Object.keys(mainAt(given, steps, 0).resource.aws_sqs_queue)).toEqual(['jobs']);
    expect(Object.keys(mainAt(given, steps, 1).resource.aws_sqs_queue)).toEqual(['jobs', 'jobs_2']);
  });
});

describe('texts', () => {
  /** What Terraform makes of a template without expressions. */
  const read = (template: string): string => template.replace(/([$%])\1\{/g, '$1{');

  it('are templates that say them, whatever is in them', () => {
    const bits = fc.constantFrom('\x24{', '%{', '$', '%', '{', '}', '"', '\\', '\n', '\u2028', '日', 'a', '<redacted');
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(read(templated([text]))).toBe(text);
      }),
    );
  });

  it('end in a sign before an expression without making it a text', () => {
    expect(templated(['costs $', { code: 'a.b' }])).toBe('costs \x24{"$"}\x24{a.b}');
    expect(templated(['$', '{'])).toBe('$\x24{');
  });

  it('keep variables of IAM, and tags whose keys look like expressions', () => {
    const policy = JSON.stringify({ Statement: [{ Resource: 'arn:aws:iam::*:user/\x24{aws:username}' }] });
    const { locals, resource } = mainAt([
      {
        type: 'aws:iam/groupPolicy:GroupPolicy',
        name: 'own',
        id: 'g:own',
        inputs: { group: 'g', name: 'own', policy },
      },
      queue('jobs', { tags: { '\x24{a}': '%{b}' } }),
    ]);
    expect(locals.iam_group_policy_own_policy.Statement[0].Resource).toBe('arn:aws:iam::*:user/$\x24{aws:username}');
    expect(resource.aws_iam_group_policy.own.policy).toBe('\x24{jsonencode(local.iam_group_policy_own_policy)}');
    expect(resource.aws_sqs_queue.jobs.tags).toEqual({ '$\x24{a}': '%%{b}' });
  });
});

describe('references', () => {
  it('name the attribute of the other, by Terraform’s name', () => {
    const { resource } = mainAt(
      [vpc, subnet],
      {
        more: [
          created(SUBNET, 'b', { vpcId: `\x24{${VPC}::Shop VPC/1#id}`, cidrBlock: '10.0.1.0/24' }),
          created(QUEUE, 'name', { name: `in-\x24{${SUBNET}::b#availabilityZone}-$` }),
        ],
      },
      1,
    );
    expect(resource.aws_subnet.a.vpc_id).toBe('\x24{aws_vpc.shop_vpc_1.id}');
    expect(resource.aws_subnet.b.vpc_id).toBe('\x24{aws_vpc.shop_vpc_1.id}');
    expect(resource.aws_sqs_queue.name.name).toBe('in-\x24{aws_subnet.b.availability_zone}-$');
  });

  it('reach into what Terraform keeps as a list or a set', () => {
    const certificate = 'aws:acm/certificate:Certificate';
    const { resource } = mainAt(
      [],
      {
        more: [
          created(certificate, 'web', { domainName: 'example.com', validationMethod: 'DNS' }),
          created('aws:route53/record:Record', 'proof', {
            zoneId: 'Z0123456789EXAMPLE',
            type: 'CNAME',
            ttl: 60,
            name: `\x24{${certificate}::web#domainValidationOptions.0.resourceRecordName}`,
            records: [`\x24{${certificate}::web#domainValidationOptions.0.resourceRecordValue}`],
          }),
        ],
      },
      1,
    );
    expect(resource.aws_route53_record.proof.name).toBe(
      '\x24{tolist(aws_acm_certificate.web.domain_validation_options)[0].resource_record_name}',
    );
  });

  it('to what the other does not have are refused', () => {
    const steps = { more: [created(QUEUE, 'b', { name: `\x24{${VPC}::Shop VPC/1#nothing}` })] };
    expect(() => mainAt([vpc], steps, 1)).toThrow(/aws_vpc has nothing that is "nothing"/);
  });
});

describe('blocks and attributes', () => {
  it('are blocks where Pulumi has one object, and singular where it has a plural', () => {
    const { resource } = mainAt([
      {
        type: 'aws:lb/listener:Listener',
        name: 'web',
        id: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/b/c',
        inputs: {
          loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b',
          defaultActions: [{ type: 'redirect', redirect: { statusCode: 'HTTP_301', port: '443' } }],
        },
      },
    ]);
    expect(resource.aws_lb_listener.web.default_action).toEqual([
      { type: 'redirect', redirect: [{ status_code: 'HTTP_301', port: '443' }] },
    ]);
  });

  it('that are lists of objects say each of their parts', () => {
    const { resource } = mainAt([
      {
        type: 'aws:ec2/securityGroup:SecurityGroup',
        name: 'shared',
        id: 'sg-0a1b2c3d4e5f60718',
        inputs: { ingress: [{ protocol: 'tcp', fromPort: 22, toPort: 22, cidrBlocks: ['192.0.2.0/24'] }] },
      },
    ]);
    expect(resource.aws_security_group.shared.ingress).toEqual([
      {
        protocol: 'tcp',
        from_port: 22,
        to_port: 22,
        cidr_blocks: ['192.0.2.0/24'],
        description: null,
        ipv6_cidr_blocks: null,
        prefix_list_ids: null,
        security_groups: null,
        self: null,
      },
    ]);
  });

  it.each([
    ['an attribute', queue('jobs', { colour: 'red' }), /aws_sqs_queue has no attribute for "colour"/],
    [
      'a part of a block',
      { ...vpc, type: 'aws:lb/targetGroup:TargetGroup', inputs: { healthCheck: { mood: 'good' } } },
      /aws_lb_target_group has no attribute for "healthCheck.mood"/,
    ],
    ['an output', queue('jobs', { arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs' }), /no attribute for "arn"/],
    ['a type', { ...vpc, type: 'aws:chime/voiceConnector:VoiceConnector' }, /no type of Terraform for aws:chime/],
    [
      'what is needed and not there',
      { ...subnet, type: 'aws:ec2/route:Route', inputs: {} },
      /aws_route needs "route_table_id"/,
    ],
  ] satisfies [string, Given, RegExp][])(
    '%s that Terraform does not know is refused by its name',
    (_, given, message) => {
      expect(() => mainAt([given])).toThrow(ExportError);
      expect(() => mainAt([given])).toThrow(message);
    },
  );

  it('newer than the table are left out only where they say what holds anyway, and that is told', () => {
    const certificate = (said: string): Given => ({
      type: 'aws:acm/certificate:Certificate',
      name: 'web',
      id: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
      inputs: { domainName: 'example.com', options: { export: said } },
    });
    const { notes } = exported(groundOf(journeyWith([certificate('DISABLED')])), 0);
    expect(notes).toEqual([expect.stringContaining('options.export is "DISABLED"')]);
    expect(() => mainAt([certificate('ENABLED')])).toThrow(/no attribute for "options.export"/);
  });
});

describe('what was built by hand', () => {
  const given = [queue('jobs', {}, { options: { ignoreChanges: ['visibilityTimeoutSeconds', 'tagsAll', 'arn'] } })];
  const steps: Steps = {
    longer: [{ op: 'update', type: QUEUE, name: 'jobs', properties: { visibilityTimeoutSeconds: 60 } }],
    last: [],
    gone: [{ op: 'delete', type: QUEUE, name: 'jobs' }],
  };

  it('is imported, kept from being destroyed, and left alone in what others change, until a step changes it', () => {
    const first = mainAt(given, steps, 0);
    expect(first.import).toEqual([{ to: 'aws_sqs_queue.jobs', id: given[0]?.id }]);
    expect(first.resource.aws_sqs_queue.jobs.lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: ['tags_all', 'visibility_timeout_seconds'],
    });
    expect(mainAt(given, steps, 1).resource.aws_sqs_queue.jobs.lifecycle.ignore_changes).toEqual(['tags_all']);
    expect(mainAt(given, steps, 2).resource.aws_sqs_queue.jobs.lifecycle.prevent_destroy).toBeUndefined();
    expect(mainAt(given, steps, 3).resource).toBeUndefined();
  });

  it('and is given up to AWS is forgotten, not destroyed', () => {
    const main = mainAt(given, { act: [{ op: 'delete', type: QUEUE, name: 'jobs', keeps: true }] }, 1);
    expect(main.removed).toEqual([{ from: 'aws_sqs_queue.jobs', lifecycle: { destroy: false } }]);
  });

  it('and made anew by an act is imported anew', () => {
    const made = {
      make: [created(QUEUE, 'new', { name: 'new' })],
      act: [{ op: 'update', follows: true, type: QUEUE, name: 'new', properties: { delaySeconds: 5 } }],
    } satisfies Steps;
    expect(mainAt(given, made, 1).import).toHaveLength(1);
    expect(mainAt(given, made, 2).import).toHaveLength(2);
    expect(predictedAt(groundOf(journeyWith(given, made)), 2).map(({ op, name }) => `${op} ${name}`)).toEqual([
      'import new',
    ]);
  });
});

describe('secrets', () => {
  it('are variables, but where Terraform leaves the attribute alone', () => {
    const main = mainAt([
      queue('jobs', { policy: '<redacted>' }),
      queue('left', { policy: '<redacted>' }, { options: { ignoreChanges: ['policy'] } }),
      queue('set', { policy: { $secret: 'config:originSecret' } }),
    ]);
    expect(main.resource.aws_sqs_queue.jobs.policy).toBe('\x24{var.jobs_policy}');
    expect(main.resource.aws_sqs_queue.left.policy).toBe('<redacted>');
    expect(main.resource.aws_sqs_queue.set.policy).toBe('\x24{var.origin_secret}');
    expect(main.variable).toEqual({
      jobs_policy: { type: 'string', description: 'Of jobs', sensitive: true },
      origin_secret: { type: 'string', description: 'Of set', sensitive: true },
    });
  });
});

describe('providers', () => {
  it('are one for the account, and one more for each other region', () => {
    const steps = { more: [created(QUEUE, 'far', { name: 'far' }, { region: 'us-east-1' })] };
    const main = mainAt([queue('near')], steps, 1);
    expect(main.provider.aws).toEqual([
      { region: 'eu-west-1', allowed_account_ids: ['111122223333'] },
      { alias: 'us_east_1', region: 'us-east-1', allowed_account_ids: ['111122223333'] },
    ]);
    expect(main.resource.aws_sqs_queue.far.provider).toBe('aws.us_east_1');
    expect(main.resource.aws_sqs_queue.near.provider).toBeUndefined();
  });
});

describe('the shop', () => {
  const journey = shopJourney([
    ['adopt', null],
    ['groups-beside', 'production'],
    ['private-network', 'production'],
  ]);
  const ground = groundOf(journey);

  it('is written the same every time, at every step, with every resource of the plan in it', () => {
    journey.names.forEach((name, at) => {
      const { files, addresses } = exported(ground, at);
      expect([...exported(groundOf(journey), at).files], name).toEqual([...files]);
      expect(addresses.size, name).toBe(journey.worlds[at]?.declared.size);
      const main = JSON.parse(files.get('main.tf.json') ?? '');
      expect(Object.values<object>(main.resource).flatMap((all) => Object.keys(all)).length, name).toBe(addresses.size);
    });
  });

  it('tells of each step what Terraform must plan, in its words', () => {
    const { files } = exported(ground, 0);
    const readme = files.get('README.md') ?? '';
    expect(readme).toContain(`${journey.worlds[0]?.declared.size} to import:`);
    expect(readme).toContain('terraform plan -detailed-exitcode');
    expect(readme).not.toMatch(/pulumi (up|preview|state|config)/);
  });
});

describe('commands of a plan', () => {
  const words = { addressOf: (address: string) => (address === `${QUEUE}::a` ? 'aws_sqs_queue.a' : undefined) };

  it.each([
    [
      `pulumi state delete 'urn of ${QUEUE}::a' --force   # the next pulumi up imports it`,
      "terraform state rm 'aws_sqs_queue.a'   # the next terraform apply imports it",
    ],
    [
      'pulumi config set --secret originSecret "$(openssl rand -hex 24)"',
      'export TF_VAR_origin_secret="$(openssl rand -hex 24)"',
    ],
    ['pulumi refresh --yes && pulumi preview --expect-no-changes', 'terraform plan -detailed-exitcode'],
    ['Pulumi finds no difference after the import.', 'Terraform finds no difference after the import.'],
    ['pulumi up --stack dev', 'terraform workspace select dev && terraform apply'],
    ['aws ecs wait services-stable', 'aws ecs wait services-stable'],
  ])('%s', (said, meant) => {
    expect(inTerraform(said, words)).toBe(meant);
  });
});
