/** What a step changes of what is declared, as lines for people: `+` made, `~` changed, `-` deleted, `=` taken into the program as it is. */
import type { Properties, Value } from '../inventory/pulumi/recorded.ts';
import { addressOf, type Edit } from '../plan/edit.ts';
import type { Proven } from '../plan/prove.ts';

export interface DiffLine {
  readonly sign: '+' | '~' | '-' | '=' | ' ';
  readonly text: string;
}

const LONGEST = 160;
const NAMES = 12;

export function diffOf({ step, before }: Pick<Proven, 'step' | 'before'>): readonly DiffLine[] {
  const adopted = new Map<string, string[]>();
  const lines: DiffLine[] = [];
  for (const edit of step.edits) {
    if (edit.op === 'adopt') {
      const list = adopted.get(shortType(edit.type)) ?? [];
      adopted.set(shortType(edit.type), list);
      list.push(edit.name);
      continue;
    }
    lines.push(...editLines(edit, before.world.declared.get(addressOf(edit))?.properties));
  }
  const taken = [...adopted].map(([type, names]): DiffLine => {
    const more = names.length - NAMES;
    const shown = names.slice(0, NAMES).join(', ');
    return { sign: '=', text: `${type} (${names.length}): ${shown}${more > 0 ? ` and ${more} more` : ''}` };
  });
  return [...taken, ...lines];
}

function editLines(edit: Exclude<Edit, { op: 'adopt' }>, was: Properties | undefined): readonly DiffLine[] {
  const what = `${shortType(edit.type)} ${edit.name}`;
  switch (edit.op) {
    case 'create':
      return [{ sign: '+', text: what }, ...Object.entries(edit.properties).map(([name, value]) => line(name, value))];
    case 'delete':
      return [{ sign: '-', text: what }];
    case 'update':
      return [
        { sign: '~', text: what },
        ...Object.entries(edit.properties).flatMap(([name, value]): readonly DiffLine[] => {
          const old = was?.[name];
          const gone: readonly DiffLine[] = old === undefined || old === null ? [] : [line(name, old, '-')];
          return value === null ? gone : [...gone, line(name, value, '+')];
        }),
      ];
  }
}

const line = (name: string, value: Value, sign: DiffLine['sign'] = ' '): DiffLine => ({
  sign,
  text: `    ${name}: ${cut(readable(value))}`,
});

/** `aws:ec2/securityGroup:SecurityGroup` is `ec2.SecurityGroup`, as the program writes it. */
export const shortType = (type: string): string => type.replace(/^aws:([^/:]+)(?:\/[^:]*)?:(.+)$/, '$1.$2');

const cut = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);

/** References by the name of what they refer to. */
const readable = (value: Value): string =>
  (JSON.stringify(value) ?? '').replace(/\$\{[^}#]*::([^}#]+)#([\w.]+)\}/g, '$1.$2');
