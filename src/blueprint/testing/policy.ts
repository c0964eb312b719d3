import type { Recording, Value } from './record.ts';

/** The statements of a recorded policy document, parsed. */
export function statements(recording: Recording, type: string, name: string, field = 'policy'): readonly unknown[] {
  const text = recording.inputs(type, name)[field];
  if (typeof text !== 'string') throw new Error(`${type} ${name} has no ${field} as text`);
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('Statement' in parsed) || !Array.isArray(parsed.Statement))
    throw new Error(`${name}: no statements`);
  return parsed.Statement;
}

/** JSON that a resource holds as text. */
export function parsed(text: Value): unknown {
  if (typeof text !== 'string') throw new Error('not text');
  return JSON.parse(text);
}
