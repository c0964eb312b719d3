/** The steps from a load balancer that serves the internet itself to one that only its own distribution reaches. */
import { type Create, type Edit, ref, type Update } from '../edit.ts';
import type { Context } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Source, type Step, step } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { logBucket } from './access-logs.ts';
import { closing } from './balancer-closing.ts';
import {
  admitCloudFront,
  admitEverybody,
  type Common,
  certificateBeside,
  type Fronting,
  frontOf,
  HEADER,
  headerRule,
  httpsBeside,
  LISTENER,
  type Ruled,
  SECRET,
  type Serving,
  TO_HTTPS,
} from './balancer-front.ts';
import { CLOUDFRONT_REGION, certificateFor } from './certificates.ts';
import { aliasTo, madeBy, outputOf } from './distributions.ts';
import { stillToMake } from './groups.ts';
import { slug } from './names.ts';
import { oldVersions } from './tls-versions.ts';

export function balancerSteps(
  context: Context,
  fronting: Fronting,
  several: boolean,
  sources: readonly Source[],
): readonly Step[] {
  const { scope, state } = context;
  const { balancer } = fronting;
  const begin = `${scope.stem}-cdn${several ? `-${slug(balancer.name)}` : ''}`;
  const common: Common = { move: 'balancer-behind-cdn', environment: scope.environment, sources };
  const secured = secure(context, fronting);
  const made = frontEdits(context, fronting, secured.listener);
  const arn = outputOf(madeBy(state, [...secured.edits, ...made.edits], made.distribution), 'arn');
  const steps: Step[] = [];
  const logs = logging(context, fronting);
  if (logs.edits.length > 0) steps.push(logStep(common, begin, fronting, logs.edits));
  if (secured.edits.length > 0) steps.push(tlsStep(common, begin, fronting, secured));
  steps.push(
    madeStep(common, begin, fronting, made, arn, logs.where),
    ...nameSteps(common, begin, fronting, made.distribution),
  );
  for (const serving of fronting.plain) steps.push(...redirects(common, begin, fronting, serving));
  if (fronting.closing) steps.push(...closing(context, common, begin, fronting, logs.where, secured.listener, arn));
  return steps;
}

interface Secured {
  readonly edits: readonly Edit[];
  readonly listener: Ruled | undefined;
  readonly byHand: readonly string[];
}

/** CloudFront asks by HTTPS, so the balancer needs a certificate for the names that it is asked for. */
function secure({ estate, state }: Context, fronting: Fronting): Secured {
  const { balancer, unserved, plain, groups } = fronting;
  if (fronting.secure && unserved.length === 0) return { edits: [], listener: fronting.secure, byHand: [] };
  const certified = certificateFor(estate, {
    name: `${slug(balancer.name)}-certificate`,
    names: fronting.secure ? unserved : fronting.names,
    region: balancer.region,
    account: balancer.account,
  });
  if (fronting.secure)
    return {
      edits: [...certified.edits, certificateBeside(fronting.secure, certified.arn)],
      listener: fronting.secure,
      byHand: certified.byHand,
    };
  const [first] = plain;
  const beside = first ? httpsBeside(state, balancer, first, certified.arn) : [];
  const [group] = groups;
  const edits = stillToMake(state, [
    ...certified.edits,
    ...beside,
    ...(group ? [admitEverybody(balancer, group)] : []),
  ]);
  const listener = beside.find((edit) => edit.type === LISTENER);
  const rules = beside.filter((edit) => edit !== listener);
  const declared = (edit: Edit): DeclaredResource[] => {
    const found = madeBy(state, edits, edit);
    return found ? [found] : [];
  };
  const [own] = listener ? declared(listener) : [];
  return { edits, listener: own && { declared: own, rules: rules.flatMap(declared) }, byHand: certified.byHand };
}

interface Made {
  readonly distribution: Create;
  readonly edits: readonly Edit[];
  readonly listener: Ruled | undefined;
  readonly byHand: readonly string[];
}

