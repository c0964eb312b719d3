import { answerTo } from '../answers.ts';
import { call, type Kind, tags } from '../kind.ts';

const attributes = (kind: 'LoadBalancer' | 'TargetGroup', arn: string) =>
  answerTo(`elbv2:Describe${kind}Attributes`, `${kind}Arn`, arn)
    .each('Attributes[]')
    .filter((one) => one.text('Value') !== '')
    .map(({ value }) => value);

export const EDGE: readonly Kind[] = [
  {
    of: ['acm:DescribeCertificate', 'Certificate'],
    calls: (certificate) => [
      call(
        'acm:RequestCertificate',
        {
          ...certificate.only('DomainName'),
          SubjectAlternativeNames: certificate.all('SubjectAlternativeNames[]'),
          ValidationMethod: 'DNS',
          ...tags(answerTo('acm:ListTagsForCertificate', 'CertificateArn', certificate.text('CertificateArn'))),
        },
        { CertificateArn: certificate.text('CertificateArn') },
      ),
    ],
  },
  {
    of: ['elbv2:DescribeLoadBalancers', 'LoadBalancers[]'],
    calls: (balancer) => {
      const LoadBalancerArn = balancer.text('LoadBalancerArn');
      const made = ['LoadBalancerArn', 'DNSName', 'CanonicalHostedZoneId'];
      return [
        call(
          'elbv2:CreateLoadBalancer',
          {
            Name: balancer.text('LoadBalancerName'),
            ...balancer.only('Scheme', 'Type', 'IpAddressType'),
            Subnets: balancer.all('AvailabilityZones[].SubnetId'),
            SecurityGroups: balancer.all('SecurityGroups[]'),
          },
          Object.fromEntries(made.map((field) => [`LoadBalancers[].${field}`, balancer.text(field)])),
        ),
        call('elbv2:ModifyLoadBalancerAttributes', {
          LoadBalancerArn,
          Attributes: attributes('LoadBalancer', LoadBalancerArn),
        }),
      ];
    },
  },
  {
    of: ['elbv2:DescribeTargetGroups', 'TargetGroups[]'],
    calls: (group) => {
      const TargetGroupArn = group.text('TargetGroupArn');
      const health = ['Protocol', 'Port', 'Enabled', 'IntervalSeconds', 'TimeoutSeconds', 'Path'];
      return [
        call(
          'elbv2:CreateTargetGroup',
          {
            Name: group.text('TargetGroupName'),
            ...group.only(
              'Protocol',
              'Port',
              'VpcId',
              'TargetType',
              'Matcher',
              ...health.map((one) => `HealthCheck${one}`),
            ),
            ...group.only('HealthyThresholdCount', 'UnhealthyThresholdCount', 'ProtocolVersion'),
          },
          { 'TargetGroups[].TargetGroupArn': TargetGroupArn },
        ),
        call('elbv2:ModifyTargetGroupAttributes', {
          TargetGroupArn,
          Attributes: attributes('TargetGroup', TargetGroupArn),
        }),
      ];
    },
  },
  {
    of: ['elbv2:DescribeTargetHealth', 'TargetHealthDescriptions[]'],
    calls: (target) => [
      call('elbv2:RegisterTargets', {
        TargetGroupArn: target.asked.TargetGroupArn,
        Targets: [target.only('Target').Target],
      }),
    ],
  },
  {
    of: ['elbv2:DescribeTags', 'TagDescriptions[]'],
    calls: (one) => [call('elbv2:AddTags', { ResourceArns: [one.text('ResourceArn')], ...tags(one) })],
  },
  {
    of: ['elbv2:DescribeListeners', 'Listeners[]'],
    calls: (listener) => [
      call(
        'elbv2:CreateListener',
        {
          ...listener.only('LoadBalancerArn', 'Port', 'Protocol', 'SslPolicy', 'Certificates'),
          DefaultActions: listener.all('DefaultActions[]'),
        },
        { 'Listeners[].ListenerArn': listener.text('ListenerArn') },
      ),
    ],
  },
  {
    of: ['elbv2:DescribeRules', 'Rules[]'],
    calls: (rule) => {
      const { ListenerArn } = rule.asked;
      const ids = (path: string) => ({ [`${path}.RuleArn`]: rule.text('RuleArn') });
      if (rule.text('IsDefault') === 'true')
        return [call('elbv2:DescribeRules', { ListenerArn }, ids("Rules[?IsDefault=='true']"))];
      const input = {
        ListenerArn,
        Priority: Number(rule.text('Priority')),
        Conditions: rule.each('Conditions[]').map((one) => one.only('Field', 'Values')),
        Actions: rule.all('Actions[]'),
      };
      return [call('elbv2:CreateRule', input, ids('Rules[]'))];
    },
  },
  {
    of: ['route53:ListHostedZones', 'HostedZones[]'],
    calls: (zone) => [
      call('route53:CreateHostedZone', zone.only('Name', 'CallerReference'), {
        'HostedZone.Id': zone.text('Id'),
      }),
    ],
  },
  {
    // a zone has its own NS and SOA records from the start
    of: ['route53:ListResourceRecordSets', 'ResourceRecordSets[]'],
    calls: (record) =>
      ['NS', 'SOA'].includes(record.text('Type'))
        ? []
        : [
            call('route53:ChangeResourceRecordSets', {
              HostedZoneId: record.asked.HostedZoneId,
              ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: record.value }] },
            }),
          ],
  },
];
