/** Lambda functions, who may call them, and what calls them. */
import type { Declared } from '../declared.ts';
import { type Body, detail, isUntold, listing, type Translation } from '../translation.ts';
import type { World } from '../world.ts';

const FUNCTION = ['aws:lambda/function:Function', 'aws:lambda/callbackFunction:CallbackFunction'];

const functionBody = (one: Declared, world: World): Body => ({
  FunctionArn: one.made('arn'),
  FunctionName: one.either('name'),
  PackageType: one.text('packageType', 'Zip'),
  Runtime: one.text('runtime'),
  Role: one.text('role'),
  VpcConfig: one.has('vpcConfig') ? functionNetwork(one, world) : undefined,
  // what is set and not known must not look like none
  Environment: one.has('environment') ? { Variables: one.block('environment')?.mapping('variables') } : undefined,
  MemorySize: one.number('memorySize', 128),
  Timeout: one.number('timeout', 3),
  Architectures: one.texts('architectures', ['x86_64']),
  DeadLetterConfig: one.has('deadLetterConfig')
    ? { TargetArn: one.block('deadLetterConfig')?.text('targetArn') }
    : undefined,
});

/** A network of which it is not known yet whether there is one is told as something that no reader takes for one. */
function functionNetwork(one: Declared, world: World): unknown {
  const network = one.block('vpcConfig');
  const subnets = network?.texts('subnetIds');
  if (!network || subnets === undefined) return 'only known after a deployment';
  const [first] = subnets;
  return {
    VpcId: world.byId(first)?.text('vpcId') ?? network.text('vpcId') ?? one.made('vpcId'),
    SubnetIds: subnets,
    SecurityGroupIds: network.texts('securityGroupIds'),
  };
}

const PERMISSION = ['aws:lambda/permission:Permission'];

/** Conditions that a permission can have. https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const CONDITIONS: readonly (readonly [operator: string, key: string, input: string])[] = [
  ['StringEquals', 'AWS:SourceAccount', 'sourceAccount'],
  ['StringEquals', 'aws:PrincipalOrgID', 'principalOrgId'],
  ['StringEquals', 'lambda:EventSourceToken', 'eventSourceToken'],
  ['StringEquals', 'lambda:FunctionUrlAuthType', 'functionUrlAuthType'],
  ['Bool', 'lambda:InvokedViaFunctionUrl', 'invokedViaFunctionUrl'],
  ['ArnLike', 'AWS:SourceArn', 'sourceArn'],
];

function conditionsOf(one: Declared): Readonly<Record<string, Readonly<Record<string, string | undefined>>>> {
  const found: Record<string, Record<string, string | undefined>> = {};
  for (const [operator, key, input] of CONDITIONS) {
    if (!one.has(input)) continue;
    const value = one.text(input) ?? one.flag(input)?.toString();
    found[operator] = { ...found[operator], [key]: value };
  }
  return found;
}

/** Who may call the function: one statement a permission. */
function functionPolicy(one: Declared, world: World): Body | null | undefined {
  const names = [one.id, one.made('arn')];
  const permissions = [...new Set(names)].flatMap((name) => world.pointing(PERMISSION, 'function', name));
  // a permission for something unknown may be for this
  if (world.unknown(PERMISSION, 'function').length > 0 || isUntold(one, 'policy')) return undefined;
  if (permissions.length === 0) return null;
  // somebody who is not known may be everybody
  if (permissions.some((each) => each.text('principal') === undefined)) return undefined;
  const Statement = permissions.map((each) => {
    const principal = each.text('principal') ?? '';
    const conditions = conditionsOf(each);
    return {
      Sid: each.text('statementId'),
      Effect: 'Allow',
      Principal:
        principal === '*' ? '*' : principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
      Action: each.text('action'),
      Resource: [one.made('arn'), each.text('qualifier')].filter((part) => part !== undefined).join(':'),
      ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
    };
  });
  const told = one.made('policy');
  return { Policy: sameStatements(told, Statement) ? told : JSON.stringify({ Version: '2012-10-17', Statement }) };
}

/** Whether a policy as AWS told it has these statements, in whatever order: then its text is AWS's own. */
function sameStatements(policy: string | undefined, statements: readonly object[]): boolean {
  try {
    const told: unknown = Object(JSON.parse(policy ?? '{}')).Statement;
    return (
      Array.isArray(told) &&
      JSON.stringify(told.map(canonical).sort()) === JSON.stringify(statements.map(canonical).sort())
    );
  } catch {
    return false;
  }
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

const FUNCTION_URL = ['aws:lambda/functionUrl:FunctionUrl'];

function functionUrls(one: Declared, world: World): Body | undefined {
  if (world.unknown(FUNCTION_URL, 'functionName').length > 0 || isUntold(one, 'functionUrls')) return undefined;
  return {
    FunctionUrlConfigs: [...new Set([one.id, one.made('arn')])]
      .flatMap((name) => world.pointing(FUNCTION_URL, 'functionName', name))
      .map((each) => ({ FunctionUrl: each.made('functionUrl'), AuthType: each.text('authorizationType') })),
  };
}

export const functions: readonly Translation[] = [
  listing('lambda:ListFunctions', 'Functions', FUNCTION, functionBody),
  detail('lambda:GetPolicy', FUNCTION, (one) => ({ FunctionName: one.either('name') }), functionPolicy),
  detail('lambda:ListFunctionUrlConfigs', FUNCTION, (one) => ({ FunctionName: one.either('name') }), functionUrls),
  detail(
    'lambda:ListTags',
    FUNCTION,
    (one) => ({ Resource: one.made('arn') }),
    (one) => {
      const tags = one.tagMap();
      return tags && { Tags: tags };
    },
  ),
  listing(
    'lambda:ListEventSourceMappings',
    'EventSourceMappings',
    ['aws:lambda/eventSourceMapping:EventSourceMapping'],
    (one) => ({
      UUID: one.id,
      EventSourceMappingArn: one.made('arn'),
      EventSourceArn: one.text('eventSourceArn'),
      FunctionArn: one.text('functionName'),
      State: one.flag('enabled', true) === false ? 'Disabled' : 'Enabled',
      BatchSize: one.number('batchSize'),
    }),
  ),
  { operation: 'lambda:ListFunctions', types: [...PERMISSION, ...FUNCTION_URL], tell: () => [] },
];
