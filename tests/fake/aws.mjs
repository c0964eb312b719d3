#!/usr/bin/env node
/** Stands in for the AWS CLI in tests: answers from the inventory that FAKE_INVENTORY names, and refuses what is not in it. */
import { readFileSync } from 'node:fs';

const [service = '', operation = '', ...rest] = process.argv.slice(2);
const { responses, region } = JSON.parse(readFileSync(process.env.FAKE_INVENTORY, 'utf8'));
const squeeze = (text) => text.toLowerCase().replace(/[^a-z0-9:]/g, '');

const flags = {};
for (let n = 0; n < rest.length; n += 1)
  if (rest[n].startsWith('--')) {
    const values = [];
    while (rest[n + 1] !== undefined && !rest[n + 1].startsWith('--')) values.push(rest[++n]);
    flags[rest[values.length > 0 ? n - values.length : n]] = values;
  }

if (service === 'configure') {
  console.log(region);
  process.exit(0);
}

const sdk = service === 's3api' ? 's3' : service;
const key = Object.keys(responses).find((one) => squeeze(one) === squeeze(`${sdk}:${operation}`));
const ASIDE = [
  '--output',
  '--query',
  '--include',
  '--attribute-names',
  '--filter',
  '--instance-types',
  '--account-id',
  '--show-cache-node-info',
];
const wanted = Object.entries(flags).flatMap(([name, values]) => (ASIDE.includes(name) ? [] : values));
const found = (responses[key] ?? []).filter((entry) => {
  const values = Object.values(entry.input ?? {})
    .flat()
    .map(String);
  return (
    (entry.region ?? region) === (process.env.AWS_REGION ?? region) && wanted.every((value) => values.includes(value))
  );
});
const entry = found[0];
const fail = (name, message) => {
  console.error(
    `\nAn error occurred (${name}) when calling the ${key?.split(':')[1] ?? operation} operation: ${message}`,
  );
  process.exit(254);
};
if (entry === undefined) fail('AccessDenied', 'not in the fake account');
if (entry.error) fail(entry.error.name, entry.error.message ?? '');

/** Pages of one listing become one answer, as the CLI does it. */
const output = found
  .slice(1)
  .reduce(
    (all, page) =>
      wanted.length > 0
        ? all
        : Object.fromEntries(
            Object.entries(all).map(([name, value]) => [
              name,
              Array.isArray(value) && Array.isArray(page.output?.[name])
                ? [
                    ...value,
                    ...page.output[name].filter(
                      (one) => !value.some((known) => JSON.stringify(known) === JSON.stringify(one)),
                    ),
                  ]
                : value,
            ]),
          ),
    entry.output,
  );
const query = flags['--query']?.[0];
if (query === undefined) console.log(JSON.stringify(output));
else {
  const steps = query.split('.');
  const values = steps.reduce((all, step) => all.flatMap((one) => one?.[step.replace('[]', '')] ?? []), [output]);
  console.log(values.join('\t'));
}
