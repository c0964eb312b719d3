/**
 * The vocabulary of proofs and blockers. Codes are stable: they stand in JSON results and in ignore files, and
 * docs/codes.md is made from this table.
 */
export interface CodeMeaning {
  readonly meaning: string;
  /** The AWS page it rests on. */
  readonly page: string;
}

const VPC = 'https://docs.aws.amazon.com/vpc/latest/userguide';
const ELB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest';
const CDN = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';
const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** Links of a proof: what lets a connection through. */
export const HOP_CODES = {
  internet: { meaning: 'The connection starts or ends on the internet.', page: `${VPC}/VPC_Internet_Gateway.html` },
  start: {
    meaning: 'The connection starts at this interface.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html',
  },
  'aws-address': {
    meaning:
      "The call leaves AWS's own public side: it comes from one of AWS's public addresses, nobody can tell which.",
    page: `${LAMBDA}/configuration-vpc.html`,
  },
  'internet-gateway': {
    meaning: 'The internet gateway attached to the VPC passes it.',
    page: `${VPC}/VPC_Internet_Gateway.html`,
  },
  'public-address': {
    meaning: 'The interface has an address that the internet can use.',
    page: `${VPC}/vpc-ip-addressing.html`,
  },
  route: {
    meaning: 'This route is the most specific one for the address and leads on.',
    page: `${VPC}/VPC_Route_Tables.html`,
  },
  'return-route': { meaning: 'This route brings the answers back.', page: `${VPC}/VPC_Route_Tables.html` },
  'acl-allow': { meaning: 'The first matching entry of the network ACL allows it.', page: `${VPC}/nacl-rules.html` },
  'acl-allow-return': {
    meaning: 'Network ACLs keep no state; this entry lets the answers pass.',
    page: `${VPC}/nacl-ephemeral-ports.html`,
  },
  'group-ingress': { meaning: 'A security group rule admits it.', page: `${VPC}/security-group-rules.html` },
  'group-egress': { meaning: 'A security group rule lets it out.', page: `${VPC}/security-group-rules.html` },
  'group-absent': {
    meaning: 'No security group filters here.',
    page: `${ELB}/network/load-balancer-security-groups.html`,
  },
  'nat-gateway': {
    meaning: 'The NAT gateway translates a connection that starts inside.',
    page: `${VPC}/vpc-nat-gateway.html`,
  },
  'nat-instance': {
    meaning: 'An instance that may forward (source/destination check off) translates it.',
    page: `${VPC}/VPC_NAT_Instance.html`,
  },
  'egress-only-gateway': {
    meaning: 'The egress-only internet gateway passes IPv6 connections that start inside.',
    page: `${VPC}/egress-only-internet-gateway.html`,
  },
  peering: {
    meaning: 'The VPC peering connection passes it.',
    page: 'https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html',
  },
  'vpc-endpoint': {
    meaning: 'A VPC endpoint leads to the service.',
    page: 'https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html',
  },
  local: { meaning: 'Both ends are in one VPC or one subnet.', page: `${VPC}/VPC_Route_Tables.html` },
  interface: {
    meaning: 'The connection arrives at this interface.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html',
  },
  listening: {
    meaning: 'The resource answers on this port.',
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html',
  },
  listener: {
    meaning: 'A listener of the load balancer takes the connection.',
    page: `${ELB}/application/load-balancer-listeners.html`,
  },
  'listener-rule': {
    meaning: 'A rule of the listener forwards the request.',
    page: `${ELB}/application/listener-rules.html`,
  },
  'target-group': {
    meaning: 'The target group hands it to this target.',
    page: `${ELB}/application/load-balancer-target-groups.html`,
  },
  'cloudfront-edge': { meaning: 'CloudFront takes requests of anybody.', page: `${CDN}/Introduction.html` },
  'cloudfront-origin': {
    meaning: 'The distribution asks this origin.',
    page: `${CDN}/DownloadDistS3AndCustomOrigins.html`,
  },
  'vpc-origin': {
    meaning: 'CloudFront enters the VPC by an interface of its own.',
    page: `${CDN}/private-content-vpc-origins.html`,
  },
  'function-url': { meaning: 'The function has a URL of its own.', page: `${LAMBDA}/urls-configuration.html` },
  'service-api': {
    meaning: "The resource is used through AWS's public API; who may is decided by IAM.",
    page: 'https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html',
  },
} as const satisfies Record<string, CodeMeaning>;

