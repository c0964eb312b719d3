/** Text of an account, harmless inside of an SVG: escaped, without control characters, and never able to turn the text around it. */

// What XML 1.0 forbids, and the marks that change the direction of what follows.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const plain = (text: string): string => text.replace(FORBIDDEN, '').replace(LONE, '\ufffd');

export const escaped = (text: string): string => plain(text).replace(/[&<>"']/g, (char) => NAMED[char] ?? '');
