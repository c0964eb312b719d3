/** A preview that is what was proven passes; whatever else it says is refused, or told not to be known. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thingsOf } from '../emit/journey.ts';
import { journeyWith, PROJECT, shopJourney } from '../testing/journeys.ts';
import { type Digest, type DigestStep, previewOf, recounted, UNKNOWN } from '../testing/previews.ts';
import { type Compared, compare } from './compare.ts';
import { ProvenFile, provenIn, provenText } from './file.ts';
import { readPreview } from './preview.ts';
import { provenOf } from './proven.ts';

const journey = shopJourney([
  ['adopt', null],
  ['groups-beside', 'production'],
  ['private-network', 'production'],
  ['way-in', 'production'],
  ['functions-inside', 'production'],
  ['database-closed', 'production'],
]);
const proven = provenOf(journey, thingsOf(journey), PROJECT);

const judged = (digest: Digest, at: number, stack?: string): Compared => {
  const step = proven.steps[at];
  if (step === undefined) throw new Error(`no step ${at}`);
  return compare(readPreview(JSON.stringify(digest)), proven, step, stack);
};
const codes = ({ refused }: Compared) => refused.map(({ code }) => code);
const at = (op: string): number => proven.steps.findIndex(({ operations }) => operations.some((one) => one.op === op));
const made = (n: number): Digest => previewOf(journey, proven, PROJECT, n);

/** As if somebody changed the preview of a step, and the engine had counted that. */
function altered(n: number, change: (steps: DigestStep[]) => DigestStep[] | undefined): Compared {
  const digest = made(n);
  return judged(recounted({ ...digest, steps: change(digest.steps) ?? digest.steps }), n);
}

describe('a preview of a step', () => {
  it.each(journey.names.map((name, n) => [name, n] as const))('%s, as proven, passes', (_, n) => {
    const { refused, undecided, agreed } = judged(made(n), n);
    expect({ refused, undecided }).toEqual({ refused: [], undecided: [] });
    expect(agreed).toBe(proven.steps[n]?.operations.length);
  });

  it('passes whatever is written down of it', () => {
    expect(provenIn(ProvenFile.parse(JSON.parse(provenText(proven))))).toEqual(proven);
  });

  it('may say more: what is the same, the stack, default providers, and what the provider fills in', () => {
    const quiet = ['same', 'refresh'].map(
      (op, n): DigestStep => ({
        op,
        urn: `urn:pulumi:live::shop::aws:ec2/vpc:Vpc::other${n}`,
        detailedDiff: null,
      }),
    );
    const provider: DigestStep = {
      op: 'create',
      urn: 'urn:pulumi:live::shop::pulumi:providers:aws::default_7_48_0',
      detailedDiff: null,
    };
    expect(codes(altered(at('create'), (steps) => [...steps, ...quiet, provider]))).toEqual([]);
  });

  it('may hold its resources in components, which are nothing in AWS themselves', () => {
    const urn = 'urn:pulumi:live::shop::my:net:Network::shop';
    const state = { type: 'my:net:Network', urn, custom: false, inputs: {} };
    const component: DigestStep = { op: 'create', urn, newState: state, detailedDiff: null };
    const inside = (one: DigestStep): DigestStep => ({
      ...one,
      urn: one.urn.replace('::aws:', '::my:net:Network$aws:'),
    });
    expect(codes(altered(at('create'), (steps) => [component, ...steps.map(inside)]))).toEqual([]);
    const custom = { ...component, newState: { ...state, custom: true } };
    expect(codes(altered(at('create'), (steps) => [custom, ...steps]))).toEqual(['extra']);
  });

  it('tells what is known only once it is applied', () => {
    const found = journey.names.flatMap((_, n) => judged(made(n), n).later);
    expect(found.length).toBeGreaterThan(0);
  });
});

const UPDATE = at('update');
const other: DigestStep = {
  op: 'update',
  urn: 'urn:pulumi:live::shop::aws:ec2/vpc:Vpc::nobody-named-it',
  diffReasons: ['tags'],
  detailedDiff: { 'tags.Name': { kind: 'update', inputDiff: false } },
};