function frontEdits({ estate, state }: Context, fronting: Fronting, listener: Ruled | undefined): Made {
  const { balancer, declared, names, groups, prefixList } = fronting;
  const certified = certificateFor(estate, {
    name: `${slug(balancer.name)}-cdn-certificate`,
    names,
    region: CLOUDFRONT_REGION,
    account: balancer.account,
  });
  const distribution = frontOf(balancer, declared, names, certified.arn);
  const rule = listener && headerRule(listener);
  const [group] = groups;
  const edits = stillToMake(state, [
    ...certified.edits,
    distribution,
    ...(rule ? [rule] : []),
    ...(group ? [admitCloudFront(balancer, group, prefixList)] : []),
  ]);
  return { distribution, edits, listener, byHand: certified.byHand };
}

interface Logs {
  readonly edits: readonly Edit[];
  readonly where: string;
}

function logging({ scope, state }: Context, { balancer, declared }: Fronting): Logs {
  const { attributes, account, region } = balancer;
  const path = `AWSLogs/${account}/elasticloadbalancing/${region}/`;
  if (attributes?.['access_logs.s3.enabled'] === 'true') {
    const prefix = attributes['access_logs.s3.prefix'];
    return { edits: [], where: `s3://${attributes['access_logs.s3.bucket']}/${prefix ? `${prefix}/` : ''}${path}` };
  }
  const { region: home } = state.world.today.place;
  const logs = logBucket(scope.stem, account, region, home);
  const prefix = slug(balancer.name);
  const on: Edit = {
    op: 'update',
    type: declared.type,
    name: declared.name,
    properties: { accessLogs: { enabled: true, bucket: logs.written, prefix } },
  };
  return { edits: stillToMake(state, [...logs.edits, on]), where: `s3://${logs.bucket}/${prefix}/${path}` };
}

const logStep = (common: Common, begin: string, { balancer }: Fronting, edits: readonly Edit[]): Step =>
  step({
    ...common,
    id: `${begin}-logs`,
    title: `Write down who asks ${balancer.name}`,
    kind: 'expand',
    why: 'Whether anybody still comes past CloudFront can only be seen in the access logs.',
    edits,
    gate: [{ type: 'inventory', check: `access logs of ${balancer.name} are on, and the first have arrived` }],
    duration: minutes(1, 10),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'turn the logs off; the log bucket stays', until: 'always', exact: false },
  });

const provenBy = (byHand: readonly string[]): Step['gate'] =>
  byHand.length === 0
    ? []
    : [
        {
          type: 'person',
          check: `Prove ${byHand.join(', ')} to ACM with the records that the certificate shows, at your DNS provider. The step waits for it.`,
        },
      ];

const tlsStep = (common: Common, begin: string, fronting: Fronting, { edits, byHand }: Secured): Step => {
  const { balancer, names } = fronting;
  const fresh = fronting.secure === undefined;
  return step({
    ...common,
    id: `${begin}-tls`,
    title: `${balancer.name} answers by HTTPS for ${names.join(', ')}`,
    kind: 'expand',
    why: 'CloudFront asks by HTTPS only, and the certificate has to be for the name that the customer asked for. What listens today goes on listening.',
    edits,
    gate: [
      ...provenBy(byHand),
      {
        type: 'query',
        check: 'Each name answers by HTTPS.',
        query: names
          .map((name) => `curl -sI --connect-to ${name}:443:${balancer.dnsName}:443 https://${name}/`)
          .join(' && '),
      },
    ],
    duration: minutes(2, 60),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'take the listener and the certificate away', until: 'the distribution uses them', exact: true },
    ...(fresh
      ? {
          declares: {
            exposes: [{ resource: balancer.id, because: 'what it serves without encryption it serves by HTTPS too' }],
          },
        }
      : {}),
  });
};

