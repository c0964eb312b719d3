/** The user's file of accepted findings, as a schema. */
import { z } from 'zod';

const Entry = z.strictObject({
  rule: z.string().describe("The rule's id"),
  resource: z.string().optional().describe('Id, ARN or name; left out for every resource'),
  reason: z.string().min(1).describe('Why it is accepted'),
  until: z.iso.date().optional().describe('The last day it holds, YYYY-MM-DD; for ever when left out'),
});

export const IgnoreFile = z.strictObject({ ignore: z.array(Entry) });