describe('is refused', () => {
  it('drift: an update of what the step does not name', () => {
    const { refused } = altered(UPDATE, (steps) => [...steps, other]);
    expect(refused).toMatchObject([{ code: 'extra', resource: 'aws:ec2/vpc:Vpc::nobody-named-it' }]);
    expect(refused[0]?.because).toContain('tags');
  });

  it('drift in what the step does name: another property', () => {
    const { refused } = altered(UPDATE, (steps) => {
      steps.find(({ op }) => op === 'update')?.diffReasons?.push('engineVersion');
      return undefined;
    });
    expect(refused).toMatchObject([{ code: 'other-properties' }]);
    expect(refused[0]?.because).toContain('engineVersion');
  });

  it('another value of the right property', () => {
    const found = altered(UPDATE, (steps) => {
      const one = steps.find(({ op }) => op === 'update');
      const key = one?.diffReasons?.[0] ?? '';
      if (one?.newState) one.newState.inputs[key] = ['sg-0badc0ffee'];
      return undefined;
    });
    expect(codes(found)).toEqual(['other-value']);
  });

  it('what is made with another value, or with more than was proven', () => {
    const wrong = (change: (inputs: Record<string, unknown>) => void): string[] =>
      codes(
        altered(at('create'), (steps) => {
          const inputs = steps.find(({ op }) => op === 'create')?.newState?.inputs;
          if (inputs) change(inputs);
          return undefined;
        }),
      );
    expect(wrong((inputs) => Object.assign(inputs, { description: 'something else' }))).toEqual(['other-value']);
    expect(wrong((inputs) => Object.assign(inputs, { ingress: [{ cidrBlocks: ['0.0.0.0/0'] }] }))).toEqual([
      'other-value',
    ]);
  });

  it('a replacement, of what the step changes and of anything else', () => {
    const replaced = altered(UPDATE, (steps) => {
      for (const one of steps)
        if (one.op === 'update') Object.assign(one, { op: 'replace', replaceReasons: ['engine'] });
      return undefined;
    });
    expect(new Set(codes(replaced))).toEqual(new Set(['replacement']));
    const all = ['create-replacement', 'replace', 'delete-replaced'].map((op): DigestStep => ({ ...other, op }));
    expect(codes(altered(UPDATE, (steps) => [...steps, ...all]))).toEqual(['replacement']);
    expect(codes(altered(UPDATE, (steps) => [...steps, { ...other, op: 'import-replacement' }]))).toEqual([
      'replacement',
    ]);
  });

  it.each([
    ['delete', 'deletion'],
    ['discard', 'deletion'],
    ['discard-replaced', 'replacement'],
    ['remove-pending-replace', 'replacement'],
    ['read', 'read'],
    ['read-replacement', 'replacement'],
    ['create', 'extra'],
    ['import', 'extra'],
    ['something-new', 'extra'],
  ])('%s of anything that the step does not name', (op, code) => {
    expect(altered(UPDATE, (steps) => [...steps, { ...other, op }]).refused).toMatchObject([
      { resource: expect.any(String) },
    ]);
    const found = codes(altered(UPDATE, (steps) => [...steps, { ...other, op }]));
    expect([code, 'deletion', 'replacement']).toContain(found[0]);
  });

  it('an operation that is missing', () => {
    expect(codes(altered(UPDATE, (steps) => steps.filter(({ op }) => op === 'same')))).toContain('missing');
  });

  it('an import that became a creation, and one whose arguments differ', () => {
    const adopting = at('import');
    const first = made(adopting).steps[1];
    expect(
      codes(altered(adopting, (steps) => steps.map((one, n) => (n === 1 ? { ...one, op: 'create' } : one)))),
    ).toEqual(['not-imported']);
    const warned = made(adopting);
    warned.diagnostics = [
      {
        urn: first?.urn ?? '',
        prefix: 'warning: ',
        message: 'inputs to import do not match the existing resource; importing this resource will fail',
        severity: 'warning',
      },
    ];
    expect(codes(judged(warned, adopting))).toEqual(['import-differs']);
    expect(codes(altered(adopting, (steps) => [...steps, { ...(first ?? other), op: 'update' }]))).toEqual([
      'import-differs',
    ]);
  });

  it('what belongs to another stack, or stands there twice, under the same name', () => {
    const first = made(at('create')).steps[1] ?? other;
    const foreign = { ...first, urn: first.urn.replace(':live::', ':other::') };
    const change = (instead: readonly DigestStep[]): string[] =>
      codes(altered(at('create'), (steps) => steps.flatMap((one, n) => (n === 1 ? instead : [one])))).sort();
    expect(change([foreign])).toEqual(['missing', 'other-stack']);
    const inside = { ...first, urn: first.urn.replace('::aws:', '::my:Net$aws:') };
    expect(change([first, inside])).toEqual(['other-operation']);
    expect(change([{ ...first, op: 'delete' }, inside])).toEqual(['deletion']);
  });

  it('a preview of another step, of another stack and of another project', () => {
    expect(codes(judged(made(UPDATE), UPDATE + 1))).toEqual(['other-step']);
    expect(codes(judged(made(UPDATE), UPDATE, 'staging'))).toEqual(['other-stack']);
    const text = JSON.stringify(made(UPDATE));
    const of = (changed: string): string[] =>
      codes(
        compare(
          readPreview(changed),
          proven,
          proven.steps[UPDATE] ?? { name: '', commands: false, operations: [], dependents: [] },
        ),
      );
    expect(of(text.replaceAll('::shop::', '::other::'))).toEqual(['other-stack']);
    expect(of(text.replaceAll('urn:pulumi:live::', 'urn:pulumi:test::'))).toEqual(['other-stack']);
    expect(of(text.replace('"shop:step"', '"other:step"'))).toEqual(['other-step']);
  });

  it('a preview with an error, and one that says that the state may be corrupt', () => {
    const digest = made(UPDATE);
    digest.diagnostics = [{ urn: other.urn, message: 'error: it is protected', severity: 'error' }];
    expect(judged(digest, UPDATE).refused).toMatchObject([{ code: 'error' }]);
    expect(codes(judged({ ...made(UPDATE), maybeCorrupt: true }, UPDATE))).toEqual(['error']);
    const failed = { diagnostics: [{ message: 'the program threw', severity: 'error' }] };
    expect(
      codes(
        compare(
          readPreview(JSON.stringify(failed)),
          proven,
          proven.steps[0] ?? { name: '', commands: false, operations: [], dependents: [] },
        ),
      ),
    ).toEqual(['error']);
  });

  it('an operation that another step does, and says which', () => {
    const later = made(UPDATE).steps.filter(({ op }) => op !== 'same');
    const [extra] = judged(recounted({ ...made(0), steps: [...made(0).steps, ...later.slice(0, 1)] }), 0).refused;
    const own = proven.steps[0]?.operations.some((one) => later[0]?.urn.endsWith(`::${one.name}`));
    expect(own ? extra?.code : extra?.fix).toBe(own ? 'import-differs' : expect.stringContaining('one step at a time'));
  });
});

