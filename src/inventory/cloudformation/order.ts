/** The order in which resources can be worked out: what one refers to comes before it. */
import { UserError } from '../user-error.ts';
import { type Data, isFields, isList } from './document.ts';
import { callIn } from './evaluate.ts';
import type { DeclaredResource, Template } from './template.ts';

/** Without recursion over resources: a chain of them may be long. */
export function orderOf(
  resources: readonly DeclaredResource[],
  template: Template,
  condition: (name: string) => boolean | undefined,
): readonly DeclaredResource[] {
  const byName = new Map(resources.map((one) => [one.name, one]));
  const state = new Map<string, 'open' | 'done'>();
  const order: DeclaredResource[] = [];
  for (const first of resources) {
    const stack: { one: DeclaredResource; needs: Iterator<string> }[] = [];
    const enter = (one: DeclaredResource): void => {
      state.set(one.name, 'open');
      stack.push({ one, needs: namesIn(one.properties, condition).values() });
    };
    if (state.get(first.name) === undefined) enter(first);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.needs.next();
      if (next.done === true) {
        state.set(top.one.name, 'done');
        order.push(top.one);
        stack.pop();
        continue;
      }
      const needed = byName.get(next.value);
      if (needed === undefined || state.get(needed.name) === 'done') continue;
      if (state.get(needed.name) === 'open')
        throw circle(
          stack.map(({ one }) => one),
          needed,
          template,
        );
      enter(needed);
    }
  }
  return order;
}

function circle(path: readonly DeclaredResource[], back: DeclaredResource, template: Template): UserError {
  const names = [...path.slice(path.indexOf(back)), back].map((one) => one.name);
  return new UserError(`these resources refer to each other in a circle: ${names.join(' → ')}`, {
    file: template.source.file,
    path: `line ${back.line}`,
    expected: 'an order in which CloudFormation can make them',
    fix: 'let one of them be told of the other by a resource of its own, such as AWS::EC2::SecurityGroupIngress',
  });
}

/** Names that a value refers to. Of a choice whose condition is known, only what is chosen. */
export function namesIn(data: Data, condition: (name: string) => boolean | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (value: Data): void => {
    if (typeof value !== 'object' || value === null) return;
    const call = isList(value) ? undefined : callIn(value);
    if (call === undefined) {
      for (const inner of Object.values<Data>(value)) walk(inner);
      return;
    }
    const { name, argument } = call;
    if (name === 'Ref' && typeof argument === 'string') names.add(argument);
    else if (name === 'GetAtt')
      names.add(
        typeof argument === 'string' ? (argument.split('.')[0] ?? '') : isList(argument) ? String(argument[0]) : '',
      );
    else if (name === 'Sub') subbed(argument);
    else if (name === 'If' && isList(argument) && typeof argument[0] === 'string') {
      const holding = condition(argument[0]);
      if (holding !== false) walk(argument[1] ?? null);
      if (holding !== true) walk(argument[2] ?? null);
      return;
    }
    walk(argument);
  };
  const subbed = (argument: Data): void => {
    const text = isList(argument) ? argument[0] : argument;
    const own = isList(argument) && isFields(argument[1]) ? argument[1] : {};
    if (typeof text !== 'string') return;
    for (const [, inner = ''] of text.matchAll(/\$\{([^${}!][^${}]*)\}/g)) {
      const name = inner.trim();
      if (!Object.hasOwn(own, name)) names.add(name.split('.')[0] ?? '');
    }
  };
  walk(data);
  return names;
}
