import { arn, byArn, letterId, physical, type Shape, text, uuid } from './shape.ts';

export const edge: Readonly<Record<string, Shape>> = {
  'aws:cloudfront/distribution:Distribution': (subject) => {
    const id = subject.importId ?? letterId(subject, 'E');
    return {
      id,
      arn: arn(subject, 'cloudfront', `distribution/${id}`, 'global'),
      domainName: `d${id.toLowerCase()}.cloudfront.net`,
      // the one zone of all distributions: https://docs.aws.amazon.com/general/latest/gr/cf_region.html
      hostedZoneId: 'Z2FDTNDATAQYW2',
      status: 'Deployed',
    };
  },
  'aws:cloudfront/originAccessIdentity:OriginAccessIdentity': (subject) => {
    const id = letterId(subject, 'E');
    return {
      id,
      cloudfrontAccessIdentityPath: `origin-access-identity/cloudfront/${id}`,
      iamArn: `arn:${subject.partition}:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`,
      s3CanonicalUserId: uuid(subject).replaceAll('-', ''),
    };
  },
  'aws:cloudfront/vpcOrigin:VpcOrigin': (subject) => {
    const id = `vo_${letterId(subject, '')}`;
    return { id, arn: arn(subject, 'cloudfront', `vpcorigin/${id}`, 'global') };
  },
  'aws:route53/zone:Zone': (subject) => {
    const id = subject.importId ?? letterId(subject, 'Z');
    return {
      id,
      zoneId: id,
      arn: `arn:${subject.partition}:route53:::hostedzone/${id}`,
      nameServers: [1, 2, 3, 4].map((n) => `ns-${n}.example.net`),
      primaryNameServer: 'ns-1.example.net',
    };
  },
  'aws:route53/record:Record': (subject) => {
    const name = text(subject.inputs.name) ?? subject.name;
    const zone = text(subject.inputs.zoneId) ?? 'Z';
    return { id: `${zone}_${name}_${text(subject.inputs.type) ?? 'A'}`, fqdn: name.replace(/\.$/, '') };
  },
  'aws:acm/certificate:Certificate': byArn(
    'acm',
    (subject) => `certificate/${uuid(subject)}`,
    (_, subject) => {
      const domain = text(subject.inputs.domainName) ?? 'example.com';
      const more = Array.isArray(subject.inputs.subjectAlternativeNames) ? subject.inputs.subjectAlternativeNames : [];
      const names = [...new Set([domain, ...more.flatMap((name) => (typeof name === 'string' ? [name] : []))])];
      return {
        domainName: domain,
        status: 'ISSUED',
        domainValidationOptions: names.map((name) => ({
          domainName: name,
          resourceRecordName: `_${uuid(subject, name).replaceAll('-', '')}.${name.replace(/^\*\./, '')}.`,
          resourceRecordType: 'CNAME',
          resourceRecordValue: `_${uuid(subject, `${name}value`).replaceAll('-', '')}.acm-validations.aws.`,
        })),
      };
    },
  ),
  'aws:acm/certificateValidation:CertificateValidation': (subject) => ({
    id: uuid(subject),
    certificateArn: text(subject.inputs.certificateArn) ?? '',
  }),
  'aws:wafv2/webAcl:WebAcl': (subject) => {
    const id = uuid(subject);
    const scope = subject.inputs.scope === 'CLOUDFRONT' ? 'global' : 'regional';
    const name = physical(subject);
    return { id, name, capacity: 100, arn: arn(subject, 'wafv2', `${scope}/webacl/${name}/${id}`) };
  },
};
