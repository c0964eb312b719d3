/** A line of an access log -> its fields: words, `"quoted words"` and `[words in brackets]`. */

const SPACE = 32;
const QUOTE = 34;
const BRACKET = 91;

/** Undefined where a quote or a bracket does not end. A quote inside of quotes is told by the space after it, as S3 does not mask it. */
export function fieldsOf(line: string): readonly string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  while (at < line.length) {
    const code = line.charCodeAt(at);
    if (code === SPACE) {
      at += 1;
      continue;
    }
    if (code === QUOTE || code === BRACKET) {
      const end = endOf(line, at + 1, code === QUOTE ? '"' : ']');
      if (end < 0) return undefined;
      fields.push(line.slice(at + 1, end));
      at = end + 1;
      continue;
    }
    const space = line.indexOf(' ', at);
    const end = space < 0 ? line.length : space;
    fields.push(line.slice(at, end));
    at = end + 1;
  }
  return fields;
}

function endOf(line: string, from: number, mark: string): number {
  for (let at = line.indexOf(mark, from); at >= 0; at = line.indexOf(mark, at + 1))
    if (at + 1 === line.length || line.charCodeAt(at + 1) === SPACE) return at;
  return -1;
}

/** The address of `192.0.2.1:443` or `[2001:db8::1]:443`. */
export function hostOf(text: string): string {
  const colon = text.lastIndexOf(':');
  const host = colon < 0 ? text : text.slice(0, colon);
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

/** Seconds of an ISO time; NaN for none. */
export const secondsOf = (text: string): number =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text)
    ? Math.floor(Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`) / 1000)
    : Number.NaN;
