/** MFA devices: virtual ones, hardware keys and passkeys, by serial number. */
import type { MfaDevice } from '../../estate/kinds/people.ts';
import { idsByName, operationsOf, seen } from '../iam.ts';
import { nameOfArn, userArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'mfa-devices',
  kinds: ['mfaDevice'],
  operations: ['iam:ListMFADevices', 'iam:ListVirtualMFADevices', ...operationsOf('User')],
  read(answers) {
    const userId = idsByName(seen(answers, 'User'));
    const devices = new Map<string, MfaDevice>();
    const add = (item: Item, name: string | undefined, field: string): void => {
      const id = item.string('SerialNumber');
      if (id === undefined) {
        item.notice('missingField', `${item.context.operation}: a device has no SerialNumber; left out`);
        return;
      }
      const { account } = item.context;
      const user =
        name === undefined ? undefined : item.refTo<'user'>(field, userId(account, name) ?? userArn(account, name));
      const known = devices.get(id);
      if (known?.user) return;
      devices.set(id, {
        kind: 'mfaDevice',
        ...(known ?? base('mfaDevice', item, { id, name: nameOfArn(id), region: 'global' })),
        user,
      });
    };
    for (const { item: body, entry } of answers.bodies('iam:ListMFADevices'))
      for (const item of body.items('MFADevices') ?? []) {
        const asked = entry.input.UserName;
        add(item, item.string('UserName') ?? (typeof asked === 'string' ? asked : undefined), 'UserName');
      }
    // The root user's device has a User without a UserName, which is right: root is no IAM user.
    for (const item of answers.items('iam:ListVirtualMFADevices', 'VirtualMFADevices'))
      add(item, item.item('User')?.string('UserName'), 'User/UserName');
    return [...devices.values()];
  },
};
