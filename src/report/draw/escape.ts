/** Text of an account, harmless inside of an SVG: escaped, without control characters, and never able to turn the text around it. */

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What XML 1.0 forbids, other control characters, and the marks that change the direction of what follows. */
const isHarmful = (char: string): boolean => {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return code !== 9 && code !== 10 && code !== 13;
  return (
    (code >= 0x7f && code <= 0x9f) ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0xfffe ||
    code === 0xffff
  );
};

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What nearly every text is: nothing in it can be harmful. */
const HARMLESS = /^[\t\n\r -~\u00a0-\u1fff\u2010-\u2027\u2030-\u205f\u3000-\ud7ff]*$/;

export const plain = (text: string): string => (HARMLESS.test(text) ? text : cleaned(text));

const cleaned = (text: string): string => [...text.replace(LONE, '\ufffd')].filter((char) => !isHarmful(char)).join('');

export const escaped = (text: string): string => plain(text).replace(/[&<>"']/g, (char) => NAMED[char] ?? '');
