/**
 * Stands where Pulumi's engine would: takes every registration, keeps it, and answers as AWS would after a deployment.
 * `setMocks` of the SDK would be simpler and hides parents, dependencies, protection, aliases and places.
 */

import { stateOf } from '../../../inventory/pulumi/made/index.ts';
import { answerOf } from '../../../inventory/pulumi/made/invokes.ts';
import type { Subject } from '../../../inventory/pulumi/made/shape.ts';
import {
  isProperties,
  type Position,
  type Properties,
  plain,
  type RecordedInvoke,
  type RecordedProblem,
  type RecordedResource,
  type Value,
} from '../../../inventory/pulumi/recorded.ts';
import type { Job, Report } from '../job.ts';
import { declaredOutputs } from './declared-outputs.ts';
import { optionsOf } from './options.ts';
import { placesOf } from './places.ts';
import { referenceTo } from './references.ts';
import type { Invocation, Outputs, ReadRequest, Registration, Reply, Structure } from './requests.ts';
import { applyTransforms } from './transforms.ts';
import { decodedProperties } from './wire.ts';

/** What the SDK asks for before it uses a newer form; outputs as values would only wrap what is known. */
const NOT_SUPPORTED = new Set(['outputValues', 'invokeTransforms', 'resourceHooks', 'errorHooks']);

const structure = (value: Properties): Structure => ({
  toJavaScript: () => value,
  // how the SDK reads a resource that it looks up by its URN
  getFieldsMap: () => ({
    get: (key) => {
      const member = value[key] ?? null;
      return { toJavaScript: () => member, getStructValue: () => structure(isProperties(member) ? member : {}) };
    },
  }),
});

/** Directly under the stack, which stands in no URN. */
const isStack = (parent: string): boolean => parent === '' || parent.includes('::pulumi:pulumi:Stack::');

export class Monitor {
  /** `type name` of all that was registered or read. */
  readonly registered = new Set<string>();
  readonly #job: Job;
  readonly #find: (name: string) => string | undefined;
  readonly #positionOf: (type: string, name: string) => Position | undefined;
  readonly #resources = new Map<string, RecordedResource>();
  readonly #raw = new Map<string, Properties>();
  readonly #invokes: RecordedInvoke[] = [];
  readonly #problems: RecordedProblem[] = [];
  readonly #outputNames = new Map<string, readonly string[]>();
  readonly #addresses = new Set<string>();
  readonly #places;
  readonly #stackTransforms: string[] = [];
  #outputs: Properties = {};

  constructor(
    job: Job,
    find: (name: string) => string | undefined,
    positionOf: (type: string, name: string) => Position | undefined,
  ) {
    this.#job = job;
    this.#find = find;
    this.#positionOf = positionOf;
    this.#places = placesOf(job.config);
  }

  recorded(): Report {
    const byUrn = (a: RecordedResource, b: RecordedResource): number => (a.urn < b.urn ? -1 : 1);
    return {
      place: this.#places.ofStack,
      resources: [...this.#resources.values()].sort(byUrn),
      invokes: [...this.#invokes].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      outputs: this.#outputs,
      problems: this.#problems,
    };
  }

  /** Generated constructors name every output of a class, with the value undefined: that tells which there are. */
  sawClass(type: string, properties: Readonly<Record<string, unknown>>): void {
    if (!this.#outputNames.has(type)) this.#outputNames.set(type, Object.keys(properties));
  }

  /** An output of another stack, which only Pulumi's own state knows. */
  sawReference(stack: string, output: string): void {
    const result = { value: referenceTo(stack, output) };
    const { account, region } = this.#places.ofStack;
    this.#invokes.push({
      token: 'pulumi:pulumi:StackReference',
      arguments: { name: stack, output },
      result,
      known: false,
      place: { account, region },
    });
  }

  #urn(parent: string, type: string, name: string): string {
    const within = isStack(parent) ? '' : `${parent.split('::')[2]}$`;
    return `urn:pulumi:${this.#job.stack}::${this.#job.project}::${within}${type}::${name}`;
  }

