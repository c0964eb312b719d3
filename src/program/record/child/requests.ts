/** The part of the SDK's messages that is read: methods of the classes that its protocol compiles to. */
import type { Properties, Value } from '../../../inventory/pulumi/recorded.ts';

export interface Structure {
  toJavaScript(): Properties;
  getFieldsMap?(): { get(key: string): { toJavaScript(): Value; getStructValue(): Structure } };
}

interface Mapped<T> {
  forEach(visit: (value: T, key: string) => void): void;
}

export interface AliasMessage {
  hasUrn(): boolean;
  getUrn(): string;
  getSpec(): { toObject(): object } | undefined;
}

export interface Registration {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getRemote(): boolean;
  getObject(): Structure | undefined;
  setObject(value: unknown): void;
  getProtect(): boolean;
  getImportid(): string;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getDeletebeforereplace(): boolean;
  getDeletebeforereplacedefined(): boolean;
  getRetainondelete?(): boolean;
  getAliasesList(): AliasMessage[];
  getAliasurnsList?(): string[];
  getProvider(): string;
  getDependenciesList(): string[];
  setDependenciesList(urns: string[]): void;
  getPropertydependenciesMap(): Mapped<{ getUrnsList(): string[] }>;
  getTransformsList?(): { getToken(): string }[];
}

export interface ReadRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getId(): string;
  getProperties(): Structure | undefined;
  getProvider(): string;
  getDependenciesList(): string[];
}

export interface Invocation {
  getTok(): string;
  getArgs(): Structure | undefined;
  getProvider(): string;
}

export interface Outputs {
  getUrn(): string;
  getOutputs(): Structure | undefined;
}

export type Reply = (error: unknown, answer?: object) => void;
