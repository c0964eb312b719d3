import { describe, expect, it } from 'vitest';
import { all, makeEstate } from '../../estate/estate.ts';
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import { proveStep } from '../prove.ts';
import { estateAt, after as next, type State, startOf } from '../state.ts';
import type { Step } from '../step.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move } from './service-roles.ts';

const DEV = 'development';
const walked = walk(shopToday(), [
  [adopt, null],
  [move, DEV],
]);
const steps = walked.proven.map(({ step }) => step).filter((step) => step.move === move.name);
const edit = (step: Step | undefined, name: string) => step?.edits.find((one) => one.name === name);
const propertiesOf = (step: Step | undefined, name: string): Properties => {
  const found = edit(step, name);
  return found && 'properties' in found ? found.properties : {};
};
const adopted = (): State => walk(shopToday(), [[adopt, null]]).state;

describe('roles of services', () => {
  it('are made, taken up one by one, watched, and only then the old ones go', () => {
    expect(steps.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'expand legacy-dev-roles-made',
      'act legacy-dev-secrets-filled',
      'switch legacy-dev-web-task-taken-up',
      'switch legacy-dev-worker-task-taken-up',
      'switch legacy-dev-worker-function-taken-up',
      'watch legacy-dev-roles-watched',
      'contract legacy-dev-old-definitions-gone',
      'contract legacy-dev-old-roles-gone',
      'expand legacy-dev-deliverers-named',
      'watch legacy-dev-open-policies-watched',
      'contract legacy-dev-open-policies-closed',
    ]);
  });

  it('are proven step by step', () => {
    expect(walked.proven.flatMap(objections)).toEqual([]);
  });

  it('leave no credential in clear text and none hidden in what is written', () => {
    const definition = String(propertiesOf(steps[0], 'legacy-dev-web-2').containerDefinitions);
    expect(definition).not.toMatch(/redacted|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY/i);
    const [container] = JSON.parse(definition);
    expect(container.secrets).toEqual([
      {
        name: 'DB_PASSWORD',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: how a plan writes a reference
        valueFrom: '${aws:secretsmanager/secret:Secret::legacy-dev-web-credentials#arn}:DB_PASSWORD::',
      },
    ]);
    expect(JSON.stringify(steps)).not.toMatch(/redacted/i);
    const end = estateAt(walked.state);
    const services = all(end, 'ecsService').filter(({ id }) => id.includes('legacy-dev'));
    const definitions = new Set(services.map(({ taskDefinition }) => taskDefinition?.id as string));
    const facts = all(end, 'taskDefinition')
      .filter(({ id }) => definitions.has(id))
      .flatMap(({ containers }) => (containers ?? []).flatMap(({ environment }) => environment ?? []));
    expect(facts.filter(({ credential }) => credential === 'literal')).toEqual([]);
  });

  it('allow what the settings name, by a bare name too', () => {
    const policy = String(propertiesOf(steps[0], 'legacy-dev-web-task-policy').policy);
    expect(policy).toContain('table/legacy-dev-sessions');
    expect(policy).toContain('legacy-dev-jobs');
    expect(policy).not.toContain('"*"');
  });

  it('have the command that puts the values in, and never a value', () => {
    const [, filled] = steps;
    expect(filled?.actions.map(({ command }) => command.split('   #')[0])).toEqual(
      ['legacy-dev-web-credentials', 'legacy-dev-worker-credentials', 'legacy-dev-worker-function-credentials'].map(
        (name) =>
          `aws secretsmanager put-secret-value --region ap-northeast-2 --secret-id ${name} --secret-string file://${name}.json`,
      ),
    );
  });

  it('are refused when the new role allows less than what is seen to be used', () => {
    const [made, ...rest] = steps;
    const without: Step = {
      ...(made as Step),
      edits: (made?.edits ?? []).filter(({ name }) => name !== 'legacy-dev-worker-function-policy'),
    };
    let state = next(adopted(), without);
    const found: string[] = [];
    for (const step of rest.slice(0, 4)) {
      const one = proveStep(state, step);
      found.push(...objections(one));
      if (one.after) state = one.after;
    }
    expect(found.join('\n')).toMatch(/worker-function-taken-up: access: .*needs logs:PutLogEvents/);
  });

  it('are refused when the old role goes before a service has left it', () => {
    const gone = steps.find(({ id }) => id.endsWith('old-roles-gone'));
    const one = proveStep(adopted(), gone as Step);
    expect(objections(one).join('\n')).toMatch(/old-roles-gone: access/);
  });

  it('are not needed a second time', () => {
    expect(move.propose(contextOf(walked.state, DEV)).state).toBe('notNeeded');
  });

  it('are refused where an environment was not read', () => {
    const context = contextOf(adopted(), DEV);
    const estate = makeEstate({
      ...context.estate,
      resources: context.estate.resources.map((one) =>
        one.kind === 'taskDefinition'
          ? { ...one, containers: one.containers?.map((each) => ({ ...each, environment: undefined })) }
          : one,
      ),
    });
    const proposal = move.propose({ ...context, estate });
    const refusals = 'refusals' in proposal ? (proposal.refusals ?? []) : [];
    expect(refusals.filter(({ because }) => /environment of .* is not known/.test(because))).toHaveLength(2);
  });

  it('change nothing before adoption', () => {
    const proposal = move.propose(contextOf(startOf(shopToday()), DEV));
    expect(proposal.state).toBe('refused');
  });
});
