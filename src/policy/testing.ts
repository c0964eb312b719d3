/** Plays the engine's part in tests: an unmodified policy pack, asked as `pulumi preview` asks it, without its server. */
import { createRequire } from 'node:module';
import type { Policies, PolicyPackArgs } from '@pulumi/policy';
import type { Properties, RecordedResource, Value } from '../inventory/pulumi/recorded.ts';

const load = createRequire(import.meta.url);

interface Diagnostic {
  getPolicyname(): string;
  getMessage(): string;
  getUrn(): string;
  getEnforcementlevel(): number;
}

interface Response {
  getDiagnosticsList(): readonly Diagnostic[];
}

type Analyze = (call: { request: unknown }, done: (error: Error | null, response: Response) => void) => void;

interface Server {
  serve: (name: string, version: string, level: string, args: PolicyPackArgs) => void;
  makeAnalyzeStackRpcFun: (name: string, version: string, level: string, policies: Policies) => Analyze;
}

interface Message {
  [setter: `set${string}`]: ((value: unknown) => void) | undefined;
}

type Messages = Readonly<Record<string, new () => Message>>;

/** What the pack would have served; `make` constructs it. */
export function packOf(make: () => unknown): Analyze {
  const server: Server = load('@pulumi/policy/server');
  const { serve } = server;
  let analyze: Analyze | undefined;
  server.serve = (name, version, level, { policies }) => {
    analyze = server.makeAnalyzeStackRpcFun(name, version, level, policies);
  };
  try {
    make();
  } finally {
    server.serve = serve;
  }
  if (analyze === undefined) throw new Error('no policy pack was made');
  return analyze;
}

const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** As the engine sends it: unknown values as its mark, secrets in the open, files left out. */
function sent(value: Value): unknown {
  if (Array.isArray(value)) return value.map((each: Value) => sent(each));
  if (typeof value !== 'object' || value === null) return value;
  if ('$unknown' in value) return UNKNOWN;
  if ('$secret' in value) return sent(value.$secret ?? null);
  if ('$asset' in value)
    return { '4dabf18193072939515e22adb298388d': 'c44067f5952c0a294b673a41bacd8c17', path: 'index.js' };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sent(each)]));
}

export interface Violation {
  readonly policy: string;
  readonly urn: string;
  readonly message: string;
  readonly mandatory: boolean;
}

/** A request like the engine's at the end of a preview: of each resource the properties that it has or will have. */
export function ask(analyze: Analyze, resources: readonly RecordedResource[]): Promise<readonly Violation[]> {
  const { AnalyzerResource, AnalyzerResourceOptions, AnalyzerProviderResource, AnalyzeStackRequest }: Messages = load(
    '@pulumi/pulumi/proto/analyzer_pb',
  );
  const { Struct } = load('google-protobuf/google/protobuf/struct_pb');
  const made = (type: (new () => Message) | undefined, values: Readonly<Record<string, unknown>>): Message => {
    if (type === undefined) throw new Error('the SDK has no such message');
    const message = new type();
    for (const [name, value] of Object.entries(values)) {
      const set = message[`set${name}`];
      if (set === undefined) throw new Error(`the SDK's message has no ${name}`);
      set.call(message, value);
    }
    return message;
  };
  const properties = (of: Properties): unknown => Struct.fromJavaScript(sent(of));
  const one = (resource: RecordedResource): Message =>
    made(AnalyzerResource, {
      Type: resource.type,
      Name: resource.name,
      Urn: resource.urn,
      Properties: properties(resource.custom ? { id: resource.id, ...resource.outputs } : {}),
      Options: made(AnalyzerResourceOptions, { Protect: resource.options.protect === true }),
      Parent: resource.parent ?? '',
      DependenciesList: [...resource.dependencies],
      ...(resource.custom
        ? {
            Provider: made(AnalyzerProviderResource, {
              Type: 'pulumi:providers:aws',
              Name: 'default',
              Urn: `urn:pulumi:prod::shop::pulumi:providers:aws::${resource.place.region}`,
              Properties: properties({ region: resource.place.region }),
            }),
          }
        : {}),
    });
  const request = made(AnalyzeStackRequest, { ResourcesList: resources.map(one) });
  return new Promise((resolve, reject) =>
    analyze({ request }, (error, response) =>
      error
        ? reject(error)
        : resolve(
            response.getDiagnosticsList().map((each) => ({
              policy: each.getPolicyname(),
              urn: each.getUrn(),
              message: each.getMessage(),
              mandatory: each.getEnforcementlevel() === 1,
            })),
          ),
    ),
  );
}
