/**
 * The goal is to write who may talk to whom as a table,
 *
 *     flows([{ from: web, to: mysql, port: 3306, because: 'uses the database' }])
 *
 * and get the two rules of each row, named after their ends.
 */
import type * as pulumi from '@pulumi/pulumi';
import { flowRules, type Flow as Row } from '../declared/flow-rules.ts';
import { type Later, make } from '../declared/make.ts';

export type Flow = Row<Later>;

/** Answers with the rules. Refuses a table that has a rule twice. */
export const flows = (
  table: readonly Flow[],
  options: pulumi.CustomResourceOptions = {},
): readonly pulumi.Resource[] => [
  ...make(
    table.flatMap((flow) => flowRules(flow)),
    options,
  ).values(),
];
