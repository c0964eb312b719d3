/** The only thing the internet reaches: CloudFront with its own domain, and behind it a load balancer that takes nobody else's requests. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import type { PrivateNetwork } from '../network/private-network.ts';
import { refuse } from '../refuse.ts';
import { allowFromPrefixList } from '../security/connect.ts';
import type { LogBucket } from '../storage/log-bucket.ts';
import { distributionLogs } from './access-logs.ts';
import { aliasRecords, CLOUDFRONT_REGION, certificates } from './certificate.ts';
import { type FirewallArgs, firewall } from './firewall.ts';
import { LoadBalancer } from './load-balancer.ts';
import { ALL_VIEWER, CACHING_DISABLED, SECURITY_HEADERS } from './policies.ts';

export interface EdgeArgs {
  /** Where the load balancer stands. *Replacement*. */
  readonly network: PrivateNetwork;
  /** Like `shop.example.com`. *Replacement* of the certificate, beside the old one. */
  readonly domain: string;
  /** Route 53 hosted zone of the domain. *Replacement* of the records. */
  readonly hostedZoneId: pulumi.Input<string>;
  /**
   * `vpc`: an internal balancer in private subnets that CloudFront reaches by a VPC origin (the VPC keeps its internet gateway, which carries no traffic for it).
   * `{ secret }`: an internet-facing balancer that admits CloudFront's addresses only, and only requests with a header that holds the secret (16 letters or more);
   * give the old secret as `previous` while it changes. *Replacement* of the balancer between the two: make a second Edge and move the name. @default 'vpc'
   */
  readonly origin?: 'vpc' | { readonly secret: pulumi.Input<string>; readonly previous?: pulumi.Input<string> };
  /** Seconds that a request may take until its first byte, 1 to 120. *In place*. @default 60 */
  readonly answerSeconds?: number;
  /** Web application firewall: AWS's common rules and a limit per address. *In place*. @default none */
  readonly firewall?: FirewallArgs;
  /** Where the logs of CloudFront and of the balancer go. *In place*. @default nowhere */
  readonly logs?: LogBucket;
  /** Which edges: 100 is North America and Europe, 200 adds Asia and more, All the rest. *In place*. @default 'PriceClass_All' */
  readonly priceClass?: 'PriceClass_100' | 'PriceClass_200' | 'PriceClass_All';
  /** *In place*. @default true */
  readonly deletionProtection?: boolean;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

/** The header by which the balancer knows CloudFront. */
const SECRET_HEADER = 'X-Origin-Verify';
const ORIGIN = 'balancer';

