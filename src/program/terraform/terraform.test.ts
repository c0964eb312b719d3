/** What Terraform itself says of the exports. Left out where it is not on the machine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planWith, shopWishes } from '../../plan/testing/shop.ts';
import { journeyOf } from '../emit/journey.ts';
import { journeyWith, shopJourney } from '../testing/journeys.ts';
import { exported } from './export.ts';
import { type Ground, groundOf } from './ground.ts';
import { predictedAt } from './predicted.ts';
import { complaints, isHere, prepared, type Workshop, workshop, write } from './testing/terraform.ts';
import { START, walked } from './testing/walk.ts';
import { templated } from './text.ts';

const every = process.env.UNDERPIN_EVERY_STEP !== undefined;

describe.skipIf(!isHere)('Terraform', () => {
  let shop: Workshop;
  beforeAll(async () => {
    shop = await workshop();
  }, 0);
  afterAll(() => shop?.close());

  const ground = groundOf(
    shopJourney([
      ['adopt', null],
      ['groups-beside', 'production'],
      ['private-network', 'production'],
      ['way-in', 'production'],
      ['database-closed', 'production'],
    ]),
  );
  const last = ground.journey.names.length - 1;

  it('says the texts again, whatever is in them', async () => {
    const texts = [
      '\x24{',
      '$\x24{',
      '$$\x24{',
      '%{',
      '%%{',
      '$',
      '$$',
      '\x24{a}',
      'a$',
      '$%{',
      '\\\x24{',
      '\n"',
      '日\u2028',
    ];
    const output = Object.fromEntries(
      texts.map((text, n) => [
        `text${n}`,
        { value: [templated([text]), templated([text, { code: '"b"' }]), { [templated([text])]: '' }] },
      ]),
    );
    write(shop, { output });
    expect(shop.run(['apply', '-auto-approve', '-no-color']).problems).toBe('');
    const said = JSON.parse(shop.run(['output', '-json']).stdout);
    for (const [n, text] of texts.entries()) expect(said[`text${n}`].value).toEqual([text, `${text}b`, { [text]: '' }]);
  });

  it.each([0, last])(
    'finds nothing wrong with step %i of the shop',
    (step) => {
      const { files } = exported(ground, step);
      expect(complaints(shop, prepared(files.get('main.tf.json') ?? ''))).toEqual([]);
    },
    0,
  );

  /** What is not as it should be at these steps, one after the other. */
  function wrongAt(of: Ground, steps: readonly number[]): readonly unknown[] {
    let here = START;
    return steps.flatMap((step) => {
      const found = walked(shop, of, step, here);
      here = found.here;
      const { unforeseen, missing, unsettled } = found.told;
      return unforeseen.length + missing.length + unsettled.length > 0 ? [found.told] : [];
    });
  }

  it('wants of small steps what is foretold, a replacement and what follows from it above all', () => {
    const role = 'arn:aws:iam::111122223333:role/web';
    const task = 'aws:ecs/taskDefinition:TaskDefinition';
    const containers = (image: string): string => JSON.stringify([{ name: 'web', image, essential: true }]);
    const small = groundOf(
      journeyWith(
        [
          { type: 'aws:ec2/vpc:Vpc', name: 'shop', id: 'vpc-0a1b2c3d4e5f60718', inputs: { cidrBlock: '10.0.0.0/16' } },
          {
            type: 'aws:sns/topic:Topic',
            name: 'news',
            id: 'arn:aws:sns:eu-west-1:111122223333:news',
            inputs: { name: 'news' },
          },
        ],
        {
          made: [
            { op: 'create', type: 'aws:ecs/cluster:Cluster', name: 'shop', properties: { name: 'shop' } },
            {
              op: 'create',
              type: task,
              name: 'web',
              properties: { family: 'web', containerDefinitions: containers('web:1'), taskRoleArn: role },
            },
            {
              op: 'create',
              type: 'aws:ecs/service:Service',
              name: 'web',
              properties: {
                name: 'web',
                cluster: '\x24{aws:ecs/cluster:Cluster::shop#id}',
                taskDefinition: `\x24{${task}::web#arn}`,
                desiredCount: 1,
              },
            },
          ],
          changed: [
            { op: 'update', type: task, name: 'web', properties: { containerDefinitions: containers('web:2') } },
            { op: 'update', type: 'aws:ec2/vpc:Vpc', name: 'shop', properties: { tags: { Name: 'shop' } } },
            { op: 'delete', type: 'aws:sns/topic:Topic', name: 'news', keeps: true },
          ],
        },
      ),
    );
    expect(wrongAt(small, [1, 2])).toEqual([]);
    expect(predictedAt(small, 2).map(({ op, type, name }) => `${op} ${type.split(':').at(-1)} ${name}`)).toEqual([
      'update Vpc shop',
      'replace TaskDefinition web',
      'update Service web',
      'delete Topic news',
    ]);
  }, 0);

  it.skipIf(!every)(
    'wants of every step of the whole journey what is foretold, and finds nothing wrong with any',
    () => {
      const whole = groundOf(journeyOf(planWith(ground.journey.today, shopWishes())));
      const steps = whole.journey.names.map((_, step) => step);
      expect(wrongAt(whole, steps)).toEqual([]);
      const complained = steps.flatMap((step) => {
        const { files, name } = exported(whole, step);
        return complaints(shop, prepared(files.get('main.tf.json') ?? '')).map((problem) => `${name}: ${problem}`);
      });
      expect(complained).toEqual([]);
    },
    0,
  );
});