describe('what nobody knows', () => {
  it('is no difference where the plan says that it comes from what the step makes, and one where it does not', () => {
    const found = altered(UPDATE, (steps) => {
      const one = steps.find(({ op, newState }) => op === 'update' && newState);
      const key = one?.diffReasons?.[0] ?? '';
      if (one?.newState) one.newState.inputs[key] = UNKNOWN;
      return undefined;
    });
    expect(found.refused).toEqual([]);
    const references = JSON.stringify(
      proven.steps[UPDATE]?.operations.find(({ op }) => op === 'update')?.sets,
    ).includes('\x24{');
    if (!references) expect(found.undecided).toMatchObject([{ code: 'not-told' }]);
  });

  it('is undecided where the preview shows neither values nor what changes', () => {
    const found = altered(UPDATE, (steps) => {
      for (const one of steps)
        if (one.op === 'update') {
          delete one.newState;
          delete one.oldState;
          delete one.diffReasons;
          one.detailedDiff = null;
        }
      return undefined;
    });
    expect(found.refused).toEqual([]);
    expect(found.undecided.length).toBeGreaterThan(0);
  });

  it('is undecided where something takes a value from what changes, and refused where its value is known to differ', () => {
    const given = { type: 'aws:lb/listener:Listener', name: 'web', id: 'l-1', inputs: { port: 80 } };
    const own = journeyWith([given], {
      rule: [
        {
          op: 'create',
          type: 'aws:lb/listenerRule:ListenerRule',
          name: 'r',
          properties: { listenerArn: '\x24{aws:lb/listener:Listener::web#arn}' },
        },
      ],
      port: [{ op: 'update', type: 'aws:lb/listener:Listener', name: 'web', properties: { port: 8080 } }],
    });
    const known = provenOf(own, thingsOf(own), PROJECT);
    const step = known.steps[2];
    if (step === undefined) throw new Error('no step');
    expect(step.dependents).toEqual([
      {
        type: 'aws:lb/listenerRule:ListenerRule',
        name: 'r',
        property: 'listenerArn',
        on: 'aws:lb/listener:Listener::web',
      },
    ]);
    const digest = previewOf(own, known, PROJECT, 2);
    const shows = (value: string): Compared => {
      const urn = 'urn:pulumi:live::shop::aws:lb/listenerRule:ListenerRule::r';
      const inputs = { listenerArn: value };
      const extra: DigestStep = {
        op: 'update',
        urn,
        newState: { type: 'aws:lb/listenerRule:ListenerRule', urn, custom: true, inputs },
        diffReasons: ['listenerArn'],
        detailedDiff: null,
      };
      return compare(
        readPreview(JSON.stringify(recounted({ ...digest, steps: [...digest.steps, extra] }))),
        known,
        step,
      );
    };
    expect(shows(UNKNOWN)).toMatchObject({ refused: [], undecided: [{ code: 'not-told' }] });
    expect(codes(shows('arn:aws:other'))).toEqual(['extra']);
  });
});