/** Blockers: what keeps a connection from being made. */
export const BLOCKER_CODES = {
  'no-public-address': {
    meaning: 'The interface has no address that the internet can use.',
    page: `${VPC}/vpc-ip-addressing.html`,
  },
  'private-address': {
    meaning: 'A private address can not be reached from the internet, whatever the rules say.',
    page: `${VPC}/vpc-ip-addressing.html`,
  },
  'no-such-address': { meaning: 'Nothing in the input has this address.', page: `${VPC}/vpc-ip-addressing.html` },
  'no-internet-gateway': {
    meaning: 'No internet gateway is attached to the VPC.',
    page: `${VPC}/VPC_Internet_Gateway.html`,
  },
  'internet-blocked': {
    meaning: 'VPC Block Public Access stops what passes an internet gateway.',
    page: `${VPC}/security-vpc-bpa.html`,
  },
  'route-missing': { meaning: 'The route table has no route for the address.', page: `${VPC}/VPC_Route_Tables.html` },
  'route-blackhole': {
    meaning: 'The most specific route leads to something that no longer exists.',
    page: `${VPC}/VPC_Route_Tables.html`,
  },
  'route-elsewhere': {
    meaning: 'The most specific route leads somewhere else.',
    page: `${VPC}/route-table-options.html`,
  },
  'return-route-missing': { meaning: 'The answers have no route back.', page: `${VPC}/VPC_Route_Tables.html` },
  'return-route-blackhole': {
    meaning: 'The route of the answers leads to something that no longer exists.',
    page: `${VPC}/VPC_Route_Tables.html`,
  },
  'return-route-elsewhere': {
    meaning: 'The answers leave another way than the connection came, and are lost.',
    page: `${VPC}/route-table-options.html`,
  },
  'acl-deny': { meaning: 'The network ACL denies it.', page: `${VPC}/nacl-rules.html` },
  'return-acl-deny': {
    meaning: 'The network ACL denies the answers, which go to ephemeral ports.',
    page: `${VPC}/nacl-ephemeral-ports.html`,
  },
  'group-no-ingress': { meaning: 'No security group rule admits it.', page: `${VPC}/security-group-rules.html` },
  'group-no-egress': { meaning: 'No security group rule lets it out.', page: `${VPC}/security-group-rules.html` },
  'nat-inbound': { meaning: 'A NAT gateway passes only what was started inside.', page: `${VPC}/vpc-nat-gateway.html` },
  'nat-protocol': {
    meaning: 'A NAT gateway translates TCP, UDP and ICMP only.',
    page: `${VPC}/nat-gateway-basics.html`,
  },
  'nat-unavailable': {
    meaning: 'The NAT gateway is not available, or is private.',
    page: `${VPC}/nat-gateway-basics.html`,
  },
  'source-dest-check': {
    meaning: 'The instance drops what is not addressed to itself.',
    page: `${VPC}/VPC_NAT_Instance.html`,
  },
  'egress-only': {
    meaning: 'An egress-only internet gateway passes IPv6 that was started inside, nothing else.',
    page: `${VPC}/egress-only-internet-gateway.html`,
  },
  'peering-inactive': {
    meaning: 'The peering connection is not active, or does not join these two VPCs.',
    page: 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
  },
  'peering-not-transitive': {
    meaning: 'A peering connection leads into the peer VPC and no further.',
    page: 'https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html',
  },
  'not-listening': {
    meaning: 'The resource does not answer on what was asked.',
    page: `${ELB}/application/load-balancer-listeners.html`,
  },
  'no-inbound': {
    meaning: 'The interface takes no connections: it is only for calls that start inside.',
    page: `${LAMBDA}/configuration-vpc.html`,
  },
  'no-target': {
    meaning: 'The load balancer has nothing to hand the connection to.',
    page: `${ELB}/application/load-balancer-target-groups.html`,
  },
  'zone-not-crossed': {
    meaning: 'The load balancer has no node in the zone of the target, and does not hand on across zones.',
    page: `${ELB}/network/network-load-balancers.html`,
  },
  'scheme-internal': {
    meaning: 'The load balancer is internal: its name and addresses are private.',
    page: `${ELB}/application/application-load-balancers.html`,
  },
  'not-running': {
    meaning: 'The resource is not running.',
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html',
  },
  'origin-disabled': { meaning: 'The distribution is disabled.', page: `${CDN}/DownloadDistValuesGeneral.html` },
} as const satisfies Record<string, CodeMeaning>;

export const CODES = { ...HOP_CODES, ...BLOCKER_CODES };
export type HopCode = keyof typeof HOP_CODES;
export type BlockerCode = keyof typeof BLOCKER_CODES;
export type Code = keyof typeof CODES;