/** Who ends when CloudFront answers by TLS instead of the balancer; undefined where the balancer takes nobody more. */
function lastOf({ secure: serving }: Fronting): string | undefined {
  if (!serving) return undefined;
  const old = oldVersions(serving.listener);
  return old?.length === 0 ? undefined : (old ?? ['TLS 1.0', 'TLS 1.1']).join(', ');
}

/** The log tells the version after the cipher. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html */
function oldClients(fronting: Fronting, where: string): Step['gate'] {
  const old = lastOf(fronting);
  if (old === undefined) return [];
  return [
    {
      type: 'query',
      check: `Nobody who matters comes by ${old} any more: the list that is printed is empty after some days of logs, or those on it are told. CloudFront takes TLS 1.2 or newer here; where they have to stay, set minimumProtocolVersion of the distribution to TLSv1_2016 first.`,
      query: `aws s3 sync ${where} logs/ && find logs -name '*.gz' -exec zcat {} + | grep -E '" [A-Z0-9-]+ TLSv1(\\.1)? ' | cut -d' ' -f4 | sed 's/:[0-9]*$//' | sort | uniq -c | sort -n | tail -20`,
    },
  ];
}

const madeStep = (common: Common, begin: string, fronting: Fronting, made: Made, arn: string, where: string): Step => {
  const { balancer, names } = fronting;
  return step({
    ...common,
    id: `${begin}-made`,
    title: `A CloudFront distribution before ${balancer.name}`,
    kind: 'expand',
    why: `It keeps nothing and passes everything on, so that only the way is another. From the first day it adds the header ${HEADER} with a secret that the configuration holds; nobody uses it before the names lead to it.`,
    edits: made.edits,
    actions: [
      {
        operation: '',
        parameters: {},
        command: `pulumi config set --secret ${SECRET} "$(openssl rand -hex 24)"`,
      },
    ],
    gate: [
      ...provenBy(made.byHand),
      {
        type: 'person',
        check:
          'Through the distribution everything is as it is directly: sign in, cookies, an upload, redirects, a WebSocket, the longest request (60 seconds until the first byte), and whatever looks at the address of the client.',
        query: names
          .map(
            (name) =>
              `curl -sv --resolve ${name}:443:$(dig +short $(aws cloudfront list-distributions --query "DistributionList.Items[?Aliases.Items && contains(Aliases.Items, '${name}')].DomainName" --output text) | head -1) https://${name}/`,
          )
          .join(' && '),
      },
      ...oldClients(fronting, where),
    ],
    duration: minutes(5, 60),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'disable and delete the distribution', until: 'a name leads to it', exact: true },
    declares: { exposes: [{ resource: arn, because: `it passes on what ${balancer.name} serves already` }] },
  });
};

/** CloudFront knows by the name that a client sends (SNI) whose certificate to show; the balancer had one for those without. */
function noticed(fronting: Fronting): string {
  if (!fronting.secure)
    return 'Open connections stay at the balancer until they end. By http:// one is sent to https://.';
  const old = lastOf(fronting);
  return old === undefined
    ? 'Open connections stay at the balancer until they end. By http:// one is sent to https://. A client so old that it sends no server name (SNI) gets no answer any more.'
    : `Open connections stay at the balancer until they end. By http:// one is sent to https://. Clients so old that they know ${old} at most, or send no server name (SNI), get no answer any more.`;
}

