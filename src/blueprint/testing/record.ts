/**
 * Runs a small Pulumi program in process and keeps what it registers: for unit tests of the components only.
 * It installs a resource monitor of its own, because `setMocks` hides parents, protection, aliases and dependencies.
 */
import * as pulumi from '@pulumi/pulumi';

export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** As sent to the provider; secrets are unwrapped. */
  readonly inputs: Inputs;
  /** Name of the parent; empty directly under the stack. */
  readonly parent: string;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  /** URNs that the resource, or a parent of it, had before. */
  readonly aliases: readonly string[];
  /** Names of the resources it waits for. */
  readonly dependencies: readonly string[];
}

export type Inputs = { readonly [key: string]: Value };
export type Value = string | number | boolean | null | undefined | readonly Value[] | Inputs;

export interface Recording {
  readonly resources: readonly Recorded[];
  /** `aws:ec2/subnet:Subnet shop-app-a`, sorted; components are left out. */
  readonly list: readonly string[];
  /** The inputs of the one resource of this type and name; throws when there is none. */
  inputs(type: string, name: string): Inputs;
  one(type: string, name: string): Recorded;
  /** All of a type, by name. */
  all(type: string): readonly Recorded[];
}

export interface RecordOptions {
  readonly project?: string;
  readonly stack?: string;
  readonly config?: Readonly<Record<string, string>>;
  /** As in `pulumi preview`: what AWS would answer is unknown. @default false */
  readonly preview?: boolean;
}

/** What a function of the provider answers in a test. */
const INVOKES: Readonly<Record<string, Inputs>> = {
  'aws:ec2/getManagedPrefixList:getManagedPrefixList': {
    id: 'pl-cloudfront',
    arn: 'arn:aws:ec2:::prefix-list/pl-cloudfront',
  },
  'aws:ssm/getParameter:getParameter': { id: 'parameter', value: 'ami-al2023', insecureValue: 'ami-al2023' },
  'aws:index/getCallerIdentity:getCallerIdentity': { id: '111122223333', accountId: '111122223333' },
};

/** Outputs that are not strings, where components read into them. */
const OUTPUTS: Readonly<Record<string, Inputs>> = {
  'aws:acm/certificate:Certificate': {
    domainValidationOptions: [
      {
        resourceRecordName: '_proof.example.com',
        resourceRecordType: 'CNAME',
        resourceRecordValue: '_value.example.net',
      },
    ],
  },
  'aws:rds/instance:Instance': { masterUserSecrets: [{ secretArn: 'arn:aws:test:::managed-secret' }] },
  'aws:rds/cluster:Cluster': { masterUserSecrets: [{ secretArn: 'arn:aws:test:::managed-secret' }] },
};

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const ASSET = /^(c44067f5952c0a294b673a41bacd8c17|0def7320c3a5731c473e5ecbe6d01bc7)$/;

function isObject(value: Value): value is Inputs {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plain(value: Value): Value {
  if (Array.isArray(value)) return value.map((each: Value) => plain(each));
  if (!isObject(value)) return value;
  const signature = value[SIGNATURE];
  if (typeof signature === 'string' && ASSET.test(signature)) return value;
  if (signature !== undefined) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

interface Structure {
  toJavaScript(): Inputs;
}
interface Registration {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): Structure | undefined;
  getProtect(): boolean;
  getIgnorechangesList(): string[];
  getAliasurnsList(): string[];
  getDependenciesList(): string[];
}
interface Invocation {
  getTok(): string;
}
type Reply = (error: unknown, answer?: object) => void;

const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf('::') + 2);

class Monitor {
  readonly seen = new Map<string, Recorded>();
  readonly outputNames = new Map<string, readonly string[]>();
  readonly problems: Error[] = [];
  readonly #preview: boolean;

  constructor(preview: boolean) {
    this.#preview = preview;
  }

