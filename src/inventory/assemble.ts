/** Entries -> estate: runs the readers, joins what they made, derives interfaces and flows, and tells what does not fit. */
import { type Estate, makeEstate } from '../estate/estate.ts';
import type { Notice } from '../estate/notice.ts';
import type { Resource } from '../estate/resource.ts';
import { Answers } from './answers.ts';
import { derivedInterfaces, withOwners } from './derive/index.ts';
import type { Entry } from './entry.ts';
import { deriveFlows } from './flows/index.ts';
import { readers } from './readers/index.ts';
import { withTags } from './tagging.ts';
import { dangling, unique } from './whole.ts';

export function assemble(
  entries: readonly Entry[],
  before: readonly Notice[],
  collectedAt: string | undefined,
): Estate {
  const answers = new Answers(entries, [...before]);
  const read: Resource[] = [];
  for (const reader of readers) for (const resource of reader.read(answers)) read.push(resource);
  const { notices } = answers;
  const known = withTags(answers, unique(read, notices));
  const resources = withOwners(unique([...known, ...derivedInterfaces(known)], notices));
  for (const operation of answers.unused()) {
    const entry = answers.first(operation);
    notices.push({
      code: 'unknownOperation',
      message: `${operation}: this version has no reader for it`,
      file: entry?.file ?? '',
      path: entry?.path ?? '',
    });
  }
  notices.push(...dangling(resources));
  notices.sort((a, b) => compare(noticeKey(a), noticeKey(b)));
  const bare = makeEstate({ resources, coverage: { entries: answers.coverage() }, flows: [], notices, collectedAt });
  return { ...bare, flows: deriveFlows(bare) };
}

const noticeKey = ({ file, path, code, message }: Notice): string => [file, path, code, message].join('\n');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
