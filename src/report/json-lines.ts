/** Line numbers of JSON pointers in a JSON text, found in one pass: SARIF wants a place in a file. */

/** 1-based line of each pointer that the text has. The text must be valid JSON. */
export function linesOf(text: string, pointers: ReadonlySet<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let at = 0;
  let line = 1;

  const space = (): void => {
    for (; at < text.length; at += 1) {
      const character = text[at];
      if (character === '\n') line += 1;
      else if (character !== ' ' && character !== '\t' && character !== '\r') return;
    }
  };
  const string = (): string => {
    const start = at;
    for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    at += 1;
    return text.slice(start, at);
  };
  const value = (pointer: string): void => {
    space();
    if (pointers.has(pointer)) found.set(pointer, line);
    const character = text[at];
    if (character === '{') members(pointer);
    else if (character === '[') elements(pointer);
    else if (character === '"') string();
    else while (at < text.length && !',]} \n\t\r'.includes(text[at] ?? '')) at += 1;
  };
  const members = (pointer: string): void => {
    at += 1;
    for (space(); at < text.length && text[at] !== '}'; space()) {
      const key: string = JSON.parse(string());
      space();
      at += 1;
      value(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      space();
      if (text[at] === ',') at += 1;
    }
    at += 1;
  };
  const elements = (pointer: string): void => {
    at += 1;
    let n = 0;
    for (space(); at < text.length && text[at] !== ']'; space()) {
      value(`${pointer}/${n}`);
      n += 1;
      space();
      if (text[at] === ',') at += 1;
    }
    at += 1;
  };

  value('');
  return found;
}
