import { describe, expect, it } from 'vitest';
import { all } from '../estate/estate.ts';
import { addressOf, type Edit } from './edit.ts';
import { endOf } from './end.ts';
import { same } from './merge.ts';
import { after, estateAt, type State, startOf } from './state.ts';
import { NOTHING_NOTICED, type Step, step } from './step.ts';
import {
  at,
  before,
  change,
  drop,
  edits,
  insert,
  objectionsTo,
  type Sabotage,
  without,
  withProperties,
} from './testing/sabotage.ts';
import { shopPlan, shopPreferences, shopToday } from './testing/shop.ts';
import { inverseOf } from './undo.ts';

const today = shopToday();
const preferences = shopPreferences();
const plan = shopPlan();
const steps = plan.steps.map((one) => one.step);

const prod = (rest: string): RegExp => new RegExp(`^legacy-prod-${rest}$`);
const is =
  (type: RegExp, name: RegExp = /./) =>
  (edit: Edit): boolean =>
    type.test(edit.type) && name.test(edit.name);

const own = (parts: Partial<Step>): Step =>
  step({
    id: 'sabotage',
    title: 'sabotage',
    kind: 'switch',
    move: 'sabotage',
    environment: 'production',
    why: 'to see whether somebody notices',
    duration: { from: 0, to: 0 },
    clientsNotice: NOTHING_NOTICED,
    undo: { how: '', until: '', exact: false },
    sources: [],
    ...parts,
  });

const update = (
  edit: Extract<Edit, { op: 'update' }>['properties'],
  type: string,
  name: string,
  kind: Step['kind'] = 'switch',
): Step => own({ kind, edits: [{ op: 'update', type, name, properties: edit }] });

const DATABASE = 'aws:rds/instance:Instance';
const POLICY = 'aws:s3/bucketPolicy:BucketPolicy';
const BLOCK = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';

