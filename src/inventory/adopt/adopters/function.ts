import type { Answer, Answers } from '../../answers.ts';
import { variable } from '../../environment.ts';
import { allStrings, tagsOf, whereOf } from '../../fields.ts';
import { nameOfArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopted, type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { permissionsOf } from '../function-policy.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';
import { camel } from '../values.ts';
import { withoutSecrets } from '../without-secrets.ts';

const TYPE = 'aws:lambda/function:Function';
const PERMISSION = 'aws:lambda/permission:Permission';
const URL = 'aws:lambda/functionUrl:FunctionUrl';
const LIST = 'lambda:ListFunctions';

/** By its name or its ARN. */
function about(answers: Answers, operation: string, item: Item, name: string, arn: string): Answer {
  const byName = answers.one(operation, 'FunctionName', name, whereOf(item));
  return byName.state === 'unknown' ? answers.one(operation, 'FunctionName', arn, whereOf(item)) : byName;
}

interface Environment {
  readonly inputs: Properties;
  readonly hidden: boolean;
}

/** Variables without secrets; a text says why they can not be told. */
function environmentOf(item: Item): Environment | string {
  if (!item.has('Environment')) return { inputs: {}, hidden: false };
  const variables = item.item('Environment')?.item('Variables');
  if (!variables) return `${item.context.operation} did not tell the environment`;
  const names = Object.keys(variables.value).sort();
  const written = names.flatMap((name) => variable(name, variables.string(name)) ?? []);
  if (written.length !== names.length) return `${item.context.operation} did not tell the value of every variable`;
  const safe = withoutSecrets(written);
  if (safe === undefined) return 'its environment can not be told without the secrets in it';
  const told = Object.fromEntries(safe.variables.map(({ name, value }) => [name, value]));
  return { inputs: written.length === 0 ? {} : { environment: { variables: told } }, hidden: safe.changed };
}

function networkOf(item: Item): Properties | null | undefined {
  const network = item.item('VpcConfig');
  if (!network) return item.has('VpcConfig') ? undefined : null;
  const [subnetIds, securityGroupIds] = [allStrings(network, 'SubnetIds'), allStrings(network, 'SecurityGroupIds')];
  if (!network.string('VpcId') && !subnetIds?.length) return network.has('SubnetIds') && !subnetIds ? undefined : null;
  if (subnetIds === undefined || securityGroupIds === undefined) return undefined;
  const ipv6AllowedForDualStack = network.boolean('Ipv6AllowedForDualStack') || undefined;
  return said({ subnetIds, securityGroupIds, ipv6AllowedForDualStack });
}

/** What of the package AWS tells: an image's address. A zip file's contents it does not, so they are left alone. */
function packageOf(about: Answer, type: string): { readonly inputs: Properties; readonly ignored: readonly string[] } {
  const image = about.state === 'read' ? about.item.item('Code')?.string('ImageUri') : undefined;
  if (type === 'Image') return { inputs: image === undefined ? {} : { imageUri: image }, ignored: ['imageUri'] };
  return { inputs: {}, ignored: ['code', 'sourceCodeHash', 's3Bucket', 's3Key', 's3ObjectVersion'] };
}

function lambda(answers: Answers, item: Item): readonly Adoption[] {
  const [name, arn] = [item.string('FunctionName'), item.string('FunctionArn')];
  if (name === undefined || arn === undefined) return [];
  const of: Whole = { kind: 'function', id: arn };
  const whole = about(answers, 'lambda:GetFunction', item, name, arn);
  const own =
    tagsOf(answers, 'lambda:ListTags', 'Resource', arn, whereOf(item)) ??
    (whole.state === 'read' ? whole.item.tags() : undefined);
  const tags = tagged(answers, arn, own);
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  const packageType = item.string('PackageType');
  const read = {
    Role: item.string('Role'),
    PackageType: packageType,
    Runtime: packageType === 'Image' ? null : item.string('Runtime'),
    MemorySize: item.number('MemorySize'),
    Timeout: item.number('Timeout'),
    Architectures: allStrings(item, 'Architectures'),
    VpcConfig: networkOf(item),
    DeadLetterConfig: item.has('DeadLetterConfig') ? item.item('DeadLetterConfig')?.string('TargetArn') : null,
  };
  if (!isKnown(read)) return [refused(TYPE, of, untold(item.context.operation, read))];
  const environment = environmentOf(item);
  if (typeof environment === 'string') return [refused(TYPE, of, environment)];
  const code = packageOf(whole, read.PackageType);
  const reserved = about(answers, 'lambda:GetFunctionConcurrency', item, name, arn);
  const policy = about(answers, 'lambda:GetPolicy', item, name, arn);
  const urls = about(answers, 'lambda:ListFunctionUrlConfigs', item, name, arn);
  const adopted: Adopted = {
    state: 'adopted',
    type: TYPE,
    name: tags.tags?.Name ?? name,
    id: name,
    importId: name,
    inputs: said({
      name,
      role: read.Role,
      packageType: read.PackageType,
      runtime: read.Runtime,
      handler: item.string('Handler') || undefined,
      description: item.string('Description') || undefined,
      memorySize: read.MemorySize,
      timeout: read.Timeout,
      architectures: read.Architectures,
      vpcConfig: read.VpcConfig,
      ...environment.inputs,
      deadLetterConfig: read.DeadLetterConfig === null ? undefined : { targetArn: read.DeadLetterConfig },
      layers: layersOf(item),
      kmsKeyArn: item.string('KMSKeyArn') || undefined,
      tracingConfig: camel(item.item('TracingConfig')?.value),
      ephemeralStorage: camel(item.item('EphemeralStorage')?.value),
      loggingConfig: camel(item.item('LoggingConfig')?.value),
      snapStart: snapStartOf(item),
      imageConfig: imageOf(item),
      fileSystemConfig: camel(item.items('FileSystemConfigs')?.[0]?.value),
      reservedConcurrentExecutions:
        reserved.state === 'read' ? reserved.item.number('ReservedConcurrentExecutions') : undefined,
      ...code.inputs,
      ...tags.inputs,
    }),
    outputs: said({
      arn,
      vpcId: item.item('VpcConfig')?.string('VpcId') || undefined,
      policy:
        policy.state === 'unknown'
          ? { $unknown: true }
          : policy.state === 'read'
            ? policy.item.string('Policy')
            : undefined,
      ...(urls.state === 'unknown' ? { functionUrls: { $unknown: true } } : {}),
      ...tags.outputs,
    }),
    ignoreChanges: [...code.ignored, ...(environment.hidden ? ['environment'] : []), ...tags.ignoreChanges],
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
  return [adopted, ...permissions(adopted, policy), ...urlsOf(adopted, urls)];
}

const layersOf = (item: Item): readonly string[] | undefined => {
  const layers = item.items('Layers')?.flatMap((one) => one.string('Arn') ?? []);
  return layers?.length ? layers : undefined;
};

const snapStartOf = (item: Item): Properties | undefined =>
  item.item('SnapStart')?.string('ApplyOn') === 'PublishedVersions' ? { applyOn: 'PublishedVersions' } : undefined;

function imageOf(item: Item): Properties | undefined {
  const image = item.item('ImageConfigResponse')?.item('ImageConfig');
  return (
    image &&
    said({
      commands: image.strings('Command'),
      entryPoints: image.strings('EntryPoint'),
      workingDirectory: image.string('WorkingDirectory'),
    })
  );
}

/** Each statement of its policy is a permission of its own. */
function permissions(lambda: Adopted, policy: Answer): readonly Adoption[] {
  if (policy.state !== 'read') return [];
  const found = permissionsOf(policy.item.string('Policy'), lambda.id);
  if (typeof found === 'string') return [refused(PERMISSION, lambda.of, found)];
  return found.map((inputs): Adopted => {
    const id = String(inputs.statementId);
    const importId = `${lambda.id}/${id}`;
    return {
      ...lambda,
      type: PERMISSION,
      name: `${lambda.name}-${id}`,
      id,
      importId,
      inputs,
      outputs: {},
      ignoreChanges: [],
    };
  });
}

function urlsOf(lambda: Adopted, answer: Answer): readonly Adoption[] {
  const configs = answer.state === 'read' ? allItems(answer.item, 'FunctionUrlConfigs') : [];
  return (configs ?? []).map((one): Adoption => {
    const [functionUrl, authorizationType] = [one.string('FunctionUrl'), one.string('AuthType')];
    if (functionUrl === undefined || authorizationType === undefined)
      return refused(URL, lambda.of, untold('lambda:ListFunctionUrlConfigs', { AuthType: undefined }));
    const qualifier = /:function:[^:]+:([^:]+)$/.exec(one.string('FunctionArn') ?? '')?.[1];
    const id = qualifier === undefined ? lambda.id : `${lambda.id}/${qualifier}`;
    return {
      ...lambda,
      type: URL,
      name: qualifier === undefined ? lambda.name : `${lambda.name}-${qualifier}`,
      id,
      importId: id,
      inputs: said({
        functionName: lambda.id,
        qualifier,
        authorizationType,
        invokeMode: one.string('InvokeMode'),
        cors: camel(one.item('Cors')?.value),
      }),
      outputs: { functionUrl },
      ignoreChanges: [],
    };
  });
}

/** Every function once: what GetFunction tells of it is never less than the listing. */
function functionsOf(answers: Answers): readonly Item[] {
  const found = new Map<string, Item>();
  const add = (item: Item | undefined): void => {
    const name = item?.string('FunctionArn');
    if (item && name !== undefined && !found.has(name) && nameOfArn(name) === item.string('FunctionName'))
      found.set(name, item);
  };
  for (const { item } of answers.bodies('lambda:GetFunctionConfiguration')) add(item);
  for (const { item } of answers.bodies('lambda:GetFunction')) add(item.item('Configuration'));
  for (const item of answers.items(LIST, 'Functions')) add(item);
  return [...found.values()];
}

export const adopter: Adopter = {
  name: 'function',
  types: [TYPE, PERMISSION, URL],
  operations: [
    LIST,
    'lambda:GetFunction',
    'lambda:GetFunctionConfiguration',
    'lambda:GetFunctionConcurrency',
    'lambda:GetPolicy',
    'lambda:ListFunctionUrlConfigs',
    'lambda:ListTags',
  ],
  observed: { function: ['qualifiers', 'versions'] },
  adopt: (answers) => functionsOf(answers).flatMap((item) => lambda(answers, item)),
};
