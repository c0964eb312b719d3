import type { Listener } from '../../estate/kinds/balance.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { allRefsIn, onceEach, text } from '../fields.ts';
import type { Item } from '../item.ts';
import { actionsIn, balancerNameIn, balancerTags } from '../listener-actions.ts';
import { joined } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

/** Protocols that end encryption at the load balancer; only their listeners have certificates and a policy. */
const ENCRYPTED = new Set(['HTTPS', 'TLS']);

export const reader: Reader = {
  name: 'listener',
  kinds: ['listener'],
  operations: ['elbv2:DescribeListeners', 'elbv2:DescribeListenerCertificates', 'elbv2:DescribeTags'],
  read: (answers) => {
    const tags = balancerTags(answers);
    return answers.items('elbv2:DescribeListeners', 'Listeners').map((item): Listener => {
      const id = idOf(item, 'ListenerArn');
      const protocol = item.string('Protocol');
      const port = item.number('Port');
      const plain = protocol !== undefined && !ENCRYPTED.has(protocol);
      const name = [balancerNameIn(id), protocol && (port === undefined ? protocol : `${protocol}:${port}`)];
      return {
        kind: 'listener',
        ...base(
          'listener',
          item,
          { id, arn: text(item, 'ListenerArn'), name: name.filter(Boolean).join(' ') || id },
          tags.get(id),
        ),
        loadBalancer: item.ref('LoadBalancerArn') ?? balancerIn(item, id),
        port,
        protocol,
        certificates: plain ? [] : certificatesOf(answers, item, id),
        sslPolicy: plain ? null : item.string('SslPolicy'),
        actions: actionsIn(item, 'DefaultActions'),
      };
    });
  },
};

/** A listener's own ARN holds that of its balancer: `…:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2`. */
function balancerIn(item: Item, id: string): Ref<'loadBalancer'> | undefined {
  const [, place, name] = /^(arn:.*:)listener\/((?:app|net|gwy)\/[^/]+\/[^/]+)\/[^/]+$/.exec(id) ?? [];
  return place === undefined ? undefined : item.refTo('ListenerArn', `${place}loadbalancer/${name}`);
}

/** DescribeListeners tells only the default certificate; those of further host names come from a request of their own. */
function certificatesOf(answers: Answers, item: Item, id: string): readonly Ref<'certificate'>[] | undefined {
  const more = answers.one('elbv2:DescribeListenerCertificates', 'ListenerArn', id);
  return onceEach(
    joined([
      allRefsIn<'certificate'>(item, 'Certificates', 'CertificateArn'),
      more.state === 'read' ? allRefsIn<'certificate'>(more.item, 'Certificates', 'CertificateArn') : [],
    ]),
  );
}
