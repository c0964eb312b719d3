/** The Pulumi SDK of the user's project, else Underpin's own, and the patches that make it three times as fast. */
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

type Pulumi = typeof import('@pulumi/pulumi');
type Require = ReturnType<typeof createRequire>;

/** `require` that looks in the project first. */
export function lookup(folder: string, packageRoot: string): (name: string) => string | undefined {
  const places = [folder, packageRoot].map((place) => createRequire(join(place, 'package.json')));
  return (name) => {
    for (const place of places)
      try {
        return place.resolve(name);
      } catch {
        // the next place may have it
      }
    return undefined;
  };
}

export function loadPulumi(folder: string, find: (name: string) => string | undefined): Pulumi {
  const path = find('@pulumi/pulumi');
  if (path === undefined) throw new Error('@pulumi/pulumi is not installed: run npm install in the project');
  const require = createRequire(join(folder, 'package.json'));
  deferHeavyParts();
  const pulumi: Pulumi = require(path);
  withoutStackOfEveryPromise(createRequire(path));
  withoutStackOfEveryResource(pulumi);
  return pulumi;
}

type Load = (
  this: unknown,
  request: string,
  parent: { readonly filename?: string } | undefined,
  isMain: boolean,
) => unknown;

/**
 * The SDK loads the TypeScript compiler and npm's dependency tree at its start, for functions that are written as
 * closures, and what drives Pulumi from outside. They are put off until somebody uses them: 490 ms become 100. Where
 * Node's own loader looks different from what is expected nothing is changed.
 */
function deferHeavyParts(): void {
  const loader: { _load?: Load } = Object(Module);
  const load = loader._load;
  if (typeof load !== 'function') return;
  loader._load = function (request, parent, isMain) {
    const [, from] = /[\\/]@pulumi[\\/]pulumi[\\/](.*)$/.exec(parent?.filename ?? '') ?? [];
    const heavy = from === undefined ? undefined : HEAVY.find((one) => one.request === request && one.from.test(from));
    if (heavy === undefined) return load.call(this, request, parent, isMain);
    return putOff(() => load.call(this, request, parent, isMain), heavy.esModule);
  };
}

/** What is put off, by the SDK's files that ask for it. */
const HEAVY: readonly { readonly request: string; readonly from: RegExp; readonly esModule: boolean }[] = [
  { request: '@npmcli/arborist', from: /./, esModule: true },
  { request: 'normalize-package-data', from: /./, esModule: false },
  { request: 'typescript', from: /typescript-shim/, esModule: false },
  { request: './automation', from: /^index\.js$/, esModule: true },
];

function putOff(load: () => unknown, esModule: boolean): unknown {
  let loaded: object | undefined;
  const real = (): object => {
    loaded ??= Object(load());
    return loaded ?? {};
  };
  return new Proxy(() => {}, {
    get: (_, key) => (key === '__esModule' ? esModule || undefined : Reflect.get(real(), key)),
    has: (_, key) => Reflect.has(real(), key),
    apply: (_, self, given) => Reflect.apply(callable(real()), self, given),
    construct: (_, given) => Object(Reflect.construct(callable(real()), given)),
  });
}

const isFunction = (value: unknown): value is (...given: unknown[]) => unknown => typeof value === 'function';

function callable(value: object): (...given: unknown[]) => unknown {
  if (!isFunction(value)) throw new TypeError('not a function');
  return value;
}

/** The SDK takes a stack trace with every promise it makes, to name those that leak; the recorder names them itself. */
function withoutStackOfEveryPromise(require: Require): void {
  try {
    const debuggable: { debuggablePromise?: unknown } = require('./runtime/debuggable');
    if (typeof debuggable.debuggablePromise !== 'function') return;
    debuggable.debuggablePromise = (promise: Promise<unknown>) => promise;
  } catch {
    // another version of the SDK: slower, and as right
  }
}

/** The SDK takes a whole stack trace with every resource, for the engine to name its place; the recorder finds that itself. */
function withoutStackOfEveryResource({ Resource }: Pulumi): void {
  const taking: { stackTrace?: unknown } = Object(Resource);
  if (typeof taking.stackTrace === 'function') taking.stackTrace = () => [];
}