const sabotages: readonly Sabotage[] = [
  // the ground
  { name: 'nothing is adopted', spoil: drop(/^adopt$/), condition: 'flows', says: /does not fit.*not declared/ },
  {
    name: 'the same thing is made twice',
    spoil: edits(prod('groups-made'), (list) => [...list, ...list.slice(0, 1)]),
    condition: 'flows',
    says: /names it twice/,
  },
  {
    name: 'something refers to what nobody makes',
    spoil: edits(prod('groups-made'), without(is(/securityGroup:SecurityGroup$/, /mysql-group$/))),
    condition: 'flows',
    says: /refers to .*mysql-group, which is not declared/,
  },
  // people
  {
    name: 'the database is closed before there is another way in',
    spoil: before([prod('database-closed')], prod('way-in')),
    condition: 'flows',
    says: /people -> database\/legacy-prod-mysql/,
  },
  {
    name: 'the way in is left out',
    spoil: drop(prod('way-in'), prod('way-in-answers'), prod('way-in-used')),
    condition: 'flows',
    says: /bastion|people -> database/,
  },
  {
    name: 'the way in gets no way out to Systems Manager',
    spoil: edits(prod('way-in'), without(is(/EgressRule$/, /443$/))),
    condition: 'flows',
    says: /aws\/ssm/,
  },
  // functions and the network
  {
    name: 'the database is closed while a function outside the VPC uses its public address',
    spoil: before([prod('database-closed')], prod('functions-inside-prepared')),
    condition: 'flows',
    says: /worker/,
  },
  {
    name: 'the private subnets get no way out',
    spoil: drop(prod('private-network-way-out')),
    condition: 'flows',
    says: /not declared|443|no route|would not work|does not fit/,
  },
  {
    name: 'the function moves before its group is there',
    spoil: before([prod('functions-inside-legacy-prod-worker')], prod('functions-inside-prepared')),
    condition: 'flows',
    says: /not declared/,
  },
  {
    name: 'a route of the private subnets leads nowhere after the function moved',
    spoil: insert(prod('functions-inside-legacy-prod-worker'), (list) => {
      const routes = list
        .flatMap((one) => one.edits)
        .filter(
          (edit) =>
            edit.op === 'create' &&
            edit.type === 'aws:ec2/route:Route' &&
            /prod/.test(edit.name) &&
            JSON.stringify(edit.properties).includes('0.0.0.0/0') &&
            JSON.stringify(edit.properties).includes('atGateway'),
        );
      return own({ kind: 'contract', edits: routes.map(({ type, name }) => ({ op: 'delete', type, name })) });
    }),
    condition: 'flows',
    says: /aws\/ssm/,
  },
  {
    name: 'a function forgets where its database is',
    spoil: insert(/^adopt$/, () =>
      update({ environment: { variables: {} } }, 'aws:lambda/function:Function', 'legacy-prod-worker'),
    ),
    condition: 'flows',
    says: /no longer name it/,
  },
  // groups
  {
    name: 'a rule of a flow is forgotten, and the shared group goes all the same',
    spoil: edits(prod('groups-made'), without(is(/IngressRule$/, /^legacy-prod-redis-from/))),
    judgedAt: prod('shared-group-off-cache'),
    condition: 'flows',
    says: /redis/,
  },
  {
    name: 'the shared group goes before the new ones are attached',
    spoil: before([prod('shared-group-off-database')], prod('groups-beside')),
    condition: 'order',
    says: /./,
  },
  // data
  {
    name: 'the database is encrypted by changing a property that replaces it',
    spoil: insert(/^adopt$/, () => update({ storageEncrypted: true }, DATABASE, 'legacy-prod-mysql')),
    condition: 'data',
    says: /storageEncrypted.*replaces/,
  },
  {
    name: 'the database is put into another subnet group',
    spoil: insert(/^adopt$/, () => update({ dbSubnetGroupName: 'other' }, DATABASE, 'legacy-prod-mysql')),
    condition: 'data',
    says: /RDS refuses another subnet group/,
  },
  {
    name: 'the zone of the database is written down',
    spoil: insert(/^adopt$/, () => update({ availabilityZone: 'ap-northeast-2c' }, DATABASE, 'legacy-prod-mysql')),
    condition: 'data',
    says: /availabilityZone/,
  },
  {
    name: 'the database is deleted',
    spoil: insert(/^adopt$/, () =>
      own({ kind: 'contract', edits: [{ op: 'delete', type: DATABASE, name: 'legacy-prod-mysql' }] }),
    ),
    condition: 'data',
    says: /keeps data and would be deleted/,
  },
  {
    name: 'a queue is deleted',
    spoil: insert(/^adopt$/, () =>
      own({ kind: 'contract', edits: [{ op: 'delete', type: 'aws:sqs/queue:Queue', name: 'legacy-prod-jobs' }] }),
    ),
    condition: 'data',
    says: /keeps data/,
  },
  {
    name: 'a replica is promoted by taking its source away',
    spoil: insert(/^adopt$/, () => update({ replicateSourceDb: null }, DATABASE, 'legacy-prod-mysql-replica-1')),
    condition: 'data',
    says: /promotes/,
  },
  {
    name: 'the copy before the standby is left out, and there are no backups',
    spoil: (list) =>
      insert(/^adopt$/, () => update({ backupRetentionPeriod: 0 }, DATABASE, 'legacy-prod-mysql'))(
        list.map((one) => ({ ...one, copies: [] })),
      ),
    condition: 'data',
    says: /no backup and no snapshot|what is kept beyond that is deleted/,
  },
  // replicas
  {
    name: 'the old replicas are dropped before the readers moved',
    spoil: before(
      [/^legacy-prod-replicas-legacy-prod-mysql-dropped$/],
      /^legacy-prod-replicas-legacy-prod-mysql-readers-/,
    ),
    condition: 'flows',
    says: /replica/,
  },
  {
    name: 'the readers move to replicas that nobody made',
    spoil: drop(/^legacy-prod-replicas-legacy-prod-mysql-made$/),
    condition: 'flows',
    says: /not declared/,
  },
  {
    name: 'the new replicas all stand in the zone of the primary',
    spoil: edits(
      /^legacy-prod-replicas-legacy-prod-mysql-made$/,
      withProperties((edit) => edit.type === DATABASE, { availabilityZone: 'ap-northeast-2a' }),
    ),
    condition: 'end',
    says: /replica|zone/,
  },
  // resilience
  {
    name: 'the standby is taken away again',
    spoil: insert(/^legacy-prod-replicas-legacy-prod-mysql-dropped$/, () =>
      update({ multiAz: false }, DATABASE, 'legacy-prod-mysql', 'contract'),
    ),
    condition: 'resilience',
    says: /without zone/,
  },
  // exposure
  {
    name: 'the database is opened to the internet',
    spoil: insert(prod('database-closed'), () =>
      update({ publiclyAccessible: true }, DATABASE, 'legacy-prod-mysql', 'expand'),
    ),
    condition: 'exposure',
    says: /the internet would reach legacy-prod-mysql/,
  },
  {
    name: 'everybody may write to a bucket',
    spoil: insert(prod('media-private'), () =>
      own({
        kind: 'expand',
        edits: [
          {
            op: 'update',
            type: BLOCK,
            name: blockName('legacy-prod-media'),
            properties: { blockPublicPolicy: false, restrictPublicBuckets: false },
          },
          {
            op: 'update',
            type: POLICY,
            name: 'legacy-prod-media',
            properties: {
              policy: JSON.stringify({
                Version: '2012-10-17',
                Statement: [
                  { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::legacy-prod-media/*' },
                ],
              }),
            },
          },
        ],
      }),
    ),
    condition: 'exposure',
    says: /everybody could use legacy-prod-media|the internet would reach/,
  },
  // media
  {
    name: 'the bucket is closed before CloudFront is there',
    spoil: before([prod('media-closed')], prod('media-cdn')),
    condition: 'flows',
    says: /legacy-prod-(media|static)|not declared/,
  },
  {
    name: 'the bucket is closed without a CDN',
    spoil: drop(prod('media-cdn')),
    condition: 'flows',
    says: /not declared|bucket\/legacy-prod/,
  },
  // Fargate
  {
    name: 'requests go to the new service before it runs',
    spoil: before([/web-fargate-10-percent-legacy-prod-alb-https-443$/], prod('fargate-beside')),
    condition: 'flows',
    says: /./,
  },
  {
    name: 'the old service is stopped while it still gets requests',
    spoil: before([prod('old-services-stopped')], /web-fargate-50-percent-legacy-prod-alb-https-443$/),
    condition: 'flows',
    says: /legacy-prod/,
  },
  {
    name: 'the old target group is deleted while it has weight',
    spoil: before([prod('old-services-gone')], /web-fargate-50-percent-legacy-prod-alb-https-443$/),
    condition: 'order',
    says: /./,
  },
  {
    name: 'the machines go while the old services run on them',
    spoil: before([prod('machines-gone')], /web-fargate-50-percent-legacy-prod-alb-https-443$/),
    condition: 'flows',
    says: /./,
  },
  {
    name: 'the new service gets no rule at the database',
    spoil: edits(prod('fargate-prepared'), without(is(/IngressRule$/, /mysql-from-.*web/))),
    judgedAt: prod('shared-group-off-database'),
    condition: 'flows',
    says: /mysql/,
  },
  {
    name: 'the new service gets a public address instead of the way out, and no public subnet',
    spoil: edits(
      prod('private-network-way-out'),
      without((edit) => edit.type === 'aws:ec2/route:Route'),
    ),
    condition: 'flows',
    says: /would not work|worked and would not/,
  },
  // the edge
  {
    name: 'the balancer answers CloudFront only, and the names still lead to it',
    spoil: before([prod('cdn-default-closed')], /^legacy-prod-cdn-name-legacy-shop/),
    condition: 'flows',
    says: /internet -> loadBalancer\/legacy-prod-alb/,
  },
  {
    name: 'a name leads to a distribution that nobody made',
    spoil: drop(prod('cdn-made')),
    condition: 'flows',
    says: /not declared/,
  },
  {
    name: 'the old subnets become private while the balancer stands in them',
    spoil: before(
      [/^legacy-prod-database-private-legacy-prod-public-a$/, /^legacy-prod-database-private-legacy-prod-public-c$/],
      /^legacy-prod-rehomed-/,
    ),
    condition: 'flows',
    says: /legacy-prod-alb/,
  },
  {
    name: 'the gateways stand in the old public subnets, which become private later',
    spoil: edits(
      prod('private-network-way-out'),
      withProperties((edit) => edit.type === 'aws:ec2/natGateway:NatGateway' && /-a$/.test(edit.name), {
        subnetId: oldSubnet('legacy-prod-public-a'),
      }),
    ),
    judgedAt: /^legacy-prod-database-private-legacy-prod-public-a$/,
    condition: 'flows',
    says: /./,
  },
  {
    name: 'the balancer is left in one zone',
    spoil: insert(prod('cdn-made'), () =>
      update(
        { subnets: [oldSubnet('legacy-prod-public-a')] },
        'aws:lb/loadBalancer:LoadBalancer',
        'legacy-prod-alb',
        'contract',
      ),
    ),
    condition: 'resilience',
    says: /without zone/,
  },
  // order inside a step
  {
    name: 'an expand step takes something away on the side',
    spoil: edits(prod('groups-beside'), (list) => [
      ...list,
      { op: 'update', type: DATABASE, name: 'legacy-prod-mysql-replica-1', properties: { publiclyAccessible: false } },
    ]),
    condition: 'flows',
    says: /./,
  },
  {
    name: 'a switch changes two things at once',
    spoil: edits(/^legacy-prod-newer-class-legacy-prod-mysql$/, (list) => [
      ...list,
      { op: 'update', type: DATABASE, name: 'legacy-dev-mysql', properties: { instanceClass: 'db.t3.large' } },
    ]),
    condition: 'order',
    says: /a switch is one change/,
  },
  {
    name: 'a watch step changes something',
    spoil: change(prod('way-in-used'), (one) => ({
      ...one,
      edits: [{ op: 'update', type: DATABASE, name: 'legacy-prod-mysql', properties: { backupRetentionPeriod: 30 } }],
    })),
    condition: 'order',
    says: /waits, and may change nothing/,
  },
  {
    name: 'an act edits the program',
    spoil: change(prod('way-in-answers'), (one) => ({
      ...one,
      edits: [{ op: 'update', type: DATABASE, name: 'legacy-prod-mysql', properties: { backupRetentionPeriod: 30 } }],
    })),
    condition: 'order',
    says: /outside of the program/,
  },
  {
    name: 'a step says that something happens by itself',
    spoil: change(prod('groups-made'), (one) => ({
      ...one,
      effects: [{ op: 'set', kind: 'account', id: today.place.account, fields: { rootMfa: true } }],
    })),
    condition: 'order',
    says: /changes only by an act/,
  },
  // access
  {
    name: 'the administrators go before there is another',
    spoil: before([/^account-people-detached$/], /^account-people-passwords$/),
    condition: 'access',
    says: /./,
  },
  {
    name: 'the second factor is asked for before anybody has one',
    spoil: drop(/^account-people-devices$/),
    condition: 'access',
    says: /./,
  },
  {
    name: 'administrators disappear without a word',
    spoil: change(prod('old-roles-gone'), (one) => ({ ...one, declares: {} })),
    condition: 'access',
    says: /would be no administrator any more/,
  },
  {
    name: 'a program loses a permission that it uses',
    spoil: edits(prod('roles-made'), without(is(/rolePolicy:RolePolicy$/, /web/))),
    condition: 'access',
    says: /web|task/,
  },
  {
    name: 'the old roles go before the new ones are taken up',
    spoil: before([prod('old-roles-gone')], prod('web-task-taken-up')),
    condition: 'access',
    says: /uses .* and would lose it/,
  },
  {
    name: 'keys are switched off while a program still holds them',
    spoil: before([/^account-machine-keys-off$/], prod('roles-made')),
    condition: 'access',
    says: /./,
  },
];

function oldSubnet(name: string): string {
  return all(today.estate, 'subnet').find((one) => one.name === name)?.id ?? name;
}

function blockName(bucket: string): string {
  const found = [...plan.end.world.declared.values()].find(
    ({ type, inputs }) => type === BLOCK && inputs.bucket === bucket,
  );
  return found?.name ?? bucket;
}

describe('spoiled plans of the legacy shop', () => {
  it.each(sabotages)('$name', ({ spoil, condition, says, judgedAt }) => {
    const spoiled = spoil(steps);
    if (condition === 'end') {
      // every step may be fine by itself: what it ends with is not
      const left = endOf(estateAt(spoiled.reduce(after, startOf(today))), preferences).left;
      const graves = left.filter(({ severity }) => severity !== 'low').map(({ rule }) => rule);
      expect(
        graves.filter((rule) => says.test(rule)),
        graves.join('\n'),
      ).not.toEqual([]);
      return;
    }
    const objections = objectionsTo(plan, spoiled, judgedAt);
    const texts = objections.map((one) => `${one.condition}: ${one.text}`);
    expect(
      texts.filter((text) => text.startsWith(`${condition}:`) && says.test(text)),
      texts.join('\n'),
    ).not.toEqual([]);
  });

  it('knows at least forty ways', () => {
    expect(sabotages.length).toBeGreaterThanOrEqual(40);
  });
});

const harmless: readonly (readonly [string, (list: readonly Step[]) => readonly Step[]])[] = [
  ['two independent settings change places', before([prod('safeguards-logs')], prod('safeguards-on'))],
  ['production’s groups are made before its network', before([prod('private-network-subnets')], prod('groups-made'))],
  ['the password policy comes later', before([/^account-people-made$/], /^account-people-passwords$/)],
  ['the flow logs come before the trail', before([/^account-evidence-flow-logs$/], /^account-evidence-trail-bucket$/)],
  ['a step gets another title', change(prod('groups-made'), (one) => ({ ...one, title: 'New groups' }))],
];

it.each(harmless)('accepts what does no harm: %s', (_name, spoil) => {
  const spoiled = spoil(steps);
  const last = spoiled.findLastIndex((one, n) => one !== steps[n]);
  expect(objectionsTo(plan, spoiled.slice(0, last + 1))).toEqual([]);
});

/** What AWS's own facts demand of any order. The planner does not know this list: its proofs have to find it. */
const canonical: readonly (readonly [first: string, then: string])[] = [
  ['adopt', 'private-network'],
  ['adopt', 'groups-beside'],
  ['evidence-first', 'media-behind-cdn'],
  ['evidence-first', 'shared-group-detached'],
  ['private-network', 'way-in'],
  ['private-network', 'fargate'],
  ['private-network', 'functions-inside'],
  ['private-network', 'replicas-over-zones'],
  ['private-network', 'database-private'],
  ['way-in', 'database-closed'],
  ['way-in', 'shared-group-detached'],
  ['groups-beside', 'fargate'],
  ['groups-beside', 'shared-group-detached'],
  ['functions-inside', 'database-closed'],
  ['replicas-over-zones', 'database-private'],
  ['service-roles', 'machine-keys'],
  ['fargate', 'shared-group-detached'],
  ['fargate', 'database-private'],
  ['balancer-behind-cdn', 'shared-group-detached'],
  ['balancer-rehomed', 'database-private'],
  ['database-closed', 'database-private'],
  ['machine-keys', 'people'],
];

it.each(canonical)('finds by itself that %s comes before %s', (first, then) => {
  for (const environment of ['development', 'production', null]) {
    const places = (move: string): readonly number[] =>
      steps.flatMap((one, n) =>
        one.move === move && (one.environment === environment || one.environment === null) ? [n] : [],
      );
    const [before, after] = [places(first), places(then)];
    if (before.length > 0 && after.length > 0) expect(Math.max(...before)).toBeLessThan(Math.min(...after));
  }
});

it('rehearses in development before it touches production', () => {
  const of = (environment: string) => steps.flatMap((one, n) => (one.environment === environment ? [n] : []));
  expect(Math.max(...of('development').filter((n) => n < Math.min(...of('production'))))).toBe(
    Math.min(...of('production')) - 1,
  );
});

it('ends without a high or medium finding', () => {
  const { left } = endOf(estateAt(plan.end), preferences);
  expect(left.filter(({ severity }) => severity !== 'low').map(({ rule, claim }) => `${rule}: ${claim}`)).toEqual([]);
  expect([plan.unproven, plan.refused, plan.waiting]).toEqual([[], [], []]);
});

it('is proven as it is', () => {
  expect(plan.steps.every(({ holds }) => holds)).toBe(true);
  expect(steps.length).toBeGreaterThan(20);
  expect(all(estateAt(plan.end), 'database').length).toBeGreaterThan(0);
  expect(at(steps, /^adopt$/)).toBe(0);
});

it('no step updates a resource with nothing but what it says already', () => {
  const updated = plan.steps.flatMap(({ step, before }) =>
    step.edits.flatMap((edit) => {
      if (edit.op !== 'update') return [];
      const declared = before.world.declared.get(addressOf(edit));
      // what the plan made without a word about it is off
      const unsaid = declared && !declared.adopted ? false : undefined;
      const wanted = Object.entries(edit.properties);
      const said =
        wanted.length > 0 && wanted.every(([name, value]) => same(declared?.properties[name] ?? unsaid, value));
      return [{ where: `${step.id}: ${addressOf(edit)}`, said }];
    }),
  );
  expect(updated.flatMap(({ where, said }) => (said ? [where] : []))).toEqual([]);
  expect(updated.length).toBeGreaterThan(100);
});

/** The estates are equal but for where things were read. */
function differences(a: State, b: State): readonly string[] {
  const [left, right] = [estateAt(a), estateAt(b)];
  const was = new Map(left.resources.map((one) => [`${one.kind} ${one.id}`, one]));
  const found: string[] = [];
  for (const one of right.resources) {
    const key = `${one.kind} ${one.id}`;
    const other = was.get(key);
    was.delete(key);
    if (!other || !same(other, one)) found.push(key);
  }
  return [...found, ...was.keys()];
}

it('a step whose undoing is promised to be exact is taken back to the same estate by its inverse', () => {
  let checked = 0;
  // development is rehearsed with the same moves: one environment and the account are enough
  for (const { step, before, after: next } of plan.steps.filter((one) => one.step.environment !== 'development')) {
    const inverse = inverseOf(step, before);
    if (!inverse || !next) continue;
    expect(differences(before, after(next, inverse)), step.id).toEqual([]);
    checked += 1;
  }
  expect(checked).toBeGreaterThan(20);
});
