/** Transforms of the newer kind run where the engine is: they are callbacks that the SDK keeps by token. */
import { createRequire } from 'node:module';
import type { Registration, Structure } from './requests.ts';

interface TransformAnswer {
  getProperties(): Structure | undefined;
  getOptions(): { getDependsOnList(): string[] } | undefined;
}

type Callback = (request: Uint8Array) => Promise<TransformAnswer>;

/** The resource's own transforms, then the stack's; what a parent's would do to its children is left out. */
export async function applyTransforms(
  request: Registration,
  ofStack: readonly string[],
  find: (name: string) => string | undefined,
): Promise<void> {
  const tokens = [...(request.getTransformsList?.() ?? []).map((one) => one.getToken()), ...ofStack];
  if (tokens.length === 0) return;
  const path = find('@pulumi/pulumi');
  if (path === undefined) return;
  const require = createRequire(path);
  const callbacks: ReadonlyMap<string, Callback> | undefined =
    require('./runtime/state').getStore().callbacks?._callbacks;
  const messages = require('./proto/resource_pb');
  for (const token of tokens) {
    const callback = callbacks?.get(token);
    if (callback === undefined)
      throw new Error('this version of @pulumi/pulumi keeps its transforms where the recorder does not find them');
    const message = new messages.TransformRequest();
    message.setType(request.getType());
    message.setName(request.getName());
    message.setCustom(request.getCustom());
    message.setParent(request.getParent());
    message.setProperties(request.getObject());
    const options = new messages.TransformResourceOptions();
    options.setDependsOnList(request.getDependenciesList());
    message.setOptions(options);
    const answer = await callback(message.serializeBinary());
    request.setObject(answer.getProperties());
  }
}
