/**
 * Time and memory of all exposures of an account, at 1 000, 10 000 and 100 000 interfaces.
 * Run: npx esbuild bench/reachability.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench.mjs && node --expose-gc dist/bench.mjs
 */
import { exposures } from '../src/analyse/exposure/index.ts';
import { INTERNET_END, reach, resourceEnd } from '../src/analyse/reachability/index.ts';
import {
  acl,
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  OPEN_ACL,
  type RuleSpec,
  route,
  subnet,
  table,
  toIgw,
  vpc,
} from '../src/analyse/reachability/testing/build.ts';
import { all, type Estate } from '../src/estate/estate.ts';
import type { Resource } from '../src/estate/resource.ts';

/** A repeatable "random" sequence. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

/** One VPC: half of the subnets public, a tenth of the groups open to the world, rules that name other groups. */
export function account(interfaces: number, subnets: number, groups: number): Estate {
  const next = sequence(42);
  const resources: Resource[] = [
    vpc('vpc-1', '10.0.0.0/8'),
    igw('igw-1', ['vpc-1']),
    table('rtb-main', 'vpc-1', [route('10.0.0.0/8', LOCAL)], 'main'),
  ];
  for (let i = 0; i < subnets; i++)
    resources.push(subnet(`subnet-${i}`, 'vpc-1', `10.${Math.floor(i / 16)}.${(i % 16) * 16}.0/20`));
  const publicOnes = Array.from({ length: Math.floor(subnets / 2) }, (_, i) => `subnet-${i * 2}`);
  resources.push(
    table('rtb-public', 'vpc-1', [route('10.0.0.0/8', LOCAL), route('0.0.0.0/0', toIgw('igw-1'))], publicOnes),
  );
  for (let i = 0; i < subnets; i += 10) {
    const members = Array.from({ length: Math.min(10, subnets - i) }, (_, k) => `subnet-${i + k}`);
    const deny = { number: 50, allow: false, cidr: `203.0.${i % 256}.0/24` };
    resources.push(acl(`acl-${i}`, 'vpc-1', members, [deny, ...OPEN_ACL]));
  }
  for (let i = 0; i < groups; i++) {
    const rules: RuleSpec[] = Array.from({ length: 3 + next(6) }, (): RuleSpec => {
      const port = 1000 + next(9000);
      const peer = next(3) === 0 ? `sg-${next(groups)}` : `${11 + next(180)}.${next(256)}.${next(256)}.0/24`;
      return { ports: [port, port], peer };
    });
    if (i % 10 === 0) rules.push({ ports: [443, 443], peer: '0.0.0.0/0' });
    resources.push(group(`sg-${i}`, 'vpc-1', rules));
  }
  for (let i = 0; i < interfaces; i++) {
    const at = next(subnets);
    const own = [...new Set([next(groups), next(groups)].slice(0, 1 + next(2)))].map((n) => `sg-${n}`);
    const host = Math.floor(i / subnets) + 4;
    const address = `10.${Math.floor(at / 16)}.${(at % 16) * 16 + Math.floor(host / 256)}.${host % 256}`;
    const publicly =
      next(4) === 0 ? { public: `198.${18 + Math.floor(i / 65536)}.${Math.floor(i / 256) % 256}.${i % 256}` } : {};
    resources.push(eni(`eni-${i}`, { vpc: 'vpc-1', subnet: `subnet-${at}` }, own, { private: address, ...publicly }));
  }
  return estateOf(resources);
}

const memory = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};

interface Row {
  readonly size: number;
  readonly time: number;
  readonly processor: number;
  readonly memory: number;
}

/** How time grows with size from one row to the next: 1 is linear, 2 is quadratic. */
const growth = (before: Row | undefined, row: Row): string =>
  before ? (Math.log(row.processor / before.processor) / Math.log(row.size / before.size)).toFixed(2) : '';

process.stdout.write('interfaces   time ms   processor ms   memory MB   growth   proof ms   question ms\n');
let before: Row | undefined;
for (const size of [1_000, 10_000, 100_000]) {
  const estate = account(size, 200, 500);
  const used = memory();
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const report = exposures(estate);
  const row: Row = {
    size,
    time: performance.now() - start,
    processor: process.cpuUsage(cpu).user / 1000,
    memory: memory() - used,
  };
  const shown = report.exposures.slice(0, 500);
  const told = performance.now();
  for (const one of shown) if (one.verdict.answer !== 'yes') throw new Error(`${one.resource.id} has no proof`);
  const proof = (performance.now() - told) / shown.length;
  const asked = all(estate, 'networkInterface').slice(0, 500);
  const ask = performance.now();
  for (const one of asked) reach(estate, INTERNET_END, resourceEnd(one));
  const question = (performance.now() - ask) / asked.length;
  const cells = [
    String(size).padStart(10),
    row.time.toFixed(0).padStart(9),
    row.processor.toFixed(0).padStart(14),
    row.memory.toFixed(0).padStart(11),
    growth(before, row).padStart(8),
    proof.toFixed(2).padStart(10),
    question.toFixed(3).padStart(13),
  ];
  process.stdout.write(`${cells.join(' ')}\n`);
  before = row;
}
