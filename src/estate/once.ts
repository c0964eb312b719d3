/** Answers that rest on one object alone, such as a resource that many estates share. */

/** Asks once for each object. */
export function oncePer<K extends object, V>(ask: (of: K) => V): (of: K) => V {
  const answers = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    let answer = answers.get(of);
    if (!answer) {
      answer = { value: ask(of) };
      answers.set(of, answer);
    }
    return answer.value;
  };
}
