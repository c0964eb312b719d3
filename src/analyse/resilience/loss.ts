/** What is taken away. */

export type Loss =
  | { readonly type: 'nothing' }
  /** The whole zone, by its id. */
  | { readonly type: 'zone'; readonly zone: string }
  /** One instance, NAT gateway, database, cache …; of a cluster or a group the machine that writes. */
  | { readonly type: 'resource'; readonly id: string };

export const NOTHING: Loss = { type: 'nothing' };

export const losesZone = (loss: Loss, zone: string): boolean => loss.type === 'zone' && loss.zone === zone;
export const losesResource = (loss: Loss, id: string): boolean => loss.type === 'resource' && loss.id === id;

export const nameOfLoss = (loss: Loss): string =>
  loss.type === 'zone' ? loss.zone : loss.type === 'resource' ? loss.id : 'nothing';
