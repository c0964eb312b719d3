/**
 * Bytes -> lines or JSON records, one at a time. Memory is bounded by construction: at most one line (`LONGEST`) is
 * held, and what is longer is skipped and counted.
 */

/** Longer than any line that AWS writes: a key is at most 1,024 bytes, an event of CloudTrail 256 KB. */
export const LONGEST = 1 << 20;

export interface Sink {
  readonly push: (text: string) => void;
  /** The end of the file; true when it ends in the middle of something. */
  readonly end: () => boolean;
}

/** Calls `take` with every line, without its end. */
export function lines(take: (line: string) => void, tooLong: () => void): Sink {
  let rest = '';
  let skipping = false;
  const whole = (line: string): void => {
    if (skipping) {
      skipping = false;
      return;
    }
    if (line.length > LONGEST) tooLong();
    else take(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
  return {
    push(text) {
      let start = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
        const line = text.slice(start, at);
        whole(rest === '' ? line : rest + line);
        rest = '';
        start = at + 1;
      }
      if (skipping) return;
      rest += text.slice(start);
      if (rest.length > LONGEST) {
        rest = '';
        skipping = true;
        tooLong();
      }
    },
    end() {
      if (rest !== '') whole(rest);
      rest = '';
      return false;
    },
  };
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;

/** Objects lie this deep: in a list, in the object that is the file. */
const DEPTH = 2;

/** Calls `take` with the text of every object in a list of the outermost object: `{"Records": [{…}, {…}]}`. */
export function records(take: (text: string) => void, tooLong: () => void): Sink {
  let depth = 0;
  let quoted = false;
  let escaped = false;
  let held = '';
  let inside = false;
  let skipping = false;
  return {
    push(text) {
      let start = 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (quoted) {
          if (escaped) escaped = false;
          else if (code === BACKSLASH) escaped = true;
          else if (code === QUOTE) quoted = false;
          continue;
        }
        if (code === QUOTE) quoted = true;
        else if (code === OPEN || code === OPEN_LIST) {
          if (depth === DEPTH && code === OPEN) {
            inside = true;
            start = at;
          }
          depth += 1;
        } else if (code === CLOSE || code === CLOSE_LIST) {
          depth -= 1;
          if (depth === DEPTH && inside) {
            if (!skipping) take(held + text.slice(start, at + 1));
            held = '';
            inside = false;
            skipping = false;
          }
        }
      }
      if (!inside || skipping) return;
      held += text.slice(start);
      if (held.length > LONGEST) {
        held = '';
        skipping = true;
        tooLong();
      }
    },
    end: () => depth !== 0 || quoted,
  };
}
