/** `proven.json`: what is proven of each step, one operation a line, so that a review shows what changed. */
import { z } from 'zod';
import type { Value } from '../../inventory/pulumi/recorded.ts';
import { PROVEN_FORMAT, type Proven } from './proven.ts';

const Json: z.ZodType<Value> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(Json), z.record(z.string(), Json)]),
);
const Named = { type: z.string().min(1), name: z.string().min(1) };

export const ProvenFile = z.strictObject({
  format: z.literal(PROVEN_FORMAT),
  project: z.strictObject({ name: z.string(), stack: z.string() }).optional(),
  providers: z.array(z.string()),
  steps: z.array(
    z.strictObject({
      name: z.string().min(1),
      commands: z.boolean().default(false),
      operations: z.array(
        z.strictObject({
          op: z.enum(['create', 'import', 'update', 'replace', 'delete']),
          ...Named,
          sets: z.record(z.string(), Json).optional(),
          because: z.string().optional(),
        }),
      ),
      dependents: z.array(z.strictObject({ ...Named, property: z.string(), on: z.string() })).default([]),
    }),
  ),
});

/** The same file again, as the guard takes it. */
export const provenIn = ({ project, ...rest }: z.infer<typeof ProvenFile>): Proven => ({ ...rest, project });

export function provenText({ format, project, providers, steps }: Proven): string {
  const line = (value: unknown, last: boolean): string => `${JSON.stringify(value)}${last ? '' : ','}`;
  const list = (key: string, values: readonly unknown[]): string =>
    [`      "${key}": [`, ...values.map((one, n) => `        ${line(one, n === values.length - 1)}`), '      ]'].join(
      '\n',
    );
  const entries = steps.map(({ name, commands, operations, dependents }) =>
    [
      '    {',
      [
        `      "name": ${JSON.stringify(name)}`,
        ...(commands ? ['      "commands": true'] : []),
        operations.length === 0 ? '      "operations": []' : list('operations', operations),
        ...(dependents.length === 0 ? [] : [list('dependents', dependents)]),
      ].join(',\n'),
      '    }',
    ].join('\n'),
  );
  return `${[
    '{',
    `  "format": ${JSON.stringify(format)},`,
    ...(project ? [`  "project": ${JSON.stringify(project)},`] : []),
    `  "providers": ${JSON.stringify(providers)},`,
    '  "steps": [',
    entries.join(',\n'),
    '  ]',
    '}',
  ].join('\n')}\n`;
}
