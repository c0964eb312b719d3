/** The steps by which programs and stored links name a distribution and not its bucket. */
import type { Context } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Source, type Step, step } from '../step.ts';
import { changeOf, effectOf, type Linking, type NewHosts } from './media-links.ts';

export function linkSteps(
  context: Context,
  found: readonly Linking[],
  hosts: NewHosts,
  sources: readonly Source[],
): readonly Step[] {
  const { state, scope } = context;
  const common = { move: 'media-behind-cdn', environment: scope.environment, sources };
  const seen = new Set<string>();
  const steps: Step[] = [];
  const byHand: Linking[] = [];
  for (const one of found) {
    if (seen.has(one.holder.id)) continue;
    seen.add(one.holder.id);
    const change = changeOf(state, one, hosts);
    if (!change) {
      byHand.push(one);
      continue;
    }
    const { edit } = change;
    steps.push(
      step({
        ...common,
        id: `${scope.stem}-media-links-${edit.name}`,
        title: `${edit.name} links to the distribution: ${variablesOf(one)}`,
        kind: 'switch',
        why: 'Pages, mails and answers that are made from now on name the new address. Both addresses work, so old and new copies may run side by side.',
        edits: [edit],
        actions: change.byHand
          ? [
              {
                operation: '',
                parameters: {},
                command: `Deploy ${lineOf(one, hosts)}, the way you deploy today: the program leaves these settings to you.`,
              },
            ]
          : [],
        gate: [{ type: 'person', check: 'New pages show their pictures from the new address.' }],
        duration: minutes(3, 20),
        clientsNotice: NOTHING_NOTICED,
        undo: { how: 'put the old address back', until: 'the bucket is closed', exact: true },
      }),
    );
  }
  const lines = byHand.map((one) => lineOf(one, hosts));
  steps.push(
    step({
      ...common,
      id: `${scope.stem}-media-links`,
      title: byHand.length > 0 ? 'Programs and stored links name the new address' : 'Stored links name the new address',
      kind: 'act',
      why: 'What a person or a pipeline deploys cannot be changed by this program. Paths stay as they are, only the host is another; both addresses work until the bucket is closed.',
      actions: [
        ...lines.map((line) => ({
          operation: '',
          parameters: {},
          command: `Deploy ${line}, the way you deploy today.`,
        })),
        {
          operation: '',
          parameters: {},
          command: `Look for the old hosts in the code, the templates and the rows of the database, and replace them: ${[...hosts].map(([bucket, { host }]) => `${bucket}.s3… becomes https://${host}`).join('; ')}.`,
        },
      ],
      effects: byHand.flatMap((one) => effectOf(one, hosts) ?? []),
      gate: [{ type: 'person', check: 'The code, the templates and the database hold no S3 host any more.' }],
      duration: { from: 3600, to: 5 * 86_400 },
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'deploy the old address again', until: 'the bucket is closed', exact: false },
    }),
  );
  return steps;
}

const lineOf = ({ resource, variables }: Linking, hosts: NewHosts): string =>
  `${resource.name} with ${variables.map(({ name, bucket }) => `${name} = https://${hosts.get(bucket)?.host ?? ''}`).join(' and ')}`;

const variablesOf = ({ variables }: Linking): string => [...new Set(variables.map(({ name }) => name))].join(', ');
