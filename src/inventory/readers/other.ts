import type { Other } from '../../estate/kinds/watch.ts';
import type { Answers } from '../answers.ts';
import { isArn, nameOfArn } from '../ids.ts';
import { Item, pointer } from '../item.ts';
import { OTHERS, type OtherThing } from '../other-things.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';
import { STARTS_OPERATIONS, startsOf } from '../starts.ts';

/** What AWS told of and this version does not model: kept and counted, so that the account's picture is whole. */
export const reader: Reader = {
  name: 'other',
  kinds: ['other'],
  operations: [...new Set([...OTHERS.map((thing) => thing.operation), ...STARTS_OPERATIONS])],
  read: (answers) => {
    const others = new Map<string, Other>();
    const starts = startsOf(answers);
    for (const thing of OTHERS)
      for (const item of itemsOf(answers, thing)) {
        const one = { ...other(thing, item), ...starts[thing.type]?.(item) };
        if (!others.has(one.id)) others.set(one.id, one);
      }
    return [...others.values()];
  },
};

/** The things in every answer; a bare text in a list is a thing that has nothing but its id. */
function itemsOf(answers: Answers, thing: OtherThing): readonly Item[] {
  const path = thing.list.split('.');
  const last = path.pop() ?? '';
  return answers.bodies(thing.operation).flatMap(({ item: body }) => {
    let holder: Item | undefined = body;
    for (const field of path) holder = holder?.item(field);
    const given = holder?.value[last];
    if (!holder || !Array.isArray(given)) return holder?.item(last) ?? [];
    return given.every((one) => typeof one === 'string') ? named(holder, last, thing.id) : (holder.items(last) ?? []);
  });
}

const named = (holder: Item, field: string, key: string): readonly Item[] =>
  (holder.strings(field) ?? []).map(
    (text, n) => new Item(holder.context, { [key]: text }, `${holder.path}/${pointer(field)}/${n}`),
  );

/** Ids that AWS makes (`vpn-0a1b…`) are unique; names are so only in an account, a region and a type. */
const UNIQUE = /^[a-z]+-[0-9a-f]{8,17}$/;

function other(thing: OtherThing, item: Item): Other {
  const { account, region } = item.context;
  const told = idOf(item, thing.id);
  const id =
    isArn(told) || UNIQUE.test(told) || !item.has(thing.id) ? told : [account, region, thing.type, told].join('/');
  return {
    kind: 'other',
    ...base('other', item, {
      id,
      name: (thing.name && item.string(thing.name)) || nameOfArn(told),
      ...(isArn(told) ? { arn: told } : {}),
    }),
    type: thing.type,
  };
}
