import { describe, expect, it } from 'vitest';
import { ref } from '../../plan/edit.ts';
import { type Given, journeyWith, PROJECT } from '../testing/journeys.ts';
import { emit } from './emit.ts';

const VPC: Given = {
  type: 'aws:ec2/vpc:Vpc',
  name: 'shop-vpc',
  id: 'vpc-0a1b2c3d4e5f60718',
  inputs: { cidrBlock: '10.20.0.0/16', tags: { Name: 'shop-vpc' } },
  outputs: { arn: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d4e5f60718' },
};
const SHARED: Given = {
  type: 'aws:ec2/securityGroup:SecurityGroup',
  name: 'everything',
  id: 'sg-0a1b2c3d4e5f60718',
  inputs: { name: 'everything', description: "it's open", vpcId: VPC.id },
};
const MYSQL: Given = {
  type: 'aws:rds/instance:Instance',
  name: 'shop-mysql',
  id: 'shop-mysql',
  inputs: {
    identifier: 'shop-mysql',
    instanceClass: 'db.t4g.medium',
    publiclyAccessible: true,
    vpcSecurityGroupIds: [SHARED.id],
  },
  options: { ignoreChanges: ['password', 'engineVersion'] },
};
const TASK: Given = {
  type: 'aws:ecs/taskDefinition:TaskDefinition',
  name: 'web',
  id: 'web',
  inputs: {
    family: 'web',
    containerDefinitions: JSON.stringify([
      {
        name: 'web',
        environment: [
          { name: 'HOST', value: 'old' },
          { name: 'DB_PASSWORD', value: '<redacted>' },
        ],
      },
    ]),
  },
  options: {
    importId: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1',
    ignoreChanges: ['containerDefinitions'],
  },
};

const group = { type: 'aws:ec2/securityGroup:SecurityGroup', name: 'shop-mysql-group' };
const files = (given: readonly Given[], more: Parameters<typeof journeyWith>[1]): ReadonlyMap<string, string> =>
  emit(journeyWith(given, more), PROJECT).files;

describe('a small journey', () => {
  const written = files([VPC, SHARED, MYSQL], {
    'groups-beside': [
      { op: 'create', ...group, properties: { name: 'shop-mysql', vpcId: ref(VPC) } },
      {
        op: 'update',
        type: MYSQL.type,
        name: MYSQL.name,
        properties: { vpcSecurityGroupIds: [SHARED.id, ref(group)] },
      },
    ],
    'shared-detached': [
      {
        op: 'update',
        type: MYSQL.type,
        name: MYSQL.name,
        properties: { vpcSecurityGroupIds: [ref(group)], publiclyAccessible: false, engineVersion: '8.4.3' },
      },
    ],
    'shared-gone': [{ op: 'delete', type: SHARED.type, name: SHARED.name }],
  });

  it.each([...written.keys()].filter((path) => path !== 'JOURNEY.md' && path !== 'README.md'))('writes %s', (path) => {
    expect(written.get(path)).toMatchSnapshot();
  });

  it('is the same bytes every time', () => {
    expect(files([VPC], {})).toEqual(files([VPC], {}));
  });
});

describe('a hidden value', () => {
  const { files: written, secrets } = emit(
    journeyWith([TASK], {
      host: [
        {
          op: 'update',
          type: TASK.type,
          name: TASK.name,
          properties: { containerDefinitions: String(TASK.inputs.containerDefinitions).replace('old', 'new') },
        },
      ],
    }),
    PROJECT,
  );
  const text = written.get('adopted/tasks.ts') ?? '';

  it('is left alone while AWS keeps it, and a setting from the step on that writes it', () => {
    expect(secrets.map(({ name }) => name)).toEqual(['webDbPassword']);
    expect(text).toMatch(/adopt: JSON[^;]*'<redacted>'[^;]*host: \(\) =>[^;]*config\.requireSecret\('webDbPassword'\)/);
    expect(text.match(/<redacted>/g)).toHaveLength(1);
    expect(text).toContain("ignoreChanges: steps.at({ adopt: ['containerDefinitions'], host: [] })");
  });

  it('and what is written anew is a new revision: without protection before it, and no import from it on', () => {
    expect(text).toContain("adopt: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1', host: undefined");
    expect(text).toContain('protect: false');
  });
});

it('what AWS has elsewhere has a provider there', () => {
  const certificate: Given = {
    type: 'aws:acm/certificate:Certificate',
    name: 'www.example.com',
    id: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
    inputs: { domainName: 'www.example.com' },
    region: 'us-east-1',
  };
  const written = files([certificate], {});
  expect(written.get('providers.ts')).toContain(
    "export const inUsEast1 = new aws.Provider('us-east-1', { region: 'us-east-1' });",
  );
  expect(written.get('adopted/certificates.ts')).toContain('provider: inUsEast1');
});

it('what an act puts in the place of something made is taken over by its id, from there on', () => {
  const reader = { type: MYSQL.type, name: 'reader' };
  const text = files([VPC], {
    made: [{ op: 'create', ...reader, properties: { identifier: 'reader', engineVersion: '8.0' } }],
    switched: [{ op: 'update', follows: true, ...reader, properties: { engineVersion: '8.4' } }],
  }).get('target/data.ts');
  expect(text).toContain("adopted(steps.from('made').at({ made: undefined, switched: 'reader' }), { protect: false })");
});

it('what an act takes out of the program stays protected up to there, so that who forgets the act is refused', () => {
  const text = files([MYSQL], { taken: [{ op: 'delete', keeps: true, type: MYSQL.type, name: MYSQL.name }] });
  expect(text.get('adopted/data.ts')).not.toContain('protect');
});
