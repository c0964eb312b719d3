/** What only runs at times, and what calls a published version, keeps what it needs. */
import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import type { Delete } from '../edit.ts';
import { proveStep } from '../prove.ts';
import { estateAt, type State } from '../state.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { declaredOf } from '../structure/declared.ts';
import { shopChanged } from '../testing/examples.ts';
import { contextOf, objections, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move as inside } from './functions-inside.ts';
import { move as roles } from './service-roles.ts';

const DEV = 'development';
const REGION = 'ap-northeast-2';
const CLUSTER = `arn:aws:ecs:${REGION}:111122223333:cluster/legacy-dev`;
const FUNCTION = `arn:aws:lambda:${REGION}:111122223333:function:legacy-dev-worker`;
const WORKER = `arn:aws:ecs:${REGION}:111122223333:task-definition/legacy-dev-worker:1`;

const Rule = 'nightly-report';
const rule = (more: object = {}) => ({
  output: {
    Rules: [
      { Name: Rule, Arn: `arn:aws:events:${REGION}:111122223333:rule/${Rule}`, EventBusName: 'default', ...more },
    ],
  },
});
const targets = (LaunchType: string) => ({
  input: { Rule },
  output: { Targets: [{ Id: '1', Arn: CLUSTER, EcsParameters: { TaskDefinitionArn: WORKER, LaunchType } }] },
});
const adopted = (change: Parameters<typeof shopChanged>[0]): State => walk(shopChanged(change), [[adopt, null]]).state;
const told = adopted((answers) => {
  answers['events:ListRules'] = [rule()];
  answers['events:ListTargetsByRule'] = [targets('EC2')];
});
const untold = adopted((answers) => {
  answers['events:ListRules'] = [rule()];
});
const refused = adopted((answers) => {
  answers['events:ListRules'] = [{ error: { name: 'AccessDenied', message: 'no' } } as object];
});
const managed = adopted((answers) => {
  answers['events:ListRules'] = [rule({ ManagedBy: 'autoscaling.amazonaws.com' })];
});

const proposed = (state: State, move = roles) => {
  const proposal = move.propose(contextOf(state, DEV));
  const steps = proposal.state === 'ready' ? proposal.steps : [];
  const refusals = 'refusals' in proposal ? (proposal.refusals ?? []).map(({ because }) => because) : [];
  const names = (id: string) => steps.find((one) => one.id.endsWith(id))?.edits.map(({ name }) => name);
  return { ids: steps.map(({ id }) => id).join(' '), names, refusals: refusals.join('\n') };
};

const byHand = (edits: Step['edits']): Step =>
  step({
    id: 'by-hand',
    title: 'By hand',
    kind: edits.some(({ op }) => op === 'delete') ? 'contract' : 'switch',
    move: 'by-hand',
    environment: DEV,
    why: 'Somebody wants to.',
    edits,
    duration: minutes(1, 1),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'back', until: 'always', exact: false },
    sources: [],
  });

/** Deletes the first resource of the kind with this id, whatever uses it today. */
const deleting = (state: State, kind: 'taskDefinition' | 'role', id: RegExp): string => {
  const one = all(estateAt(state), kind).find((each) => id.test(each.id));
  const mine = one && declaredOf(state, one);
  const edits: Delete[] = mine ? [{ op: 'delete', type: mine.type, name: mine.name }] : [];
  expect(edits).toHaveLength(1);
  return objections(proveStep(state, byHand(edits))).join('\n');
};

