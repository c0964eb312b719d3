/** What could not be seen of what runs in an account, and so of what it uses. */
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Missing } from '../verdict.ts';
import { type CredentialPlace, PLACES, writtenCredentials } from './credentials.ts';
import { servicesUnread } from './roles.ts';

const unread: (estate: Estate) => ReadonlyMap<string, readonly Missing[]> = memoised((estate) => {
  const accounts = new Map<string, Missing[]>();
  const tell = (account: string, ...missing: readonly Missing[]): void => {
    const list = accounts.get(account) ?? [];
    list.push(...missing);
    accounts.set(account, list);
  };
  for (const { account } of all(estate, 'account')) tell(account, ...servicesUnread(estate, account));
  for (const service of all(estate, 'ecsService'))
    if (!find(estate, service.taskDefinition))
      tell(service.account, {
        operation: 'ecs:DescribeTaskDefinition',
        reason: 'the task definitions of some services are not in the input',
        resource: service.id,
      });
  const places: readonly CredentialPlace[] = [
    ...all(estate, 'taskDefinition'),
    ...all(estate, 'function'),
    ...all(estate, 'instance'),
  ];
  for (const place of places)
    if (!writtenCredentials(place).complete)
      tell(place.account, {
        operation: PLACES[place.kind].operation,
        reason: `what stands in the environment of ${place.name} is not in the input`,
        resource: place.id,
      });
  return accounts;
});

/** Empty when every workload that the input has was read with its environment. */
export const unreadWorkloads = (estate: Estate, account: string): readonly Missing[] =>
  unread(estate).get(account) ?? [];