  async registerResource(request: Registration, reply: Reply): Promise<void> {
    try {
      await applyTransforms(request, this.#stackTransforms, this.#find);
      this.#register(request, reply);
    } catch (error) {
      refuse(reply, error);
    }
  }

  #register(request: Registration, reply: Reply): void {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const custom = request.getCustom();
    const urn = this.#urn(parent, type, name);
    const known = this.#resources.get(urn);
    const position = this.#positionOf(type, name);
    if (known !== undefined)
      throw new Error(
        `two resources have the URN ${urn}: give one of them another name${known.position ? ` (the first is at ${known.position.file}:${known.position.line})` : ''}`,
      );
    const wire = request.getObject()?.toJavaScript() ?? {};
    const inputs = decodedProperties(wire);
    const importId = request.getImportid();
    const place = this.#places.of(request.getProvider(), inputs);
    const state = custom
      ? this.#state({ type, name, urn, inputs, place }, importId, wire)
      : { id: '', wire, known: wire };
    if (type.startsWith('pulumi:providers:')) this.#places.add(`${urn}::${state.id}`, inputs);
    const resource: RecordedResource = {
      urn,
      type,
      name,
      kind: 'declared',
      parent: isStack(parent) ? undefined : parent,
      custom,
      remote: request.getRemote(),
      id: state.id,
      inputs,
      outputs: decodedProperties(state.known),
      dependencies: [...request.getDependenciesList()].sort(),
      propertyDependencies: dependenciesOf(request),
      options: optionsOf(request),
      position,
      place,
    };
    if (type !== 'pulumi:pulumi:Stack') this.#resources.set(urn, resource);
    if (resource.remote)
      this.#problems.push({
        kind: 'remote',
        message: `${name} is a component of another language (${type}): what it is made of cannot be seen without Pulumi's own engine`,
        position,
      });
    this.registered.add(`${type} ${name}`);
    this.#raw.set(urn, { urn, id: state.id, state: state.wire });
    reply(null, {
      getUrn: () => urn,
      getId: () => (this.#job.preview && importId === '' ? '' : state.id),
      getObject: () => structure(state.wire),
      getPropertydependenciesMap: () => undefined,
      getResult: () => 0,
    });
  }

  /**
   * What the resource would be after a deployment, on the wire; in a preview only what the program itself says. `known` is
   * without the stopgaps for outputs that no table has: a program may read into these, and nobody may conclude from them.
   */
  #state(
    of: { type: string; name: string; urn: string; inputs: Properties; place: RecordedResource['place'] },
    id: string,
    wire: Properties,
  ): { readonly id: string; readonly wire: Properties; readonly known: Properties } {
    const clear = plain(of.inputs);
    const subject: Subject = {
      ...of,
      ...of.place,
      partition: this.#places.partition(of.place.region),
      inputs: isProperties(clear) ? clear : {},
      defaultTags: this.#places.defaultTags,
      importId: id === '' ? undefined : id,
      addresses: this.#addresses,
    };
    const standing = this.#job.known[`${of.type}::${of.name}`];
    if (standing !== undefined && !this.#job.preview) {
      const told = { ...standing.outputs, ...given(wire) };
      return { id: standing.id, wire: told, known: told };
    }
    const made = stateOf(subject);
    if (this.#job.preview) return { id: made.id, wire, known: wire };
    const outputs = declaredOutputs(this.#find, subject, this.#outputNames.get(of.type) ?? []);
    const known = { ...made.outputs, ...given(wire) };
    return { id: made.id, wire: { ...outputs, ...known }, known };
  }

  readResource(request: ReadRequest, reply: Reply): void {
    try {
      const [type, name, parent, id] = [request.getType(), request.getName(), request.getParent(), request.getId()];
      const urn = this.#urn(parent, type, name);
      const wire = request.getProperties()?.toJavaScript() ?? {};
      const inputs = decodedProperties(wire);
      const place = this.#places.of(request.getProvider(), inputs);
      const state = this.#state({ type, name, urn, inputs, place }, id, wire);
      this.#resources.set(urn, {
        urn,
        type,
        name,
        kind: 'read',
        parent: undefined,
        custom: true,
        remote: false,
        id,
        inputs,
        outputs: decodedProperties(state.known),
        dependencies: [...request.getDependenciesList()].sort(),
        propertyDependencies: {},
        options: {},
        position: this.#positionOf(type, name),
        place,
      });
      this.registered.add(`${type} ${name}`);
      reply(null, { getUrn: () => urn, getProperties: () => structure(state.wire) });
    } catch (error) {
      refuse(reply, error);
    }
  }

  invoke(request: Invocation, reply: Reply): void {
    try {
      const token = request.getTok();
      const wire = request.getArgs()?.toJavaScript() ?? {};
      reply(null, {
        getReturn: () => structure(this.#answer(token, wire, request.getProvider())),
        getFailuresList: () => [],
      });
    } catch (error) {
      refuse(reply, error);
    }
  }

  #answer(token: string, wire: Properties, provider: string): Properties {
    if (token === 'pulumi:pulumi:getResource') return this.#raw.get(String(wire.urn)) ?? {};
    const asked = decodedProperties(wire);
    const place = this.#places.of(provider, asked);
    const clear = plain(asked);
    const answer = answerOf(token, isProperties(clear) ? clear : {}, place, this.#places.partition(place.region));
    const result = answer ?? wire;
    this.#invokes.push({
      token,
      arguments: asked,
      result: decodedProperties(result),
      known: answer !== undefined,
      place,
    });
    return result;
  }

  call(request: Invocation, reply: Reply): void {
    this.invoke(request, reply);
  }

  registerResourceOutputs(request: Outputs, reply: Reply): void {
    const outputs = decodedProperties(request.getOutputs()?.toJavaScript() ?? {});
    const resource = this.#resources.get(request.getUrn());
    if (resource) this.#resources.set(resource.urn, { ...resource, outputs });
    else if (request.getUrn().includes('::pulumi:pulumi:Stack::')) this.#outputs = outputs;
    reply(null, {});
  }

  registerStackTransform(request: { getToken(): string }, reply: Reply): void {
    this.#stackTransforms.push(request.getToken());
    reply(null, {});
  }

  registerStackInvokeTransform(_request: unknown, reply: Reply): void {
    reply(null, {});
  }

  registerResourceHook(_request: unknown, reply: Reply): void {
    reply(null, {});
  }

  registerErrorHook(_request: unknown, reply: Reply): void {
    reply(null, {});
  }

  registerPackage(request: { getName(): string; getVersion(): string }, reply: Reply): void {
    reply(null, { getRef: () => `${request.getName()}@${request.getVersion()}` });
  }

  signalAndWaitForShutdown(_request: unknown, reply: Reply): void {
    reply(null, {});
  }

  supportsFeature(request: { getId(): string }, reply: Reply): void {
    reply(null, { getHassupport: () => !NOT_SUPPORTED.has(request.getId()) });
  }

  close(): void {}
}

/** The SDK reads the message of a refusal from `details`. */
function refuse(reply: Reply, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  reply(Object.assign(new Error(message), { code: 2, details: message }));
}

/** Inputs that say something: an empty one leaves the answer to AWS. */
const given = (wire: Properties): Properties =>
  Object.fromEntries(Object.entries(wire).filter((entry): entry is [string, Value] => entry[1] !== null));

function dependenciesOf(request: Registration): Readonly<Record<string, readonly string[]>> {
  const found: [string, readonly string[]][] = [];
  request.getPropertydependenciesMap().forEach((value, key) => {
    const urns = value.getUrnsList();
    if (urns.length > 0) found.push([key, [...urns].sort()]);
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
