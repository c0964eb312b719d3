/** The steps by which a load balancer takes requests of its own distribution only. */
import { addressOf, type Delete } from '../edit.ts';
import type { Context } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import {
  admitEverybody,
  type Common,
  FORBIDDEN,
  type Fronting,
  headerRule,
  type Ruled,
  rulesWithHeader,
  worldRules,
} from './balancer-front.ts';

/** Hours without another request before it is closed. */
const WATCH_HOURS = 48;

export function closing(
  context: Context,
  common: Common,
  begin: string,
  fronting: Fronting,
  where: string,
  listener: Ruled | undefined,
  arn: string,
): readonly Step[] {
  const { balancer, groups, prefixList, names } = fronting;
  const successions = [
    {
      from: balancer.id,
      to: [arn],
      only: 'internet' as const,
      because: 'the names lead to the distribution, which passes on what it serves',
    },
  ];
  const stragglers = { from: 0, to: 0, what: `Whoever still asks ${balancer.dnsName} itself is refused.` };
  const rules = listener && rulesWithHeader(listener);
  const header = listener && rules && headerRule(listener) ? { listener, rules } : undefined;
  const [group] = groups;
  const ours = fronting.secure || !group ? [] : [admitEverybody(balancer, group)];
  const world = [
    ...groups.flatMap((each) => worldRules(context.state, each)),
    ...ours
      .filter((edit) => !context.state.world.declared.has(addressOf(edit)))
      .map(({ type, name }): Delete => ({ op: 'delete', type, name })),
  ];
  return [
    step({
      ...common,
      id: `${begin}-watch`,
      title: `${WATCH_HOURS} hours in which only CloudFront asks ${balancer.name}`,
      kind: 'watch',
      why: 'Monitors, partners and old programs may know the balancer by its own name. They have to be moved to the public name first.',
      gate: [
        {
          type: 'query',
          check: `For ${WATCH_HOURS} hours no request came from an address that is not CloudFront's; the list that is printed is empty.`,
          query: `aws ec2 get-managed-prefix-list-entries --prefix-list-id ${prefixList} --query 'Entries[].Cidr' --output text > edges.txt && aws s3 sync ${where} logs/ && python3 -c "import collections,glob,gzip,ipaddress as i; n=[i.ip_network(c) for c in open('edges.txt').read().split()]; a=(l.split()[3].rsplit(':',1)[0].strip('[]') for f in glob.glob('logs/**/*.gz',recursive=True) for l in gzip.open(f,'rt')); print(collections.Counter(x for x in a if not any(i.ip_address(x) in m for m in n)).most_common(20))"`,
          asks: { type: 'pastCloudFront', balancer: balancer.id, hours: WATCH_HOURS },
        },
      ],
      duration: days(2, 7),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'nothing is changed', until: 'always', exact: true },
    }),
    ...(header
      ? [
          step({
            ...common,
            id: `${begin}-default-closed`,
            title: `${balancer.name} answers 403 to whatever no rule takes`,
            kind: 'switch',
            why: 'Requests with the secret header are taken by the rule for them; everything else is nobody we know.',
            edits: [
              {
                op: 'update',
                type: header.listener.declared.type,
                name: header.listener.declared.name,
                properties: { defaultActions: FORBIDDEN },
              },
            ],
            gate: [
              {
                type: 'query',
                check: 'Through CloudFront it answers as before, and directly with 403.',
                query: `curl -sI https://${names[0] ?? ''}/ && curl -skI https://${balancer.dnsName}/`,
              },
            ],
            duration: minutes(1, 15),
            clientsNotice: stragglers,
            undo: { how: 'let the default action forward again, in seconds', until: 'always', exact: true },
            successions,
          }),
        ]
      : []),
    ...(header && header.rules.length > 0
      ? [
          step({
            ...common,
            id: `${begin}-rules-closed`,
            title: `Every rule of ${balancer.name} asks for the header`,
            kind: 'contract',
            why: 'A rule without it would still take requests that come past the distribution.',
            edits: header.rules,
            gate: [{ type: 'query', check: '5xx and 403 stay flat.', query: `curl -sI https://${names[0] ?? ''}/` }],
            duration: minutes(1, 15),
            clientsNotice: stragglers,
            undo: { how: 'take the condition out again', until: 'always', exact: true },
            successions,
          }),
        ]
      : []),
    ...(world.length > 0
      ? [
          step({
            ...common,
            id: `${begin}-closed`,
            title: `The own group of ${balancer.name} admits CloudFront only`,
            kind: 'contract',
            why: 'What no packet reaches need not be refused. The list of CloudFront is kept by AWS.',
            edits: world,
            gate: [
              {
                type: 'query',
                check: 'Requests go on arriving through CloudFront.',
                query: `curl -sI https://${names[0] ?? ''}/`,
              },
            ],
            duration: minutes(1, 15),
            clientsNotice: stragglers,
            undo: { how: 'make the rules again, in seconds', until: 'always', exact: true },
            successions,
          }),
        ]
      : []),
  ];
}
