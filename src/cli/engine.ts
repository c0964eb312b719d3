/**
 * How V8 is to run a command; imported for its effect, first. A command is over in seconds, while V8 compiles for programs
 * that run for days: that of Node.js 20, left to itself, spends half of an audit's processor time on optimising functions. It
 * shall wait until one has run for longer (its own value is about 66 thousand units of bytecode); what is hot for seconds is
 * still optimised. Later ones have a cheaper compiler before that one (Maglev), and gain nothing by waiting.
 */
import { setFlagsFromString } from 'node:v8';

const INTERRUPT_BUDGET = 1_000_000;

// V8 writes an error to stderr for an option that it does not know, and 12 and 13 (Node.js 22 and 24) do not know this one.
if (process.versions.v8.startsWith('11.3.')) setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
