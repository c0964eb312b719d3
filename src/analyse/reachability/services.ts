/**
 * AWS services that are used through their public API: reached by an internet gateway, a NAT gateway or a VPC endpoint.
 * The network says who can talk to the API; what an answer will be is a question of IAM, which is told as an assumption.
 */
import { all } from '../../estate/estate.ts';
import type { PrefixList, VpcEndpoint } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  addressSetOf,
  formatTraffic,
  INTERNET_IPV4,
  intersectTraffic,
  isNoTraffic,
  type TrafficSet,
  tcp,
  unionTraffic,
} from '../../estate/sets/index.ts';
import { indexed } from '../../estate/watched.ts';
import type { Verdict } from '../verdict.ts';
import { aclStage, returnAclStage } from './acl-stages.ts';
import { closed, faceToAddresses, faceToFace, type Start, undecidable } from './direct.ts';
import { type Endpoint, interfacesOf } from './endpoint.ts';
import { type Face, facesOf } from './faces.ts';
import { type Network, tableOf } from './network.ts';
import { anyOf, hop, judge, type Outcome, outcomeOf } from './path.ts';
import { lanesOf } from './routes.ts';
import { departure, groupStage, mark } from './stages.ts';

const SERVICES: Partial<Record<Resource['kind'], string>> = {
  bucket: 's3',
  queue: 'sqs',
  topic: 'sns',
  table: 'dynamodb',
  secret: 'secretsmanager',
  key: 'kms',
  repository: 'ecr.dkr',
  logGroup: 'logs',
};

/** Whether it is nothing but a part of a service's API: it has no interface, and what it does AWS does. */
export const isApiResource = (resource: Resource): boolean => SERVICES[resource.kind] !== undefined;
/** Whether the resource is reached by the API of its service, and a function by its URL. */
export const isApiReached = (resource: Resource): boolean =>
  isApiResource(resource) || (resource.kind === 'function' && resource.urls?.length !== 0);
export const serviceOf = (resource: Resource): string => SERVICES[resource.kind] ?? 'lambda-url';

/** Services that also answer without TLS. https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html */
const PLAIN: ReadonlySet<string> = new Set(['s3', 'sqs', 'sns', 'dynamodb']);

const IAM = 'Whether the caller may do anything there is decided by IAM and resource policies, not by the network.';

export const fromService = (service: string): Outcome =>
  undecidable({
    operation: 'iam:GetAccountAuthorizationDetails',
    reason: `what ${service} calls by itself is not a question of the network`,
  });

export function toService(
  network: Network,
  from: Endpoint,
  starts: readonly Start[] | undefined,
  service: string,
  traffic: TrafficSet,
  resource?: Resource,
): Outcome | undefined {
  const ports = PLAIN.has(service) ? unionTraffic(tcp(443), tcp(80)) : tcp(443);
  const asked = intersectTraffic(traffic, ports);
  const id = resource?.id ?? service;
  if (isNoTraffic(asked)) {
    const detail = `${resource?.name ?? service} answers on ${formatTraffic(ports).join(' and ')} only.`;
    return closed(hop('not-listening', id, '', detail, resource?.source));
  }
  const link = linkTo(resource, service, id);
  if ('operation' in link) return undecidable(link);
  const outside = starts?.find((start) => start.type === 'addresses');
  if (from.type === 'internet' || outside) {
    const by = outside?.unnamed?.by;
    const path = {
      stages: [
        mark('listening', by ?? hop('internet', 'internet', '', 'The connection starts on the internet.')),
        mark('listening', link),
      ],
      way: [by?.resource ?? 'internet', id],
      assumptions: [assumptionOf(resource, service)],
    };
    return judge(
      path,
      { addresses: from.type === 'addresses' ? from.set : network.strangers, traffic: asked },
      network.ignored,
    );
  }
  return anyOf(
    (starts ?? [])
      .flatMap((start) =>
        start.type === 'interface'
          ? facesOf(network, start.one).flatMap((face) => waysTo(network, face, service, asked))
          : [],
      )
      .map((outcome) => withLink(outcome, link, id, assumptionOf(resource, service))),
  );
}

