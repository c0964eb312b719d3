/** Pieces of parsed JSON, asked with care: a file of a user may hold anything. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of an object; undefined for what is none, and for what an object inherits. */
export const at = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

export const textAt = (value: unknown, key: string): string | undefined => {
  const found = at(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
};

export const objectAt = (value: unknown, key: string): Json => {
  const found = at(value, key);
  return isObject(found) ? found : {};
};

export const listAt = (value: unknown, key: string): readonly unknown[] => {
  const found = at(value, key);
  return Array.isArray(found) ? found : [];
};
