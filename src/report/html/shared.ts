/**
 * Items that many steps have in common, a proof or a source: written in full where they come first, and after that as a link to
 * there, which the script replaces by the item itself when its step is opened. A journey of two hundred steps says the same often.
 */
import { html, type Markup } from './html.ts';

export class Shared {
  readonly #known = new Map<string, string>();
  readonly #link: string;

  /** `link`: the words of a link to where the item stands. */
  constructor(link: string) {
    this.#link = link;
  }

  item(content: Markup): Markup {
    const known = this.#known.get(content.markup);
    if (known !== undefined) return html`<li data-same="${known}"><a href="#${known}">${this.#link}</a></li>`;
    const id = `o${this.#known.size}`;
    this.#known.set(content.markup, id);
    return html`<li id="${id}">${content}</li>`;
  }
}
