/** Instance profiles: what hands a role to an EC2 instance. */
import type { InstanceProfile } from '../../estate/kinds/people.ts';
import { DETAILS } from '../iam.ts';
import { nameOfArn } from '../ids.ts';
import { allItems, refsFrom } from '../listing.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'instance-profiles',
  kinds: ['instanceProfile'],
  operations: ['iam:ListInstanceProfiles', DETAILS],
  read(answers) {
    const profiles = new Map<string, InstanceProfile>();
    const items = [
      ...answers.items('iam:ListInstanceProfiles', 'InstanceProfiles'),
      ...answers.items(DETAILS, 'RoleDetailList').flatMap((role) => role.items('InstanceProfileList') ?? []),
    ];
    for (const item of items) {
      const arn = item.string('Arn');
      if (arn === undefined)
        item.notice('missingField', `${item.context.operation}: an instance profile has no Arn; left out`);
      else if (!profiles.has(arn))
        profiles.set(arn, {
          kind: 'instanceProfile',
          ...base('instanceProfile', item, {
            id: arn,
            arn,
            name: item.string('InstanceProfileName') ?? nameOfArn(arn),
            region: 'global',
          }),
          roles: refsFrom(allItems(item, 'Roles'), 'Arn'),
        });
    }
    return [...profiles.values()];
  },
};