function linkTo(resource: Resource | undefined, service: string, id: string) {
  if (resource?.kind === 'function' && service !== 'lambda') {
    if (resource.urls === undefined)
      return {
        operation: 'lambda:ListFunctionUrlConfigs',
        reason: 'it would tell whether the function has a URL',
        resource: id,
      };
    const url = resource.urls[0];
    return hop(
      'function-url',
      id,
      url?.auth ?? '',
      `${resource.name} has a URL${url?.auth === 'NONE' ? ' that asks for no credentials' : ''}.`,
      resource.source,
    );
  }
  return hop(
    'service-api',
    id,
    service,
    `${resource?.name ?? service} is used through the public API of ${service}.`,
    resource?.source,
  );
}

const assumptionOf = (resource: Resource | undefined, service: string): string =>
  resource?.kind === 'function' && service !== 'lambda' && resource.urls?.some((url) => url.auth === 'NONE')
    ? 'The policy of the function lets anybody call its URL.'
    : IAM;

function withLink(outcome: Outcome, link: ReturnType<typeof hop>, id: string, assumption: string): Outcome {
  const verdict = (): Verdict => {
    const told = outcome.verdict;
    const assumptions = [...told.assumptions, assumption];
    if (told.answer !== 'yes') return { ...told, assumptions };
    return { ...told, proof: [...told.proof.filter((one) => one.code !== 'internet'), link], assumptions };
  };
  return outcomeOf(outcome.answer, outcome, verdict, () => [...outcome.way, id]);
}

/** AWS's own prefix lists by the service: `com.amazonaws.eu-west-1.ecr.api` is of `ecr.api` and, as its end says, of `api`. */
const listsOfServices = indexed((estate) => {
  const found = new Map<string, PrefixList[]>();
  for (const list of all(estate, 'prefixList')) {
    if (list.listName?.startsWith('com.amazonaws.') !== true) continue;
    const parts = list.listName.split('.');
    for (const key of new Set(parts.slice(1).map((_, n) => parts.slice(n + 1).join('.'))))
      found.set(key, [...(found.get(key) ?? []), list]);
  }
  return found;
});

function waysTo(network: Network, face: Face, service: string, traffic: TrafficSet): readonly Outcome[] {
  const lists = listsOfServices(network.estate).get(service) ?? [];
  // one that only a deployment fills tells nothing about where the service is
  const list = lists.find(({ cidrs }) => cidrs !== undefined && cidrs.length > 0);
  const own = list?.cidrs && addressSetOf(list.cidrs);
  const there = own ?? INTERNET_IPV4;
  const question = { addresses: there, traffic, oneOf: true };
  const peer = { type: 'service', service } as const;
  const outcomes = [faceToAddresses(network, face, there, traffic, { peer, oneOf: true })];
  for (const endpoint of all(network.estate, 'vpcEndpoint')) {
    if (endpoint.vpc?.id !== face.vpc || !endpoint.service?.endsWith(`.${service}`)) continue;
    if (endpoint.type === 'Gateway' && routed(network, face, endpoint)) {
      const path = {
        stages: [
          mark('listening', departure(face)),
          groupStage(network, face, { direction: 'egress', peer }),
          aclStage(network, face.subnet, 'out', face),
          mark(
            'route',
            hop(
              'vpc-endpoint',
              endpoint.id,
              endpoint.service,
              `${endpoint.id} leads to ${endpoint.service}.`,
              endpoint.source,
            ),
          ),
          returnAclStage(network, [{ subnet: face.subnet, direction: 'in', face }]),
        ],
        way: [face.owner?.id ?? face.id, face.subnet?.id, face.vpc, endpoint.id].filter((one) => one !== undefined),
        assumptions: face.assumptions,
      };
      outcomes.unshift(judge(path, question, network.ignored));
    }
    if (endpoint.type === 'Interface' && endpoint.privateDns !== false)
      for (const one of interfacesOf(network, endpoint))
        for (const node of facesOf(network, one)) outcomes.unshift(faceToFace(network, face, node, traffic));
  }
  return outcomes;
}

/** Whether the face's table is one that the gateway endpoint put its route in. */
function routed(network: Network, face: Face, endpoint: VpcEndpoint): boolean {
  const table = face.subnet && tableOf(network, face.subnet);
  if (table === undefined || 'missing' in table) return false;
  if (endpoint.routeTables?.some((ref) => ref.id === table.value.id)) return true;
  const { lanes } = lanesOf(network, table.value.id);
  return lanes.some((lane) => lane.target?.type === 'vpcEndpoint' && lane.target.ref.id === endpoint.id);
}
