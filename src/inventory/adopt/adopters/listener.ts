import type { Answers } from '../../answers.ts';
import { allStringsIn } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { balancerNameIn, balancerTags } from '../../listener-actions.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopted, type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { actionsOf } from '../listener-actions.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:lb/listener:Listener';
const CERTIFICATE = 'aws:lb/listenerCertificate:ListenerCertificate';
const CERTIFICATES = 'elbv2:DescribeListenerCertificates';

/** Every listener has a last rule, which AWS makes of its default actions: its ARN is told by DescribeRules. */
function defaultRules(answers: Answers): ReadonlyMap<string, string> {
  const rules = new Map<string, string>();
  for (const { item, entry } of answers.bodies('elbv2:DescribeRules'))
    for (const rule of item.items('Rules') ?? []) {
      const [arn, listener] = [rule.string('RuleArn'), entry.input.ListenerArn];
      if (arn === undefined || (rule.string('Priority') !== 'default' && rule.boolean('IsDefault') !== true)) continue;
      rules.set(typeof listener === 'string' ? listener : listenerIn(arn), arn);
    }
  return rules;
}

/** A rule's ARN is its listener's with `listener-rule` for `listener` and one more part. */
const listenerIn = (rule: string): string => rule.replace(':listener-rule/', ':listener/').replace(/\/[^/]+$/, '');

function mutual(item: Item): Properties | undefined {
  const mode = item.item('MutualAuthentication');
  return mode?.string('Mode') === undefined || mode.string('Mode') === 'off'
    ? undefined
    : said({
        mode: mode.string('Mode'),
        trustStoreArn: mode.string('TrustStoreArn'),
        ignoreClientCertificateExpiry: mode.boolean('IgnoreClientCertificateExpiry'),
      });
}

function listener(
  answers: Answers,
  item: Item,
  own: ReturnType<typeof balancerTags>,
  rules: ReadonlyMap<string, string>,
) {
  const arn = item.string('ListenerArn');
  if (arn === undefined) return [];
  const of: Whole = { kind: 'listener', id: arn };
  const tags = tagged(answers, arn, own.get(arn));
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  const protocol = item.string('Protocol');
  const encrypted = protocol === 'HTTPS' || protocol === 'TLS';
  const gateway = arn.includes(':listener/gwy/');
  const read = {
    LoadBalancerArn: item.string('LoadBalancerArn'),
    Port: item.number('Port') ?? (gateway ? null : undefined),
    Protocol: protocol ?? (gateway ? null : undefined),
    Certificates: encrypted ? allStringsIn(item, 'Certificates', 'CertificateArn') : [],
    SslPolicy: encrypted ? item.string('SslPolicy') : null,
  };
  if (!isKnown(read)) return [refused(TYPE, of, untold(item.context.operation, read))];
  const defaultActions = actionsOf(item, 'DefaultActions');
  if (typeof defaultActions === 'string') return [refused(TYPE, of, defaultActions)];
  const [alpn] = item.strings('AlpnPolicy') ?? [];
  const rule = rules.get(arn);
  const adopted: Adopted = {
    state: 'adopted',
    type: TYPE,
    name: tags.tags?.Name ?? [balancerNameIn(arn), protocol?.toLowerCase(), read.Port].filter((part) => part).join('-'),
    id: arn,
    importId: arn,
    inputs: said({
      loadBalancerArn: read.LoadBalancerArn,
      port: read.Port,
      protocol: read.Protocol,
      certificateArn: read.Certificates[0],
      sslPolicy: read.SslPolicy,
      alpnPolicy: alpn,
      mutualAuthentication: mutual(item),
      defaultActions,
      ...tags.inputs,
    }),
    outputs: said({ arn, defaultRuleArn: rule, ...tags.outputs }),
    ignoreChanges: tags.ignoreChanges,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
  return [adopted, ...(encrypted ? moreCertificates(answers, adopted, read.Certificates) : [])];
}

/** Certificates of further host names are resources of their own. */
function moreCertificates(answers: Answers, listener: Adopted, first: readonly string[]): readonly Adoption[] {
  const answer = answers.one(CERTIFICATES, 'ListenerArn', listener.id);
  const all = answer.state === 'read' ? allStringsIn(answer.item, 'Certificates', 'CertificateArn') : undefined;
  if (all === undefined) return [refused(CERTIFICATE, listener.of, untold(CERTIFICATES, { Certificates: undefined }))];
  return [...new Set(all)]
    .filter((certificateArn) => !first.includes(certificateArn))
    .map((certificateArn, n): Adopted => {
      const id = `${listener.id}_${certificateArn}`;
      const inputs = { listenerArn: listener.id, certificateArn };
      const name = `${listener.name}-certificate-${n + 2}`;
      return { ...listener, type: CERTIFICATE, name, id, importId: id, inputs, outputs: {}, ignoreChanges: [] };
    });
}

export const adopter: Adopter = {
  name: 'listener',
  types: [TYPE, CERTIFICATE],
  operations: ['elbv2:DescribeListeners', CERTIFICATES, 'elbv2:DescribeRules', 'elbv2:DescribeTags'],
  adopt: (answers) => {
    const [tags, rules] = [balancerTags(answers), defaultRules(answers)];
    return answers
      .items('elbv2:DescribeListeners', 'Listeners')
      .flatMap((item): readonly Adoption[] => listener(answers, item, tags, rules));
  },
};
