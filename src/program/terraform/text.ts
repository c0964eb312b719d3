/** Texts in Terraform's JSON syntax, in which every text is a template, and every key of an object too. */

/** A text as it is, or the value of an expression. */
export type Piece = string | { readonly code: string };

/** A template that says the pieces and nothing else. https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences */
export function templated(pieces: readonly Piece[]): string {
  const joined = merged(pieces);
  return joined
    .map((piece, n) => {
      if (typeof piece !== 'string') return `\${${piece.code}}`;
      const text = piece.replace(/([$%])\{/g, '$1$1{');
      // signs before an expression would make it a text
      const signs = n < joined.length - 1 ? /[$%]+$/.exec(text)?.[0] : undefined;
      return signs === undefined ? text : `${text.slice(0, -signs.length)}\${"${signs}"}`;
    })
    .join('');
}

/** Texts beside each other are one. */
function merged(pieces: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') out[out.length - 1] = last + piece;
    else out.push(piece);
  }
  return out;
}
