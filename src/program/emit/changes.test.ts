import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import { ref } from '../../plan/edit.ts';
import { type Given, journeyWith } from '../testing/journeys.ts';
import { type CodeLine, changesOf } from './changes.ts';
import { lineDiff } from './line-diff.ts';

const SHARED: Given = {
  type: 'aws:ec2/securityGroup:SecurityGroup',
  name: 'everything',
  id: 'sg-0a1b2c3d4e5f60718',
  inputs: { name: 'everything' },
};
const MYSQL: Given = {
  type: 'aws:rds/instance:Instance',
  name: 'shop-mysql',
  id: 'shop-mysql',
  inputs: { identifier: 'shop-mysql', publiclyAccessible: true, vpcSecurityGroupIds: [SHARED.id] },
};
const group = { type: SHARED.type, name: 'shop-mysql-group' };
const text = (lines: readonly CodeLine[] = []): string => lines.map((line) => `${line.sign} ${line.text}`).join('\n');

describe('what a step changes, as code', () => {
  const [adopt, made, detached, gone] = changesOf(
    journeyWith([SHARED, MYSQL], {
      made: [{ op: 'create', ...group, properties: { name: 'shop-mysql' } }],
      detached: [
        {
          op: 'update',
          type: MYSQL.type,
          name: MYSQL.name,
          properties: { vpcSecurityGroupIds: [ref(group)], publiclyAccessible: false },
        },
      ],
      gone: [{ op: 'delete', type: SHARED.type, name: SHARED.name }],
    }),
  );

  it('is nothing where things are only taken into the program', () => {
    expect(adopt).toEqual([]);
  });

  it('is a whole statement for what is made', () => {
    expect(made?.map(({ what }) => what)).toEqual(['ec2.SecurityGroup shop-mysql-group']);
    expect(text(made?.[0]?.lines)).toBe(
      "+ const shopMysqlGroup = new aws.ec2.SecurityGroup('shop-mysql-group', { name: 'shop-mysql' });",
    );
  });

  it('is the properties that change, before and after, by the names that other things have in the program', () => {
    expect(text(detached?.[0]?.lines)).toBe(
      [
        "  const shopMysql = new aws.rds.Instance('shop-mysql', {",
        '-   publiclyAccessible: true,',
        '+   publiclyAccessible: false,',
        '-   vpcSecurityGroupIds: [everything.id],',
        '+   vpcSecurityGroupIds: [shopMysqlGroup.id],',
        '  });',
      ].join('\n'),
    );
  });

  it('is the first line of what goes', () => {
    expect(text(gone?.[0]?.lines)).toBe("- const everything = new aws.ec2.SecurityGroup('everything', { … });");
  });
});

it('says nothing of the timeline, and keeps secrets to itself', () => {
  const task: Given = {
    type: 'aws:ecs/taskDefinition:TaskDefinition',
    name: 'web',
    id: 'web',
    inputs: {
      family: 'web',
      containerDefinitions: '[{"name":"web","environment":[{"name":"PASSWORD","value":"<redacted>"}]}]',
    },
  };
  const [, changed] = changesOf(
    journeyWith([task], {
      named: [
        {
          op: 'update',
          type: task.type,
          name: task.name,
          properties: { containerDefinitions: String(task.inputs.containerDefinitions).replace('"web"', '"shop"') },
        },
      ],
    }),
  );
  const lines = text(changed?.[0]?.lines);
  expect(lines).toMatch(/^\+ .*'shop'.*config\.requireSecret\('webPassword'\)/m);
  expect(lines).not.toMatch(/<redacted>|steps\.|\bnow\(/);
});

describe('the difference of two texts', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', '}', ''), { maxLength: 14 });

  it('has every line that goes and every line that comes, in order, and no other', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const lines = lineDiff(before, after);
        const within = (part: readonly string[], whole: readonly string[]): boolean => {
          let at = 0;
          for (const one of whole) if (part[at] === one) at++;
          return at === part.length;
        };
        const side = (sign: '+' | '-'): readonly string[] =>
          lines.flatMap((line) => (line.sign === sign || line.sign === ' ' ? [line.text] : []));
        expect(within(side('-'), before)).toBe(true);
        expect(within(side('+'), after)).toBe(true);
        const count = (sign: '+' | '-'): number => lines.filter((line) => line.sign === sign).length;
        expect(before.length - count('-')).toBe(after.length - count('+'));
      }),
      { numRuns: runs(200) },
    );
  });

  it('is nothing of texts that are alike', () => {
    fc.assert(
      fc.property(texts, (one) => {
        expect(lineDiff(one, one).filter(({ sign }) => sign === '+' || sign === '-')).toEqual([]);
      }),
      { numRuns: runs(30) },
    );
  });
});
