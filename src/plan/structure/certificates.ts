/** A TLS certificate for names of the account, proven by DNS. */
import { all, type Estate } from '../../estate/estate.ts';
import { type Create, ref } from '../edit.ts';
import { covers, isProven, zoneOf } from './domains.ts';
import { tagged } from './names.ts';

const CERTIFICATE = 'aws:acm/certificate:Certificate';
const VALIDATION = 'aws:acm/certificateValidation:CertificateValidation';
export const RECORD = 'aws:route53/record:Record';

/** CloudFront takes certificates of this region only. https://docs.aws.amazon.com/acm/latest/userguide/acm-services.html */
export const CLOUDFRONT_REGION = 'us-east-1';

export interface Certified {
  /** The ARN, or a reference to it; known once the certificate is issued. */
  readonly arn: string;
  readonly edits: readonly Create[];
  /** Names that somebody has to prove at a DNS provider outside of this account. */
  readonly byHand: readonly string[];
}

/** An issued certificate for all of the names where there is one, else a new one. */
export function certificateFor(
  estate: Estate,
  { name, names, region, account }: { name: string; names: readonly string[]; region: string; account: string },
): Certified {
  const known = all(estate, 'certificate').find(
    (one) =>
      one.region === region &&
      one.account === account &&
      one.status === 'ISSUED' &&
      names.every((each) => covers(one.domains ?? [], each)),
  );
  if (known) return { arn: known.arn ?? known.id, edits: [], byHand: [] };
  const [first = '', ...more] = names;
  const certificate: Create = {
    op: 'create',
    type: CERTIFICATE,
    name,
    region,
    properties: {
      domainName: first,
      ...(more.length > 0 ? { subjectAlternativeNames: more } : {}),
      validationMethod: 'DNS',
      tags: tagged(name),
    },
  };
  const unproven = names.filter((each) => !isProven(estate, each));
  // ACM tells its proofs in an order of its own, so they are made for all of the names or for none
  const proofs = unproven.length === 0 || names.some((each) => !zoneOf(estate, each)) ? [] : names;
  const records = proofs.map(
    (each, n): Create => ({
      op: 'create',
      type: RECORD,
      name: `${name}-proof-${n + 1}`,
      properties: {
        zoneId: zoneOf(estate, each)?.id ?? '',
        name: ref(certificate, `domainValidationOptions.${n}.resourceRecordName`),
        type: ref(certificate, `domainValidationOptions.${n}.resourceRecordType`),
        records: [ref(certificate, `domainValidationOptions.${n}.resourceRecordValue`)],
        ttl: 300,
        allowOverwrite: true,
      },
    }),
  );
  const validation: Create = {
    op: 'create',
    type: VALIDATION,
    name,
    region,
    properties: {
      certificateArn: ref(certificate, 'arn'),
      ...(records.length > 0 ? { validationRecordFqdns: records.map((record) => ref(record, 'fqdn')) } : {}),
    },
  };
  return {
    arn: ref(validation, 'certificateArn'),
    edits: [certificate, ...records, validation],
    byHand: proofs.length > 0 ? [] : unproven,
  };
}