describe('what a rule of EventBridge starts', () => {
  it('keeps its task definition and the roles of it, and says so', () => {
    const { names, refusals } = proposed(told);
    expect(names('old-definitions-gone')).toEqual(['legacy-dev-web']);
    expect(names('old-roles-gone')?.filter((name) => /task/.test(name))).toEqual([]);
    expect(names('old-roles-gone')).toContain('legacy-dev-lambda');
    expect(refusals).toContain('the rule nightly-report starts one of them');
    expect(deleting(told, 'taskDefinition', /legacy-dev-worker:1/)).toMatch(
      /flows: .*the rule nightly-report starts legacy-dev-worker/,
    );
    expect(deleting(told, 'taskDefinition', /legacy-dev-web:1/)).not.toMatch(/schedule|nightly/);
  });

  it.each([
    ['its targets were not told', untold, 'what the rule nightly-report starts is not known'],
    ['the rules were refused', refused, 'the rules of EventBridge in ap-northeast-2 are not known'],
  ] as const)('may be anything where %s: nothing goes that it may start', (_case, state, because) => {
    const { ids, refusals } = proposed(state);
    expect(ids).not.toMatch(/old-definitions-gone|old-roles-gone/);
    expect(ids).toMatch(/roles-made/);
    expect(refusals).toContain(because);
    expect(deleting(state, 'taskDefinition', /legacy-dev-worker:1/)).toMatch(`flows?: ${WORKER}: a schedule may`);
    expect(deleting(state, 'role', /role\/legacy-dev-task$/)).toMatch(/flows\?: .*a schedule may start/);
  });

  it('is nothing of ours where a service of AWS manages the rule', () => {
    expect(proposed(managed)).toMatchObject({ refusals: '' });
    expect(proposed(managed).names('old-definitions-gone')).toEqual(['legacy-dev-web', 'legacy-dev-worker']);
  });

  it('keeps the machines that its tasks need', () => {
    const group = all(estateAt(told), 'autoScalingGroup').find(({ name }) => /legacy-dev/.test(name));
    const mine = group && declaredOf(told, group);
    const zero = mine
      ? byHand([
          {
            op: 'update',
            type: mine.type,
            name: mine.name,
            properties: { minSize: 0, maxSize: 0, desiredCapacity: 0 },
          },
        ])
      : undefined;
    const said = (state: State) => (zero ? objections(proveStep(state, { ...zero, kind: 'contract' })).join('\n') : '');
    expect(said(told)).toContain('the rule nightly-report starts tasks on the machines of legacy-dev');
    expect(said(untold)).toContain('a schedule may start what needs legacy-dev');
    const fargate = adopted((answers) => {
      answers['events:ListRules'] = [rule()];
      answers['events:ListTargetsByRule'] = [targets('FARGATE')];
    });
    expect(said(fargate)).not.toContain('nightly-report');
  });
});

describe('a function whose published version is called', () => {
  const live = adopted((answers) => {
    const text = JSON.stringify(answers['lambda:ListEventSourceMappings']);
    answers['lambda:ListEventSourceMappings'] = JSON.parse(text.replaceAll(`"${FUNCTION}"`, `"${FUNCTION}:live"`));
  });

  it('keeps its place and its role, with words', () => {
    expect(proposed(live, inside)).toMatchObject({
      ids: '',
      refusals: expect.stringContaining('published version (live)'),
    });
    const { ids, refusals, names } = proposed(live);
    expect(ids).not.toMatch(/function-taken-up/);
    expect(names('old-roles-gone')).not.toContain('legacy-dev-lambda');
    expect(refusals).toContain('legacy-dev-worker has callers of a published version (live)');
  });

  it('is not proven to be changed by hand, and nor is what takes a way or a role from its versions', () => {
    const fn = all(estateAt(live), 'function').find(({ id }) => id === FUNCTION);
    const mine = fn && declaredOf(live, fn);
    const edit = mine && { op: 'update' as const, type: mine.type, name: mine.name, properties: { timeout: 30 } };
    const said = (properties: Step['edits'][number] | undefined): string =>
      properties ? objections(proveStep(live, byHand([properties]))).join('\n') : '';
    expect(said(edit)).not.toContain('published version');
    expect(said(edit && { ...edit, properties: { runtime: 'nodejs24.x' } })).toContain('published version (live)');
    expect(deleting(live, 'role', /role\/legacy-dev-lambda$/)).toContain(
      'a published version of legacy-dev-worker may',
    );
  });

  it('is asked for at a gate where nobody listed the aliases', () => {
    const unlisted = adopted((answers) => {
      delete answers['lambda:ListAliases'];
    });
    const gates = (state: State): string => {
      const proposal = roles.propose(contextOf(state, DEV));
      const steps = proposal.state === 'ready' ? proposal.steps : [];
      return JSON.stringify(steps.find(({ id }) => id.endsWith('function-taken-up'))?.gate);
    };
    expect(gates(unlisted)).toContain('aws lambda list-aliases');
    expect(gates(told)).not.toContain('list-aliases');
  });
});
