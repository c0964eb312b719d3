import { expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './certificate.ts';

const ARN = 'arn:aws:acm:us-east-1:111122223333:certificate/c1';
const read = (summary: object, detail?: object) =>
  reader.read(
    answersOf({
      'acm:ListCertificates': {
        CertificateSummaryList: [{ CertificateArn: ARN, DomainName: 'example.com', ...summary }],
      },
      ...(detail && {
        'acm:DescribeCertificate': [{ input: { CertificateArn: ARN }, output: { Certificate: detail } }],
      }),
    }),
  )[0];

it('is in the region of its ARN, with every name it is for', () => {
  const detail = {
    DomainName: 'example.com',
    SubjectAlternativeNames: ['example.com', '*.example.com'],
    Status: 'ISSUED',
  };
  expect(read({}, { ...detail, NotAfter: 1_600_000_000 })).toMatchObject({
    region: 'us-east-1',
    name: 'example.com',
    domains: ['example.com', '*.example.com'],
    status: 'ISSUED',
    notAfter: '2020-09-13T12:26:40.000Z',
  });
});

it('does not know the names when the summary holds only some', () => {
  expect(read({ SubjectAlternativeNameSummaries: ['example.com'] })).toMatchObject({ domains: ['example.com'] });
  expect(
    read({ SubjectAlternativeNameSummaries: ['example.com'], HasAdditionalSubjectAlternativeNames: true }),
  ).toMatchObject({ domains: undefined });
  expect(read({})).toMatchObject({ domains: undefined });
});
