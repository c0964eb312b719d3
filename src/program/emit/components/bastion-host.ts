import { type BastionHostArgs, bastionHost, INSTANCE, PROFILE } from '../../../blueprint/declared/bastion-host.ts';
import { ATTACHMENT, ROLE } from '../../../blueprint/declared/service-role.ts';
import { type Child, gathered, type Kind, kind, ofType, textOf } from './kind.ts';

const ADDRESS = 'aws:ec2/eip:Eip';
const TYPES: ReadonlySet<string> = new Set([INSTANCE, PROFILE, ROLE, ATTACHMENT, ADDRESS]);

export const bastionHostKind: Kind = kind<BastionHostArgs>({
  name: 'BastionHost',
  form: 'component',
  find: (things) => {
    const names = new Set(things.flatMap(({ type, name }) => (type === PROFILE ? [name] : [])));
    const machines = things.flatMap(({ type, name }) => (type === INSTANCE && names.has(name) ? [name] : []));
    return gathered(things, ({ type, name }) =>
      TYPES.has(type) ? machines.find((one) => name === one || name.startsWith(`${one}-`)) : undefined,
    );
  },
  args: (_name, children) => {
    const [machine] = ofType(children, INSTANCE);
    if (machine === undefined) return { running: false };
    const subnetId = textOf(machine, 'subnetId');
    const groupId = onlyText(machine, 'vpcSecurityGroupIds');
    if (subnetId === undefined || groupId === undefined) return undefined;
    return {
      subnetId,
      groupId,
      enteredBy: ofType(children, ADDRESS).length > 0 ? 'ssh' : 'sessions',
      running: true,
      instanceType: textOf(machine, 'instanceType') ?? '',
    };
  },
  declares: (name, args) => bastionHost(name, args),
  defaults: () => ({ running: true, instanceType: 't4g.nano' }),
  reach: (name, part, output) =>
    part.type === INSTANCE
      ? `.instance.${output}`
      : part.type === ROLE && part.name === name
        ? `.role.${output}`
        : undefined,
});

function onlyText({ properties }: Child, name: string): string | undefined {
  const list = properties[name];
  const [only, ...more] = Array.isArray(list) ? list : [];
  return typeof only === 'string' && more.length === 0 ? only : undefined;
}
