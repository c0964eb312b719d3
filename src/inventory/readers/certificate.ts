import type { Certificate } from '../../estate/kinds/edge.ts';
import type { Answers } from '../answers.ts';
import { allStrings, tagsIn, text } from '../fields.ts';
import { arnParts } from '../ids.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'certificate',
  kinds: ['certificate'],
  operations: [
    'acm:ListCertificates',
    'acm:DescribeCertificate',
    'acm:ListTagsForCertificate',
    'iam:ListServerCertificates',
  ],
  read: (answers) => {
    const listed = answers.items('acm:ListCertificates', 'CertificateSummaryList');
    const known = new Set(listed.map((item) => text(item, 'CertificateArn')));
    const described = answers
      .bodies('acm:DescribeCertificate')
      .flatMap(({ item }) => item.item('Certificate') ?? [])
      .filter((item) => !known.has(text(item, 'CertificateArn')));
    return [
      ...[...listed, ...described].map((item) => certificate(answers, item)),
      ...answers.items('iam:ListServerCertificates', 'ServerCertificateMetadataList').map(serverCertificate),
    ];
  },
};

function certificate(answers: Answers, item: Item): Certificate {
  const { account, region } = item.context;
  const id = idOf(item, 'CertificateArn');
  const answer = answers.one('acm:DescribeCertificate', 'CertificateArn', id, { account });
  const detail = answer.state === 'read' ? answer.item.item('Certificate') : undefined;
  const tags = answers.one('acm:ListTagsForCertificate', 'CertificateArn', id, { account });
  return {
    kind: 'certificate',
    ...base(
      'certificate',
      item,
      { id, arn: id, name: text(item, 'DomainName'), region: arnParts(id)?.region || region },
      tags.state === 'read' ? tagsIn(tags.item) : undefined,
    ),
    domains: domainsOf(detail ?? item),
    status: detail?.string('Status') ?? item.string('Status'),
    notAfter: detail?.date('NotAfter') ?? item.date('NotAfter'),
  };
}

/** A summary says when it does not hold all the names. */
function domainsOf(item: Item): readonly string[] | undefined {
  const names = item.has('SubjectAlternativeNames')
    ? allStrings(item, 'SubjectAlternativeNames')
    : item.value.HasAdditionalSubjectAlternativeNames === true
      ? undefined
      : allStrings(item, 'SubjectAlternativeNameSummaries');
  const first = text(item, 'DomainName');
  return names && [...new Set([...(first === undefined ? [] : [first]), ...names])];
}

/** A certificate uploaded to IAM, the way before ACM; load balancers still use them. */
const serverCertificate = (item: Item): Certificate => ({
  kind: 'certificate',
  ...base('certificate', item, {
    id: idOf(item, 'Arn'),
    arn: text(item, 'Arn'),
    name: text(item, 'ServerCertificateName'),
    region: 'global',
  }),
  domains: undefined,
  status: undefined,
  notAfter: item.date('Expiration'),
});
