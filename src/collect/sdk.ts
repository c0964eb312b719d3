/** The AWS SDK: clients are loaded when their service is first asked. The only file that talks to AWS. */
import type { Request } from './journal.ts';
import { SERVICES } from './services.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type CredentialSource = () => Promise<Credentials>;

export interface Sdk {
  /** The answer as AWS gave it, as JSON; throws what the SDK throws. */
  readonly send: (request: Request) => Promise<unknown>;
  readonly close: () => void;
}

interface Client {
  readonly send: (command: object, options: { readonly abortSignal: AbortSignal }) => Promise<object>;
  readonly destroy: () => void;
}
type Module = Readonly<Record<string, unknown>>;
type Constructor<T> = new (input: object) => T;

/** Milliseconds in which a connection must stand. */
const CONNECTION = 5_000;

export function sdkFor(credentials: CredentialSource, timeout: number): Sdk {
  const clients = new Map<string, Promise<{ readonly client: Client; readonly module: Module }>>();
  const clientOf = (name: string, region: string) => {
    const key = `${name} ${region}`;
    const known = clients.get(key) ?? load(name, region, credentials);
    clients.set(key, known);
    return known;
  };
  return {
    async send({ operation, region, input }) {
      const [name = '', command = ''] = operation.split(':');
      const { client, module } = await clientOf(name, region);
      const Command = classIn<object>(module, `${command}Command`);
      const answer = await client.send(new Command(structuredClone(input)), {
        abortSignal: AbortSignal.timeout(timeout),
      });
      const { $metadata: _, ...body } = { $metadata: undefined, ...answer };
      return asJson(body);
    },
    close() {
      for (const loading of clients.values())
        loading.then(
          ({ client }) => client.destroy(),
          () => {},
        );
    },
  };
}

async function load(name: string, region: string, credentials: CredentialSource) {
  const service = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
  if (!service) throw new Error(`no client for ${name}`);
  const module = await packageOf(service.package);
  const Client = classIn<Client>(module, service.client);
  const client = new Client({
    region,
    credentials,
    // retries are ours, so that every request keeps to the one pace
    maxAttempts: 1,
    requestHandler: { connectionTimeout: CONNECTION },
    logger: SILENT,
    ...(Object.hasOwn(OWN, name) ? OWN[name] : {}),
  });
  return { client, module };
}

/** What a service's client needs beside the common settings. */
const OWN: Readonly<Record<string, object>> = {
  s3: { followRegionRedirects: true },
  // old queues have addresses of hosts that are not there any more
  sqs: { useQueueUrlAsEndpoint: false },
};

const nothing = (): void => {};
/** The SDK would write its advice between our lines. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The SDK is loaded by name: a build of sixty clients' types would take longer than all else. */
const packageOf = (name: string): Promise<Module> => import(name);

function functionIn(module: Module, name: string): object {
  const found = module[name];
  if (typeof found !== 'function') throw new Error(`the AWS SDK has no ${name}`);
  return found;
}

const classIn = <T>(module: Module, name: string): Constructor<T> => functionIn(module, name) as Constructor<T>;

interface ChainInput {
  readonly profile?: string;
  readonly clientConfig: { readonly region: string };
}

/** The SDK's own search: environment, profile, SSO, container, instance. */
export async function defaultChain(input: ChainInput): Promise<CredentialSource> {
  const module = await packageOf('@aws-sdk/credential-providers');
  const from = functionIn(module, 'fromNodeProviderChain') as (input: ChainInput) => CredentialSource;
  return from(input);
}

export interface RoleInput {
  readonly masterCredentials: CredentialSource;
  readonly clientConfig: { readonly region: string };
  readonly params: { readonly RoleArn: string; readonly RoleSessionName: string; readonly ExternalId?: string };
}

export async function assumedRole(input: RoleInput): Promise<CredentialSource> {
  const module = await packageOf('@aws-sdk/credential-providers');
  const from = functionIn(module, 'fromTemporaryCredentials') as (input: RoleInput) => CredentialSource;
  return from(input);
}

/** The region that the SDK finds by itself; undefined when none is set. */
export async function configuredRegion(profile: string | undefined): Promise<string | undefined> {
  interface Configured {
    readonly config: { readonly region: () => Promise<string> };
  }
  const Client = classIn<Configured>(await packageOf('@aws-sdk/client-sts'), 'STSClient');
  try {
    return await new Client(profile === undefined ? {} : { profile }).config.region();
  } catch {
    return undefined;
  }
}

/** Dates as ISO text, bytes as `{ "$bytes": base64 }`, nothing that is undefined. */
function asJson(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map((one) => asJson(one) ?? null);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? Number(value) : value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const json = asJson(inner);
      return json === undefined || typeof json === 'function' ? [] : [[key, json]];
    }),
  );
}
