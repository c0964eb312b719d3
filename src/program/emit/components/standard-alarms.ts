import { ALARM, type StandardAlarmsArgs, standardAlarms } from '../../../blueprint/declared/standard-alarms.ts';
import { isProperties, type Properties } from '../../../inventory/pulumi/recorded.ts';
import { type Child, gathered, type Kind, kind, textOf } from './kind.ts';

const ENDS = /-(storage|busy|behind|target-errors|errors)$/;

export const standardAlarmsKind: Kind = kind<StandardAlarmsArgs>({
  name: 'StandardAlarms',
  form: 'component',
  find: (things) =>
    gathered(things, ({ type, name }) => (type === ALARM && ENDS.test(name) ? name.replace(ENDS, '') : undefined)),
  args: (_name, children) => {
    const [first] = children;
    const actions = first?.properties.alarmActions;
    const topicArn = Array.isArray(actions) ? actions[0] : undefined;
    if (first === undefined || typeof topicArn !== 'string') return undefined;
    const storage = children.find(({ name }) => name.endsWith('-storage'))?.properties.threshold;
    return {
      topicArn,
      database: dimension(first, 'DBInstanceIdentifier'),
      leastStorage: typeof storage === 'number' ? storage / 1024 ** 3 : undefined,
      replica: children.some(({ name }) => name.endsWith('-behind')),
      loadBalancer: dimension(first, 'LoadBalancer'),
      tags: furtherTags(first),
    };
  },
  declares: (name, args) => standardAlarms(name, args),
  defaults: () => ({ replica: false, tags: {} }),
  reach: () => undefined,
});

const dimension = ({ properties }: Child, name: string): string | undefined =>
  isProperties(properties.dimensions)
    ? textOf({ type: '', name: '', properties: properties.dimensions }, name)
    : undefined;

function furtherTags({ properties }: Child): Readonly<Record<string, string>> {
  const tags: Properties = isProperties(properties.tags) ? properties.tags : {};
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) =>
      key === 'Name' || key === 'ManagedBy' || typeof value !== 'string' ? [] : [[key, value]],
    ),
  );
}
