/**
 * Attributes of load balancers and target groups: AWS's key and the argument that sets it. One table for both ways, so that
 * what is adopted and what is read of a program can not differ.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
import type { Block } from './declared.ts';
import type { Properties, Value } from './recorded.ts';

export interface Attribute {
  readonly key: string;
  /** `enableHttp2`; with a dot where it stands in a block. */
  readonly input: string;
  readonly as: 'flag' | 'number' | 'text';
}

const row = (key: string, input: string, as: Attribute['as'] = 'flag'): Attribute => ({ key, input, as });

const logs = (key: string, input: string): readonly Attribute[] => [
  row(`${key}.s3.enabled`, `${input}.enabled`),
  row(`${key}.s3.bucket`, `${input}.bucket`, 'text'),
  row(`${key}.s3.prefix`, `${input}.prefix`, 'text'),
];

export const BALANCER_ATTRIBUTES: readonly Attribute[] = [
  row('deletion_protection.enabled', 'enableDeletionProtection'),
  row('load_balancing.cross_zone.enabled', 'enableCrossZoneLoadBalancing'),
  row('idle_timeout.timeout_seconds', 'idleTimeout', 'number'),
  row('client_keep_alive.seconds', 'clientKeepAlive', 'number'),
  row('routing.http.drop_invalid_header_fields.enabled', 'dropInvalidHeaderFields'),
  row('routing.http.desync_mitigation_mode', 'desyncMitigationMode', 'text'),
  row('routing.http.preserve_host_header.enabled', 'preserveHostHeader'),
  row('routing.http.x_amzn_tls_version_and_cipher_suite.enabled', 'enableTlsVersionAndCipherSuiteHeaders'),
  row('routing.http.xff_client_port.enabled', 'enableXffClientPort'),
  row('routing.http.xff_header_processing.mode', 'xffHeaderProcessingMode', 'text'),
  row('routing.http2.enabled', 'enableHttp2'),
  row('waf.fail_open.enabled', 'enableWafFailOpen'),
  row('zonal_shift.config.enabled', 'enableZonalShift'),
  row('dns_record.client_routing_policy', 'dnsRecordClientRoutingPolicy', 'text'),
  row('secondary_ips.auto_assigned.per_subnet', 'secondaryIpsAutoAssignedPerSubnet', 'number'),
  ...logs('access_logs', 'accessLogs'),
  ...logs('connection_logs', 'connectionLogs'),
  ...logs('health_check_logs', 'healthCheckLogs'),
];

const HEALTH = 'target_group_health';

export const TARGET_ATTRIBUTES: readonly Attribute[] = [
  row('deregistration_delay.timeout_seconds', 'deregistrationDelay', 'number'),
  row('deregistration_delay.connection_termination.enabled', 'connectionTermination'),
  row('slow_start.duration_seconds', 'slowStart', 'number'),
  row('stickiness.enabled', 'stickiness.enabled'),
  row('stickiness.type', 'stickiness.type', 'text'),
  row('stickiness.app_cookie.cookie_name', 'stickiness.cookieName', 'text'),
  row('load_balancing.algorithm.type', 'loadBalancingAlgorithmType', 'text'),
  row('load_balancing.algorithm.anomaly_mitigation', 'loadBalancingAnomalyMitigation', 'text'),
  row('load_balancing.cross_zone.enabled', 'loadBalancingCrossZoneEnabled', 'text'),
  row('lambda.multi_value_headers.enabled', 'lambdaMultiValueHeadersEnabled'),
  row('preserve_client_ip.enabled', 'preserveClientIp', 'text'),
  row('proxy_protocol_v2.enabled', 'proxyProtocolV2'),
  row(
    `${HEALTH}.dns_failover.minimum_healthy_targets.count`,
    'targetGroupHealth.dnsFailover.minimumHealthyTargetsCount',
    'text',
  ),
  row(
    `${HEALTH}.dns_failover.minimum_healthy_targets.percentage`,
    'targetGroupHealth.dnsFailover.minimumHealthyTargetsPercentage',
    'text',
  ),
  row(
    `${HEALTH}.unhealthy_state_routing.minimum_healthy_targets.count`,
    'targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsCount',
    'number',
  ),
  row(
    `${HEALTH}.unhealthy_state_routing.minimum_healthy_targets.percentage`,
    'targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsPercentage',
    'text',
  ),
  row(
    'target_health_state.unhealthy.connection_termination.enabled',
    'targetHealthStates.enableUnhealthyConnectionTermination',
  ),
  row(
    'target_health_state.unhealthy.draining_interval_seconds',
    'targetHealthStates.unhealthyDrainingInterval',
    'number',
  ),
  row('target_failover.on_deregistration', 'targetFailovers.onDeregistration', 'text'),
  row('target_failover.on_unhealthy', 'targetFailovers.onUnhealthy', 'text'),
];

/** Blocks that stand in a list of one. */
const LISTS = new Set(['targetHealthStates', 'targetFailovers']);

/** The block that an argument stands in, and the argument's own name. */
function placeIn(one: Block, input: string): readonly [Block | undefined, string] {
  const path = input.split('.');
  const last = path.pop() ?? input;
  return [path.reduce<Block | undefined>((block, part) => block?.block(part), one), last];
}

/** What a program says of an attribute, as AWS would tell it; undefined where it says nothing, or nothing that is known. */
export function attributeOf(one: Block, { input }: Attribute): string | undefined {
  const [block, name] = placeIn(one, input);
  const value = block?.has(name) ? block.value(name) : undefined;
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}

/** The arguments that set these attributes to what AWS told. */
export function argumentsOf(
  table: readonly Attribute[],
  told: Readonly<Record<string, string>>,
): { readonly [name: string]: Value } {
  return table.reduce<Properties>((inputs, { key, input, as }) => {
    const text = told[key];
    const value = text === undefined ? undefined : parsed(text, as);
    return value === undefined ? inputs : placed(inputs, input.split('.'), value);
  }, {});
}

function parsed(text: string, as: Attribute['as']): Value | undefined {
  if (as === 'text') return text;
  if (as === 'number') return Number.isFinite(Number(text)) && text !== '' ? Number(text) : undefined;
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function placed(inputs: Properties, [name = '', ...rest]: readonly string[], value: Value): Properties {
  if (rest.length === 0) return { ...inputs, [name]: value };
  const before = inputs[name];
  const inner = Array.isArray(before) ? before[0] : before;
  const block = placed(typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {}, rest, value);
  return { ...inputs, [name]: LISTS.has(name) ? [block] : block };
}
