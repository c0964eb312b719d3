/** A small account for tests: principals, policies and a few resources, with everything else known to be absent. */
import type { Coverage } from '../../../estate/coverage.ts';
import { type Estate, makeEstate } from '../../../estate/estate.ts';
import type { Flow } from '../../../estate/flow.ts';
import { accountId, type Id, id, regionName } from '../../../estate/ids.ts';
import type { Base } from '../../../estate/kinds/base.ts';
import type * as compute from '../../../estate/kinds/compute.ts';
import type * as data from '../../../estate/kinds/data.ts';
import type * as people from '../../../estate/kinds/people.ts';
import type { Account } from '../../../estate/kinds/places.ts';
import type { Kind, Resource } from '../../../estate/resource.ts';
import type { Ref } from '../../../estate/source.ts';
import { ACCOUNT, groupArn, type PolicyInput, policyText, REGION, roleArn, textOrNot, userArn } from './write.ts';

export * from './write.ts';

export const ref = <K extends Kind>(target: string): Ref<K> => ({ id: id<K>(target), field: 'test' });

function base<K extends Kind>(kind: K, target: string, account: string, name?: string): Base<K> {
  const plain = target.slice(Math.max(target.lastIndexOf('/'), target.lastIndexOf(':')) + 1);
  return {
    kind,
    id: id<K>(target) as Id<K>,
    name: name ?? plain,
    ...(target.startsWith('arn:') ? { arn: target } : {}),
    account: accountId(account),
    region: regionName(REGION),
    tags: {},
    source: { operation: `test:${kind}`, file: 'test.json', path: `/${kind}/${plain}` },
  };
}

export interface PrincipalInput {
  readonly attached?: readonly string[] | undefined;
  readonly inline?: Readonly<Record<string, PolicyInput | undefined>>;
  readonly boundary?: string | null | undefined;
  readonly account?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

const holds = (input: PrincipalInput) => ({
  attachedPolicies:
    'attached' in input && input.attached === undefined
      ? undefined
      : (input.attached ?? []).map((arn) => ref<'policy'>(arn)),
  inlinePolicies: Object.entries(input.inline ?? {}).map(([name, text]) => ({
    name,
    document: text === undefined ? undefined : policyText(text),
  })),
});

const bounded = (input: PrincipalInput) => ({
  boundary:
    'boundary' in input && input.boundary === undefined
      ? undefined
      : input.boundary == null
        ? null
        : ref<'policy'>(input.boundary),
});

type UserInput = PrincipalInput & { readonly groups?: readonly string[] } & Partial<
    Omit<people.User, 'groups' | 'boundary' | 'account' | 'tags'>
  >;

export class AccountBuilder {
  readonly resources: Resource[] = [];
  readonly flows: Flow[] = [];
  coverage: Coverage = {
    entries: [
      'iam:GetAccountAuthorizationDetails',
      'lambda:ListFunctions',
      'ec2:DescribeInstances',
      'ecs:ListServices',
    ].map((operation) => ({
      operation,
      account: ACCOUNT,
      region: REGION,
      target: '',
      status: 'read',
      file: 'test.json',
    })),
  };
  collectedAt: string | undefined = '2026-06-01T00:00:00.000Z';

  add(resource: Resource): this {
    this.resources.push(resource);
    return this;
  }

  user(name: string, input: UserInput = {}): this {
    const { attached, inline, boundary, account, tags, groups, ...more } = input;
    return this.add({
      ...base('user', userArn(name, account), account ?? ACCOUNT),
      tags: tags ?? {},
      ...holds(input),
      ...bounded(input),
      consoleAccess: false,
      passwordLastUsed: null,
      mfaDevices: [],
      mfa: undefined,
      accessKeys: [],
      created: '2024-01-01T00:00:00.000Z',
      ...more,
      groups: (groups ?? []).map((group) => ref<'group'>(groupArn(group, account))),
    });
  }

  group(name: string, input: PrincipalInput = {}): this {
    return this.add({
      ...base('group', groupArn(name, input.account), input.account ?? ACCOUNT),
      ...holds(input),
      members: undefined,
    });
  }

