/** Whose eyes: the credentials of each account, by the SDK's default chain, profiles and chains of roles. */
import { UserError } from '../inventory/user-error.ts';
import { scalar } from './pick.ts';
import { refusalOf } from './refusal.ts';

import {
  assumedRole,
  type CredentialSource,
  type Credentials,
  configuredRegion,
  defaultChain,
  type Sdk,
  sdkFor,
} from './sdk.ts';

export interface Who {
  readonly profile?: string;
  /** Roles assumed one after the other, each with the credentials of the one before. */
  readonly roles: readonly string[];
  readonly externalId?: string;
}

export interface Session {
  readonly account: string;
  readonly partition: string;
  /** The region of the profile or the environment. */
  readonly region: string | undefined;
  readonly sdk: Sdk;
}

const SESSION_NAME = 'underpin-collect';
/** Credentials are renewed when they end so soon, in milliseconds. */
const RENEW = 5 * 60_000;
/** Regions whose STS answers for a whole partition. */
export const FIRST_REGION: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

export async function openSession(who: Who, timeout: number, now: () => number): Promise<Session> {
  const { profile } = who;
  const region = await configuredRegion(profile);
  const sdk = sdkFor(once(await credentialsOf(who, region), now), timeout);
  try {
    const request = { account: '', region: region ?? 'us-east-1', operation: 'sts:GetCallerIdentity', input: {} };
    const identity = await sdk.send(request);
    const account = scalar(identity, 'Account');
    const arn = String(scalar(identity, 'Arn') ?? '');
    if (typeof account !== 'string') throw new UserError('AWS did not say which account this is');
    return { account, partition: arn.split(':')[1] ?? 'aws', region, sdk };
  } catch (error) {
    sdk.close();
    if (error instanceof UserError) throw error;
    const { name, message } = refusalOf(error);
    throw new UserError(`no way into the account${nameOf(who)} (${name}: ${message})`, {
      expected: 'credentials that the AWS CLI would find too: environment, profile, SSO, role',
      fix: 'check with: aws sts get-caller-identity, or name a profile with --profile',
    });
  }
}

const nameOf = ({ profile, roles }: Who): string =>
  [
    profile === undefined ? '' : ` of profile ${profile}`,
    roles.length === 0 ? '' : ` by ${roles.join(', then ')}`,
  ].join('');

async function credentialsOf(
  { profile, roles, externalId }: Who,
  region: string | undefined,
): Promise<CredentialSource> {
  const clientConfig = { region: region ?? 'us-east-1' };
  let source = await defaultChain({ ...(profile === undefined ? {} : { profile }), clientConfig });
  for (const RoleArn of roles) {
    const external = externalId === undefined ? {} : { ExternalId: externalId };
    const params = { RoleArn, RoleSessionName: SESSION_NAME, ...external };
    source = await assumedRole({ masterCredentials: source, clientConfig, params });
  }
  return source;
}

/** One set of credentials for all clients, renewed before it ends: sixty clients would assume a role sixty times. */
function once(source: CredentialSource, now: () => number): CredentialSource {
  let current: Promise<Credentials> | undefined;
  let ends = Number.POSITIVE_INFINITY;
  return async () => {
    if (current === undefined || ends - now() < RENEW) {
      current = source();
      ends = Number.POSITIVE_INFINITY;
      const { expiration } = await current.catch((error: unknown) => {
        current = undefined;
        throw error;
      });
      ends = expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    }
    return current;
  };
}