  registerResource(request: Registration, reply: Reply): void {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const chain = parent.split('::')[2] ?? '';
    const within = chain === '' || chain === 'pulumi:pulumi:Stack' ? '' : `${chain}$`;
    const urn = `urn:pulumi:test::test::${within}${type}::${name}`;
    const wire = request.getObject()?.toJavaScript() ?? {};
    if (this.seen.has(urn)) this.problems.push(new Error(`Two resources have the same URN: ${urn}`));
    const recordedInputs = plain(wire);
    this.seen.set(urn, {
      type,
      name,
      urn,
      inputs: isObject(recordedInputs) ? recordedInputs : {},
      parent: parent === '' || chain === 'pulumi:pulumi:Stack' ? '' : nameOf(parent),
      protect: request.getProtect(),
      ignoreChanges: request.getIgnorechangesList(),
      aliases: request.getAliasurnsList(),
      dependencies: request.getDependenciesList().map(nameOf),
    });
    const state = request.getCustom() && !this.#preview ? { ...this.#placeholders(type, name), ...wire } : wire;
    reply(null, {
      getUrn: () => urn,
      getId: () => (request.getCustom() && !this.#preview ? `${name}-id` : ''),
      getObject: () => ({ toJavaScript: () => state }),
      getPropertydependenciesMap: () => undefined,
      getResult: () => 0,
    });
  }

  #placeholders(type: string, name: string): Inputs {
    const strings = (this.outputNames.get(type) ?? []).map((key): [string, Value] => [
      key,
      key === 'arn' ? `arn:aws:test:::${name}` : `${name}.${key}`,
    ]);
    return { ...Object.fromEntries(strings), ...OUTPUTS[type] };
  }

  invoke(request: Invocation, reply: Reply): void {
    const answer = INVOKES[request.getTok()];
    if (answer === undefined) {
      reply(new Error(`testing/record.ts has no answer for ${request.getTok()}`));
      return;
    }
    reply(null, { getReturn: () => ({ toJavaScript: () => answer }), getFailuresList: () => [] });
  }

  registerResourceOutputs(_request: unknown, reply: Reply): void {
    reply(null, {});
  }

  supportsFeature(request: { getId(): string }, reply: Reply): void {
    // Without `aliasSpecs` the SDK itself works out what children inherit, which the engine does otherwise.
    const unsupported = ['outputValues', 'transforms', 'aliasSpecs'];
    reply(null, { getHassupport: () => !unsupported.includes(request.getId()) });
  }

  registerPackage(_request: unknown, reply: Reply): void {
    reply(null, { getRef: () => 'test' });
  }

  close(): void {}
}

/** Runs `program` and answers with everything that it registered. What the program throws is thrown here. */
export async function record(program: () => unknown, options: RecordOptions = {}): Promise<Recording> {
  const preview = options.preview ?? false;
  const monitor = new Monitor(preview);
  const project = options.project ?? 'test';
  pulumi.runtime.setMockOptions(monitor, project, options.stack ?? 'test', preview, 'test');
  pulumi.runtime.setAllConfig({ ...options.config });
  // The SDK takes a stack trace with every promise it makes, which is half of the time that a recording takes.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    await pulumi.runtime.runInPulumiStack(async () => {
      // Generated constructors name every output of a class with the value undefined: that tells which placeholders to answer.
      pulumi.runtime.registerStackTransformation((resource) => {
        if (!monitor.outputNames.has(resource.type)) {
          const names = Object.keys(resource.props).filter((key) => resource.props[key] === undefined);
          monitor.outputNames.set(resource.type, names);
        }
        return undefined;
      });
      try {
        await program();
      } catch (error) {
        // Thrown on below: left to the stack it would also reject every output that waits for it.
        monitor.problems.push(error instanceof Error ? error : new Error(String(error)));
      }
    });
    await pulumi.runtime.disconnect();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  const [problem] = monitor.problems;
  if (problem !== undefined) throw problem;
  return recording([...monitor.seen.values()].filter((each) => each.type !== 'pulumi:pulumi:Stack'));
}

function recording(resources: readonly Recorded[]): Recording {
  const sorted = [...resources].sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
  const one = (type: string, name: string): Recorded => {
    const found = sorted.find((each) => each.type === type && each.name === name);
    if (found !== undefined) return found;
    const same = sorted.filter((each) => each.type === type).map((each) => each.name);
    throw new Error(`No ${type} is named ${name}; of this type there are: ${same.join(', ') || 'none'}`);
  };
  return {
    resources: sorted,
    list: sorted.filter((each) => !each.type.startsWith('underpin:')).map((each) => `${each.type} ${each.name}`),
    inputs: (type, name) => one(type, name).inputs,
    one,
    all: (type) => sorted.filter((each) => each.type === type),
  };
}