describe('a new revision', () => {
  it('is a replacement that takes along who uses it', () => {
    const task = 'aws:ecs/taskDefinition:TaskDefinition';
    const own = journeyWith([], {
      made: [
        { op: 'create', type: task, name: 'web', properties: { cpu: '256' } },
        {
          op: 'create',
          type: 'aws:ecs/service:Service',
          name: 'web',
          properties: { taskDefinition: `\x24{${task}::web#arn}` },
        },
      ],
      larger: [{ op: 'update', type: task, name: 'web', properties: { cpu: '512' } }],
    });
    expect(provenOf(own, thingsOf(own)).steps[2]?.operations).toEqual([
      { op: 'replace', type: task, name: 'web', sets: { cpu: '512' }, because: 'cpu: every change is a new revision' },
      {
        op: 'update',
        type: 'aws:ecs/service:Service',
        name: 'web',
        sets: { taskDefinition: `\x24{${task}::web#arn}` },
      },
    ]);
  });
});

describe('any single mutation of a preview', () => {
  const steps = proven.steps.flatMap(({ operations }, n) => (operations.length > 0 ? [n] : []));
  const mutation = fc.constantFrom('drop', 'add', 'other op', 'other property', 'other name', 'other value');

  it('is refused, whatever the step', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...steps),
        mutation,
        fc.nat(),
        fc.string({ unit: 'grapheme' }),
        (n, what, seed, text) => {
          const digest = made(n);
          const at = 1 + (seed % (digest.steps.length - 1));
          const one = digest.steps[at];
          if (one === undefined) return;
          switch (what) {
            case 'drop':
              digest.steps.splice(at, 1);
              break;
            case 'add':
              digest.steps.push({ ...one, urn: `${one.urn}${text}x` });
              break;
            case 'other op': {
              const ops = [
                'create',
                'update',
                'delete',
                'replace',
                'import',
                'read',
                'discard',
                'create-replacement',
                'odd',
              ];
              one.op = ops.filter((op) => op !== one.op)[seed % (ops.length - 1)] ?? '';
              break;
            }
            case 'other property':
              if (one.diffReasons === undefined) one.diffReasons = [`${text}x`];
              else {
                one.diffReasons = one.diffReasons.map((key, n) => (n === 0 ? `${key}x` : key));
                one.detailedDiff = null;
              }
              // of what is made or goes, the engine names no properties
              if (one.op === 'create' || one.op === 'delete') return;
              break;
            case 'other name':
              one.urn = `${one.urn}${text}x`;
              break;
            case 'other value': {
              if (one.newState === undefined || one.op === 'import') return;
              const key = one.diffReasons?.find((key) => key !== 'tagsAll') ?? 'surely-not-proven';
              one.newState.inputs[key] = { odd: text };
            }
          }
          expect(codes(judged(recounted(digest), n))).not.toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