  role(
    name: string,
    trust: PolicyInput | undefined,
    input: PrincipalInput & { readonly lastUsed?: string | null } = {},
  ): this {
    const arn = roleArn(name, input.account);
    return this.add({
      ...base('role', arn, input.account ?? ACCOUNT),
      tags: input.tags ?? {},
      path: arn.slice(arn.indexOf(':role/') + 5, arn.lastIndexOf('/') + 1),
      trust: trust === undefined ? undefined : policyText(trust),
      ...holds(input),
      ...bounded(input),
      lastUsed: input.lastUsed ?? null,
      created: undefined,
    });
  }

  policy(arn: string, text: PolicyInput | undefined): this {
    return this.add({
      ...base('policy', arn, ACCOUNT),
      awsManaged: arn.startsWith('arn:aws:iam::aws:'),
      document: text === undefined ? undefined : policyText(text),
    });
  }

  account(input: Partial<Account> = {}, number = ACCOUNT): this {
    return this.add({
      ...base('account', number, number),
      aliases: [],
      organization: null,
      publicAccessBlock: null,
      passwordPolicy: null,
      rootMfa: true,
      rootAccessKeys: false,
      rootLastUsed: null,
      ...input,
    });
  }

  key(accessKeyId: string, user: string, input: Partial<people.AccessKey> = {}): this {
    return this.add({
      ...base('accessKey', accessKeyId, ACCOUNT),
      user: ref<'user'>(userArn(user)),
      active: true,
      created: '2026-05-01T00:00:00.000Z',
      lastUsed: null,
      lastUsedService: null,
      ...input,
    });
  }

  controlPolicy(
    name: string,
    text: PolicyInput,
    targets: readonly string[] | undefined,
    type: people.OrganizationPolicy['type'] = 'SERVICE_CONTROL_POLICY',
  ): this {
    const folder = type === 'SERVICE_CONTROL_POLICY' ? 'service_control_policy' : 'resource_control_policy';
    return this.add({
      ...base(
        'organizationPolicy',
        `arn:aws:organizations::999988887777:policy/o-example/${folder}/${name}`,
        '999988887777',
      ),
      type,
      document: policyText(text),
      targets,
    });
  }

  bucket(name: string, policy: PolicyInput | null | undefined, account = ACCOUNT): this {
    return this.add({
      ...base('bucket', `arn:aws:s3:::${name}`, account),
      policy: textOrNot(policy),
      acl: [],
      publicAccessBlock: null,
      policyIsPublic: undefined,
      website: null,
      ownership: null,
      encryption: null,
      versioning: null,
      logging: null,
      notifications: [],
      created: undefined,
    } satisfies data.Bucket);
  }

  queue(name: string, policy: PolicyInput | null | undefined, account = ACCOUNT): this {
    return this.add({
      ...base('queue', `arn:aws:sqs:${REGION}:${account}:${name}`, account),
      url: `https://sqs.${REGION}.amazonaws.com/${account}/${name}`,
      policy: textOrNot(policy),
      deadLetter: null,
      encrypted: true,
      visibilityTimeout: 30,
    });
  }

  topic(name: string, policy: PolicyInput | null | undefined): this {
    return this.add({
      ...base('topic', `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`, ACCOUNT),
      policy: textOrNot(policy),
      encrypted: true,
    });
  }

  kmsKey(name: string, policy: PolicyInput | null | undefined, account = ACCOUNT): this {
    return this.add({
      ...base('key', `arn:aws:kms:${REGION}:${account}:key/${name}`, account),
      aliases: [],
      policy: textOrNot(policy),
    });
  }

  secret(name: string, policy: PolicyInput | null | undefined): this {
    return this.add({
      ...base('secret', `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}`, ACCOUNT),
      service: 'secretsmanager',
      policy: textOrNot(policy),
      rotation: false,
      lastUsed: null,
    });
  }

  table(name: string): this {
    return this.add({
      ...base('table', `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`, ACCOUNT),
      billing: 'PAY_PER_REQUEST',
      readCapacity: undefined,
      writeCapacity: undefined,
      pointInTimeRecovery: false,
      policy: null,
      sizeBytes: undefined,
    });
  }

