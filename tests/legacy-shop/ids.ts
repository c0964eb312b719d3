/** The example's names for what it has, and the emulator's: whoever makes a resource makes up its id. */
export class Ids {
  private readonly theirs = new Map<string, string>();

  learn(example: string, emulator: string): void {
    this.theirs.set(example, emulator);
  }

  /** A part of a request, with the emulator's ids for the example's. */
  toEmulator<T>(value: T): T {
    return deep(value, replacer(this.theirs)) as T;
  }

  /** A text of the emulator's, with the example's ids for its own. */
  toExample(text: string): string {
    return replacer(new Map([...this.theirs].map(([example, emulator]) => [emulator, example])))(text);
  }
}

/** Replaces whole words, the longer one where two begin alike. */
function replacer(names: ReadonlyMap<string, string>): (text: string) => string {
  if (names.size === 0) return (text) => text;
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const escaped = longestFirst.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<!\\w)(?:${escaped.join('|')})(?!\\w)`, 'g');
  return (text) => text.replace(pattern, (name) => names.get(name) ?? name);
}

function deep(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => deep(one, replace));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deep(inner, replace)]));
}
