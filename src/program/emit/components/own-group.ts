import { GROUP, type OwnGroupArgs, ownGroup, peerNameOf } from '../../../blueprint/declared/own-group.ts';
import { each, type Kind, kind, textOf } from './kind.ts';

/** The output by which a table of flows names the component. */
export const SELF = 'self';

export const ownGroupKind: Kind = kind<OwnGroupArgs>({
  name: 'OwnGroup',
  form: 'component',
  find: each(GROUP),
  args: (name, [group]) => {
    const [vpcId, description] = [textOf(group, 'vpcId'), textOf(group, 'description')];
    if (vpcId === undefined) return undefined;
    return { vpcId, description: description === `Only ${peerNameOf(name)}` ? undefined : description };
  },
  declares: (name, args) => [ownGroup(name, args)],
  defaults: () => ({}),
  // the component itself is what `flows` takes
  reach: (_name, _group, output) => (output === SELF ? '' : output === 'id' ? '.groupId' : `.group.${output}`),
});
