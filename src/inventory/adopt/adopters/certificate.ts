import type { Answers } from '../../answers.ts';
import { allStrings, tagsIn, text } from '../../fields.ts';
import { arnParts } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:acm/certificate:Certificate';

/** Certificates that ACM issues. https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html */
export const adopter: Adopter = {
  name: 'certificate',
  types: [TYPE],
  operations: ['acm:ListCertificates', 'acm:DescribeCertificate', 'acm:ListTagsForCertificate'],
  adopt: (answers) =>
    answers.items('acm:ListCertificates', 'CertificateSummaryList').flatMap((item) => certificate(answers, item)),
  // ACM renews it
  observed: { certificate: ['status', 'notAfter'] },
};

function certificate(answers: Answers, item: Item): readonly Adoption[] {
  const arn = text(item, 'CertificateArn');
  if (arn === undefined) return [];
  const { account } = item.context;
  const of: Whole = { kind: 'certificate', id: arn };
  const answer = answers.one('acm:DescribeCertificate', 'CertificateArn', arn, { account });
  const detail = answer.state === 'read' ? answer.item.item('Certificate') : undefined;
  const listed = answers.one('acm:ListTagsForCertificate', 'CertificateArn', arn, { account });
  const tags = tagged(answers, arn, listed.state === 'read' ? tagsIn(listed.item) : undefined);
  const other = managed(TYPE, of, tags);
  if (other) return [other];
  if (detail === undefined) return [refused(TYPE, of, 'acm:DescribeCertificate was not read')];
  if (text(detail, 'Type') === 'IMPORTED')
    return [refused(TYPE, of, 'it was brought from elsewhere, and AWS does not tell its private key')];
  const authority = text(detail, 'CertificateAuthorityArn');
  const method = text(detail.items('DomainValidationOptions')?.[0], 'ValidationMethod');
  const needed = {
    domainName: text(detail, 'DomainName'),
    subjectAlternativeNames: allStrings(detail, 'SubjectAlternativeNames')?.toSorted(),
    keyAlgorithm: text(detail, 'KeyAlgorithm')?.replace('-', '_'),
    // a private authority validates nothing
    validationMethod: authority === undefined ? method : null,
  };
  if (!isKnown(needed)) return [refused(TYPE, of, untold('acm:DescribeCertificate', needed))];
  const options = detail.item('Options');
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: tags.tags?.Name || needed.domainName,
      id: arn,
      importId: arn,
      inputs: said({
        ...needed,
        certificateAuthorityArn: authority,
        options:
          options &&
          said({
            certificateTransparencyLoggingPreference: text(options, 'CertificateTransparencyLoggingPreference'),
            export: text(options, 'Export'),
          }),
        ...tags.inputs,
      }),
      outputs: said({ arn, status: text(detail, 'Status'), notAfter: detail.date('NotAfter'), ...tags.outputs }),
      ignoreChanges: tags.ignoreChanges,
      protect: true,
      of,
      place: { account, region: arnParts(arn)?.region || item.context.region },
      source: item.source,
    },
  ];
}