function nameSteps(common: Common, begin: string, fronting: Fronting, distribution: Create): readonly Step[] {
  const { records, names, balancer } = fronting;
  const notice = { from: 0, to: 0, what: noticed(fronting) };
  if (records.length === 0)
    return [
      step({
        ...common,
        id: `${begin}-names`,
        title: `${names.join(', ')} lead to the distribution`,
        kind: 'act',
        why: 'The names are kept outside of this account, so somebody changes them there. Both ways end at the same balancer.',
        actions: names.map((name) => ({
          operation: '',
          parameters: {},
          command: `At your DNS provider, let ${name} lead to the name of the distribution (CNAME; for a bare domain ALIAS or ANAME). Lower the TTL to 60 seconds one TTL before.`,
        })),
        gate: [{ type: 'person', check: 'Every name answers with the header Via: … CloudFront.' }],
        duration: { from: 3600, to: 2 * 86_400 },
        clientsNotice: notice,
        undo: { how: `let the names lead to ${balancer.dnsName} again`, until: 'the balancer is closed', exact: false },
      }),
    ];
  return records.flatMap(({ record, declared }): readonly Step[] => {
    const alias = record.alias !== undefined;
    const part = `${begin}-name-${record.host}-${record.type.toLowerCase()}`;
    const update = (properties: Update['properties']): readonly Edit[] => [
      { op: 'update', type: declared.type, name: declared.name, properties },
    ];
    const ttl = record.ttl ?? 60;
    const shorter =
      alias || ttl <= 60
        ? []
        : [
            step({
              ...common,
              id: `${part}-ttl`,
              title: `Resolvers keep ${record.host} for a minute only`,
              kind: 'switch',
              why: 'The way back is then a minute away too.',
              edits: update({ ttl: 60 }),
              gate: [{ type: 'person', check: `${ttl} seconds (the old TTL) have passed.` }],
              duration: { from: ttl, to: ttl + 60 },
              clientsNotice: NOTHING_NOTICED,
              undo: { how: 'put the old TTL back', until: 'always', exact: true },
            }),
          ];
    return [
      ...shorter,
      step({
        ...common,
        id: part,
        title: `${record.host} (${record.type}) leads to the distribution`,
        kind: 'switch',
        why: 'One record, changed at once. Both ways end at the same balancer, so whoever has the old answer is served too.',
        edits: update(alias ? { aliases: [aliasTo(distribution)] } : { records: [ref(distribution, 'domainName')] }),
        gate: [
          {
            type: 'query',
            check:
              'The name answers through CloudFront, and 5xx, the slowest requests and sign-ins stay as they were for an hour.',
            query: `curl -sI https://${record.host}/ | grep -i '^via:'`,
          },
        ],
        duration: { from: 60, to: 3600 },
        clientsNotice: notice,
        undo: {
          how: 'put the record back; resolvers follow within a minute',
          until: 'the balancer is closed',
          exact: true,
        },
      }),
    ];
  });
}

/** Each is one change: a listener or a rule of it forwards, or redirects. */
function redirects(common: Common, begin: string, { balancer }: Fronting, serving: Serving): readonly Step[] {
  const { declared, rules, listener } = serving;
  const one = (part: DeclaredResource, property: string, id: string, what: string): Step =>
    step({
      ...common,
      id: `${begin}-https-${id}`,
      title: `${what} sends to HTTPS`,
      kind: 'switch',
      why: 'Passwords and cookies no longer travel in clear text. Browsers follow by themselves; CloudFront asks by HTTPS and is not concerned.',
      edits: [{ op: 'update', type: part.type, name: part.name, properties: { [property]: TO_HTTPS } }],
      gate: [
        { type: 'inventory', check: `${what} redirects to HTTPS` },
        { type: 'person', check: 'Programs that send forms by http:// straight to the balancer are set to https://.' },
      ],
      duration: minutes(1, 5),
      clientsNotice: {
        from: 0,
        to: 0,
        what: 'One redirect more for http:// links. A program that sends a POST by http:// and does not follow it with the body has to be changed.',
      },
      undo: { how: 'let it forward again, in seconds', until: 'always', exact: true },
    });
  return [
    ...rules.map((rule) =>
      one(
        rule,
        'actions',
        slug(rule.name, 80),
        `Rule ${String(rule.properties.priority)} on port ${listener.port} of ${balancer.name}`,
      ),
    ),
    one(declared, 'defaultActions', slug(declared.name, 80), `Port ${listener.port} of ${balancer.name}`),
  ];
}
