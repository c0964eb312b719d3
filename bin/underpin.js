#!/usr/bin/env node
import { existsSync } from 'node:fs';

// In a clone the command is built from src/ when that is newer; the package brings dist/ only.
const script = new URL('../scripts/build.mjs', import.meta.url);
if (existsSync(script) && existsSync(new URL('../src', import.meta.url))) {
  const { build, stale } = await import(script.href);
  if (stale()) await build();
}
await import(new URL('../dist/cli.js', import.meta.url).href);