export class Edge extends Component {
  readonly balancer: LoadBalancer;
  readonly distribution: aws.cloudfront.Distribution;
  readonly url: string;

  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super('Edge', name, args.tags, opts);
    check(name, args);
    this.url = `https://${args.domain}`;
    const origin = args.origin ?? 'vpc';
    const proven = certificates(
      this,
      `${name}-certificate`,
      args.domain,
      args.hostedZoneId,
      [CLOUDFRONT_REGION, args.network.region],
      this.tagged(args.domain),
    );
    const certificate = (region: string): pulumi.Output<string> =>
      proven.get(region)?.arn ??
      refuse(name, `There is no certificate in ${region}.`, 'This is a mistake of the component: please report it.');
    this.balancer = this.#balancer(args, origin, certificate(args.network.region));
    const prefixList = aws.ec2.getManagedPrefixListOutput(
      { name: 'com.amazonaws.global.cloudfront.origin-facing' },
      { parent: this },
    );
    allowFromPrefixList(this.balancer, 'cloudfront', prefixList.id, this.balancer.port);
    this.distribution = this.#distribution(args, origin, certificate(CLOUDFRONT_REGION));
    aliasRecords(this, name, args.domain, args.hostedZoneId, this.distribution);
    if (args.logs !== undefined) distributionLogs(this, name, this.distribution, args.logs, this.tagged(name));
    this.registerOutputs({ url: this.url });
  }

  #balancer(args: EdgeArgs, origin: 'vpc' | SecretOrigin, certificateArn: pulumi.Output<string>): LoadBalancer {
    return new LoadBalancer(
      `${this.componentName}-lb`,
      {
        network: args.network,
        scheme: origin === 'vpc' ? 'internal' : 'internet-facing',
        certificateArn,
        ...(origin === 'vpc' ? {} : { requiredHeader: { name: SECRET_HEADER, values: secrets(origin) } }),
        ...(args.logs === undefined ? {} : { logs: args.logs }),
        // Longer than CloudFront keeps its own connection, so the balancer is never the one that hangs up first.
        idleTimeout: Math.max(args.answerSeconds ?? 60, 60) + 5,
        deletionProtection: args.deletionProtection ?? true,
        ...(args.tags === undefined ? {} : { tags: args.tags }),
      },
      { parent: this },
    );
  }

  #distribution(
    args: EdgeArgs,
    origin: 'vpc' | SecretOrigin,
    certificateArn: pulumi.Output<string>,
  ): aws.cloudfront.Distribution {
    const name = this.componentName;
    const webAclId = args.firewall === undefined ? undefined : firewall(this, name, args.firewall, this.tagged(name));
    return new aws.cloudfront.Distribution(
      name,
      {
        enabled: true,
        comment: `${name}: ${args.domain}`,
        aliases: [args.domain],
        httpVersion: 'http2and3',
        isIpv6Enabled: true,
        priceClass: args.priceClass ?? 'PriceClass_All',
        origins: [{ originId: ORIGIN, domainName: this.balancer.balancer.dnsName, ...this.#reach(args, origin) }],
        defaultCacheBehavior: {
          targetOriginId: ORIGIN,
          viewerProtocolPolicy: 'redirect-to-https',
          allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
          cachedMethods: ['GET', 'HEAD'],
          // Nothing is cached and everything is passed on: the program behind cannot tell that CloudFront is there.
          cachePolicyId: CACHING_DISABLED,
          originRequestPolicyId: ALL_VIEWER,
          responseHeadersPolicyId: SECURITY_HEADERS,
          compress: true,
        },
        restrictions: { geoRestriction: { restrictionType: 'none' } },
        viewerCertificate: {
          acmCertificateArn: certificateArn,
          sslSupportMethod: 'sni-only',
          minimumProtocolVersion: 'TLSv1.2_2021',
        },
        ...(webAclId === undefined ? {} : { webAclId }),
        tags: this.tagged(name),
      },
      this.child(),
    );
  }

  /** How CloudFront gets to the balancer. The balancer's certificate is for the domain, which matches because the Host header is passed on. */
  #reach(args: EdgeArgs, origin: 'vpc' | SecretOrigin) {
    const originReadTimeout = args.answerSeconds ?? 60;
    if (origin !== 'vpc') {
      return {
        customOriginConfig: {
          originProtocolPolicy: 'https-only',
          httpPort: 80,
          httpsPort: this.balancer.port,
          originSslProtocols: ['TLSv1.2'],
          originReadTimeout,
          originKeepaliveTimeout: 60,
        },
        customHeaders: [{ name: SECRET_HEADER, value: pulumi.secret(origin.secret) }],
      };
    }
    const name = this.componentName;
    const vpcOrigin = new aws.cloudfront.VpcOrigin(
      name,
      {
        vpcOriginEndpointConfig: {
          name,
          arn: this.balancer.balancer.arn,
          httpPort: 80,
          httpsPort: this.balancer.port,
          originProtocolPolicy: 'https-only',
          originSslProtocols: { items: ['TLSv1.2'], quantity: 1 },
        },
        tags: this.tagged(name),
      },
      // CloudFront takes longer than the provider's quarter of an hour now and then.
      this.child({
        dependsOn: [this.balancer.listener],
        customTimeouts: { create: '30m', update: '30m', delete: '30m' },
      }),
    );
    return { vpcOriginConfig: { vpcOriginId: vpcOrigin.id, originReadTimeout, originKeepaliveTimeout: 60 } };
  }
}

type SecretOrigin = Exclude<EdgeArgs['origin'], 'vpc' | undefined>;

function secrets(origin: SecretOrigin): readonly pulumi.Output<string>[] {
  return [origin.secret, ...(origin.previous === undefined ? [] : [origin.previous])].map((each) =>
    pulumi.secret(each),
  );
}

function check(name: string, args: EdgeArgs): void {
  const { answerSeconds = 60, origin = 'vpc' } = args;
  if (answerSeconds < 1 || answerSeconds > 120)
    refuse(name, `answerSeconds is ${answerSeconds}.`, 'CloudFront waits 1 to 120 seconds for the first byte.');
  if (origin !== 'vpc' && typeof origin.secret === 'string' && origin.secret.length < 16) {
    refuse(
      name,
      'The secret is shorter than 16 letters.',
      'Make one: pulumi config set --secret originSecret "$(openssl rand -hex 24)".',
    );
  }
  if (!/^([a-z0-9-]+\.)+[a-z]{2,}$/.test(args.domain))
    refuse(name, `'${args.domain}' is not a domain.`, 'Write it like shop.example.com.');
  if (name.length > 21) refuse(name, 'Its balancer would have too long a name.', 'Use 21 letters at most.');
}