  lambda(
    name: string,
    role: string,
    input: Partial<Omit<compute.LambdaFunction, 'policy'>> & { readonly policy?: PolicyInput | null } = {},
  ): this {
    const { policy, ...more } = input;
    return this.add({
      ...base('function', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`, ACCOUNT),
      runtime: 'nodejs20.x',
      role: ref<'role'>(roleArn(role)),
      network: null,
      environment: [],
      memory: 128,
      timeout: 3,
      architectures: ['arm64'],
      deadLetter: null,
      urls: [],
      ...more,
      policy: textOrNot(policy ?? null),
    });
  }

  instanceProfile(name: string, roles: readonly string[]): this {
    return this.add({
      ...base('instanceProfile', `arn:aws:iam::${ACCOUNT}:instance-profile/${name}`, ACCOUNT),
      roles: roles.map((role) => ref<'role'>(roleArn(role))),
    });
  }

  instance(name: string, profile: string | null, input: Partial<compute.Instance> = {}): this {
    return this.add({
      ...base('instance', name, ACCOUNT),
      vpc: undefined,
      subnet: undefined,
      zone: undefined,
      instanceType: 't3.micro',
      state: 'running',
      image: undefined,
      architecture: undefined,
      securityGroups: [],
      networkInterfaces: [],
      instanceProfile:
        profile === null ? null : ref<'instanceProfile'>(`arn:aws:iam::${ACCOUNT}:instance-profile/${profile}`),
      autoScalingGroup: null,
      publicAddress: null,
      privateAddress: undefined,
      sourceDestCheck: true,
      keyName: null,
      httpTokens: 'required',
      launchTime: undefined,
      volumes: [],
      userData: [],
      managedBySsm: true,
      ...input,
    });
  }

  /** An ECS service of its own task definition. */
  service(
    name: string,
    input: {
      readonly taskRole?: string | null;
      readonly executionRole?: string | null;
      readonly containers?: readonly Partial<compute.Container>[];
      readonly executeCommand?: boolean;
    } = {},
  ): this {
    const role = (of: string | null | undefined) => (of ? ref<'role'>(roleArn(of)) : null);
    const definition = `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/${name}:1`;
    this.add({
      ...base('taskDefinition', definition, ACCOUNT),
      family: name,
      revision: 1,
      networkMode: 'awsvpc',
      compatibilities: ['FARGATE'],
      cpu: 256,
      memory: 512,
      taskRole: role(input.taskRole),
      executionRole: role(input.executionRole),
      architecture: undefined,
      containers: (input.containers ?? []).map((container) => ({
        name: 'main',
        image: undefined,
        cpu: undefined,
        memory: undefined,
        essential: true,
        privileged: false,
        ports: [],
        environment: [],
        logDriver: null,
        links: [],
        ...container,
      })),
      hostVolumes: [],
    });
    return this.add({
      ...base('ecsService', `arn:aws:ecs:${REGION}:${ACCOUNT}:service/main/${name}`, ACCOUNT),
      cluster: ref<'ecsCluster'>(`arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/main`),
      taskDefinition: ref<'taskDefinition'>(definition),
      launchType: 'FARGATE',
      capacityProviders: [],
      desired: 1,
      running: 1,
      schedulingStrategy: 'REPLICA',
      loadBalancers: [],
      network: null,
      circuitBreaker: false,
      executeCommand: input.executeCommand ?? false,
      deploymentController: 'ECS',
      placementStrategy: [],
    });
  }

  eventSource(source: string, of: string): this {
    return this.add({
      ...base('eventSource', `mapping-${of}`, ACCOUNT),
      eventSourceArn: source,
      function: ref<'function'>(`arn:aws:lambda:${REGION}:${ACCOUNT}:function:${of}`),
      enabled: true,
      batchSize: 10,
    });
  }

  build(): Estate {
    return makeEstate({
      resources: this.resources,
      coverage: this.coverage,
      flows: this.flows,
      notices: [],
      collectedAt: this.collectedAt,
    });
  }
}

export const account = (): AccountBuilder => new AccountBuilder().account();
