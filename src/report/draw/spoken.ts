/** A picture in the reader's language: what the drawing itself says. Names of the account stay. */
import type { Picture } from './picture.ts';

export type Say = (english: string) => string;
export const inEnglish: Say = (english) => english;

/** Labels that the drawing gave, where the account has no name for it. */
const OWN = new Set(['Internet', 'Developers', 'Internet gateway', 'NAT gateway', 'AWS services']);
const isOwn = (label: string): boolean => OWN.has(label) || / standby$|^\d+ × | not known$|^account /.test(label);

export function spoken(picture: Picture, say: Say): Picture {
  const lines = (text: string): string => text.split('\n').map(say).join('\n');
  const label = (text: string): string => (isOwn(text) ? say(text) : text);
  return {
    ...picture,
    say,
    subtitle: say(picture.subtitle),
    nodes: picture.nodes.map((node) => ({
      ...node,
      label: label(node.label),
      detail: say(node.detail),
      title: lines(node.title),
    })),
    containers: picture.containers.map((box) => ({
      ...box,
      label: label(box.label),
      ...(box.hint === undefined ? {} : { hint: say('only {0}').replace('{0}', box.hint.replace(/^only /, '')) }),
    })),
    links: picture.links.map((link) => ({ ...link, label: say(link.label), title: lines(link.title) })),
    notes: picture.notes.map(say),
  };
}
