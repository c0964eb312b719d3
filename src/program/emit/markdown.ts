/** Markdown in which nothing of the account is markup. */

/** One line. */
export const line = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|]/g, '\\$&');

/** With a full stop, and no second one. */
export const sentence = (text: string): string => {
  const plain = line(text);
  return plain === '' || /[.!?:]$/.test(plain) ? plain : `${plain}.`;
};

export const fence = (commands: readonly string[]): string => {
  const text = commands.join('\n');
  const ticks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${ticks}sh\n${text}\n${ticks}`;
};

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
