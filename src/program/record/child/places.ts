/** The account and region that a resource goes to: from its own `region`, its provider, else the stack's settings. */
import {
  isProperties,
  type Place,
  type Properties,
  plain,
  type Recording,
} from '../../../inventory/pulumi/recorded.ts';

/** Used where no setting names one; in AWS's documentation this account is nobody's. */
const ANY_ACCOUNT = '111122223333';
const ANY_REGION = 'us-east-1';

export interface Places {
  readonly ofStack: Recording['place'];
  readonly defaultTags: Properties;
  partition(region: string): string;
  /** A provider that the program makes. */
  add(reference: string, inputs: Properties): void;
  /** `provider` is `<urn>::<id>`, or empty. */
  of(provider: string, inputs: Properties): Place;
}

export function placesOf(config: Readonly<Record<string, string>>): Places {
  const region = config['aws:region'];
  const account = accountIn({
    allowedAccountIds: parsed(config['aws:allowedAccountIds']),
    assumeRoles: parsed(config['aws:assumeRoles'] ?? config['aws:assumeRole']),
  });
  const ofStack: Recording['place'] = {
    account: account ?? ANY_ACCOUNT,
    region: region ?? ANY_REGION,
    assumed: [
      ...(account === undefined ? (['account'] as const) : []),
      ...(region === undefined ? (['region'] as const) : []),
    ],
  };
  const tags = parsed(config['aws:defaultTags']);
  const providers = new Map<string, Place>();
  return {
    ofStack,
    defaultTags: isProperties(tags) && isProperties(tags.tags) ? tags.tags : {},
    partition: (of) => (of.startsWith('cn-') ? 'aws-cn' : of.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'),
    add: (reference, inputs) => {
      // a provider's lists arrive as JSON text
      const clear = plain(inputs);
      const settings = isProperties(clear) ? clear : {};
      const own = (key: string): unknown => (typeof settings[key] === 'string' ? parsed(settings[key]) : settings[key]);
      providers.set(reference, {
        account:
          accountIn({
            allowedAccountIds: own('allowedAccountIds'),
            assumeRoles: own('assumeRoles') ?? own('assumeRole'),
          }) ?? ofStack.account,
        region: typeof settings.region === 'string' ? settings.region : ofStack.region,
      });
    },
    of: (provider, inputs) => {
      const place = providers.get(provider) ?? ofStack;
      return {
        account: place.account,
        region: typeof inputs.region === 'string' ? inputs.region : place.region,
      };
    },
  };
}

function parsed(text: string | undefined): Properties[string] | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function accountIn(settings: {
  readonly allowedAccountIds: unknown;
  readonly assumeRoles: unknown;
}): string | undefined {
  for (const given of [settings.assumeRoles, settings.allowedAccountIds]) {
    const account = /\b\d{12}\b/.exec(JSON.stringify(given ?? ''))?.[0];
    if (account !== undefined) return account;
  }
  return undefined;
}
