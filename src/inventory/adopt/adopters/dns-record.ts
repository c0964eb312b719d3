import type { Answers } from '../../answers.ts';
import { allStringsIn, REDACTED, text, withoutDot } from '../../fields.ts';
import type { Item } from '../../item.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { hostOf, recordId, recordSets } from '../../readers/dns-record.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { refused } from '../needs.ts';

const TYPE = 'aws:route53/record:Record';

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
export const adopter: Adopter = {
  name: 'dns-record',
  types: [TYPE],
  operations: ['route53:ListResourceRecordSets', 'route53:ListHostedZones'],
  adopt: (answers) => {
    const own = apexes(answers);
    return recordSets(answers).map(({ item, zone }) => record(item, zone, own));
  },
};

/** Zone and host of every SOA record: where a zone begins. */
const apexes = (answers: Answers): ReadonlySet<string> =>
  new Set(
    recordSets(answers).flatMap(({ item, zone }) => (item.string('Type') === 'SOA' ? [`${zone} ${hostOf(item)}`] : [])),
  );

function record(item: Item, zone: string | undefined, own: ReadonlySet<string>): Adoption {
  const of: Whole = { kind: 'dnsRecord', id: recordId(item, zone) };
  const host = hostOf(item);
  const type = text(item, 'Type');
  if (zone === undefined) return refused(TYPE, of, 'the hosted zone that it is in was not told');
  if (type === undefined) return refused(TYPE, of, `${item.context.operation} did not tell type`);
  if (type === 'SOA' || (type === 'NS' && own.has(`${zone} ${host}`)))
    return refused(TYPE, of, 'AWS made it with the hosted zone');
  const other = OTHERS.find((field) => item.has(field));
  if (other !== undefined) return refused(TYPE, of, `it has ${other}, which is not written as a program yet`);
  const answer = item.has('AliasTarget') ? aliasOf(item.item('AliasTarget')) : valuesOf(item, type);
  if (typeof answer === 'string') return refused(TYPE, of, answer);
  const policy = routingOf(item);
  if (policy === undefined) return refused(TYPE, of, `${item.context.operation} did not tell how it is chosen`);
  const setIdentifier = item.string('SetIdentifier');
  const id = [zone, host, type, ...(setIdentifier === undefined ? [] : [setIdentifier])].join('_');
  return {
    state: 'adopted',
    type: TYPE,
    name: [host, type, ...(setIdentifier === undefined ? [] : [setIdentifier])].join('-'),
    id,
    importId: id,
    inputs: said({
      zoneId: zone,
      name: host,
      type,
      ...answer,
      setIdentifier,
      ...policy,
      multivalueAnswerRoutingPolicy: item.boolean('MultiValueAnswer'),
      healthCheckId: text(item, 'HealthCheckId'),
    }),
    outputs: { fqdn: host },
    ignoreChanges: [],
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
}

const OTHERS = ['GeoProximityLocation', 'CidrRoutingConfig', 'TrafficPolicyInstanceId'];

function aliasOf(alias: Item | undefined): Properties | string {
  const [name, zoneId] = [text(alias, 'DNSName'), text(alias, 'HostedZoneId')];
  const evaluateTargetHealth = alias?.boolean('EvaluateTargetHealth');
  if (name === undefined || zoneId === undefined || evaluateTargetHealth === undefined)
    return 'route53:ListResourceRecordSets did not tell all of what it is an alias of';
  // the provider compares names without it, and without regard to capitals
  const host = withoutDot(name).replace(/^dualstack\./i, '');
  return { aliases: [{ name: host, zoneId, evaluateTargetHealth }] };
}

function valuesOf(item: Item, type: string): Properties | string {
  const [values, ttl] = [allStringsIn(item, 'ResourceRecords', 'Value'), item.number('TTL')];
  if (values === undefined || ttl === undefined) return 'route53:ListResourceRecordSets did not tell values and TTL';
  if (values.some((value) => value.includes(REDACTED))) return 'its values were taken out of the input as secrets';
  // the provider writes the outer quotes of texts itself
  const texts = type === 'TXT' || type === 'SPF';
  return { ttl, records: texts ? values.map((value) => value.replace(/^"([\s\S]*)"$/, '$1')) : values };
}

/** How Route 53 chooses between records of one name; undefined when it was not told. */
function routingOf(item: Item): Properties | undefined {
  if (item.has('Weight')) {
    const weight = item.number('Weight');
    return weight === undefined ? undefined : { weightedRoutingPolicies: [{ weight }] };
  }
  const [region, type, place] = [text(item, 'Region'), text(item, 'Failover'), item.item('GeoLocation')];
  if (region !== undefined) return { latencyRoutingPolicies: [{ region }] };
  if (type !== undefined) return { failoverRoutingPolicies: [{ type }] };
  if (place)
    return {
      geolocationRoutingPolicies: [
        said({
          continent: text(place, 'ContinentCode'),
          country: text(place, 'CountryCode'),
          subdivision: text(place, 'SubdivisionCode'),
        }),
      ],
    };
  // records of one name are told apart by a policy
  return item.has('SetIdentifier') && !item.has('MultiValueAnswer') ? undefined : {};
}
