/** Networks with verdicts that others found: the describe-answers of Batfish's own tests and what these expect. */
import { describe, expect, it } from 'vitest';
import { type Endpoint, endpointOf, reach } from '../src/analyse/reachability/index.ts';
import { parseTraffic } from '../src/estate/sets/index.ts';
import { readInputs } from '../src/inventory/load.ts';
import { corpus, hasCorpora } from './corpora.ts';

/** from, to, traffic, answer, code of a blocker (or of a link of the proof), and the way; one id alone is where it ends. */
type Case = readonly [string, string, string, 'yes' | 'no', string, (readonly string[])?];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'test-public-subnet': [
    [
      'internet',
      '18.216.80.133',
      'tcp/80',
      'no',
      'group-no-ingress',
      ['internet', 'igw-0a409e562d251f766', 'vpc-0672bce73895d7252', 'subnet-0bb82ae8b3ea5dc78', 'i-06669a407b2ef3ae5'],
    ],
    ['internet', '18.216.80.133', 'tcp/22', 'yes', 'group-ingress'],
    ['internet', '54.191.107.23', 'all', 'no', 'no-such-address'],
    ['internet', '10.0.0.91', 'all', 'no', 'private-address'],
    [
      'i-06669a407b2ef3ae5',
      '8.8.8.8',
      'all',
      'yes',
      'public-address',
      ['i-06669a407b2ef3ae5', 'subnet-0bb82ae8b3ea5dc78', 'vpc-0672bce73895d7252', 'igw-0a409e562d251f766', 'internet'],
    ],
    [
      '10.0.0.92',
      '8.8.8.8',
      'tcp/80',
      'no',
      'no-public-address',
      ['subnet-0bb82ae8b3ea5dc78', 'vpc-0672bce73895d7252', 'igw-0a409e562d251f766'],
    ],
  ],
  'test-nat-gateway': [
    [
      'i-0a128d26e59be60f3',
      '8.8.8.8',
      'tcp/80',
      'yes',
      'nat-gateway',
      [
        'i-0a128d26e59be60f3',
        'subnet-06f469bcee42e408e',
        'vpc-0008a7b45e3ddf1dd',
        'nat-07ab4846da51f4612',
        'subnet-0428892a357fa1f94',
        'vpc-0008a7b45e3ddf1dd',
        'igw-071753b9c23d8a9b2',
        'internet',
      ],
    ],
    ['internet', '3.135.127.225', 'tcp/80', 'no', 'nat-inbound'],
    ['i-0b31b509174d7f5de', '10.1.250.210', 'tcp/80', 'no', 'nat-inbound'],
    ['i-0a128d26e59be60f3', '8.8.8.8', 'protocol-47', 'no', 'nat-protocol'],
  ],
  'test-load-balancer': [
    ['i-0c8ce8bbdd98cc4e8', 'eni-01f261dccaba46564', 'tcp/80', 'yes', 'target-group', ['i-0f4af951d61a19245']],
    ['i-0c8ce8bbdd98cc4e8', 'eni-01f261dccaba46564', 'tcp/81', 'no', 'not-listening'],
    ['i-0c8ce8bbdd98cc4e8', 'i-055b0db7be365202c', 'all', 'yes', 'group-ingress'],
    ['i-0c8ce8bbdd98cc4e8', 'i-0f4af951d61a19245', 'all', 'yes', 'group-ingress'],
  ],
};

describe.skipIf(!hasCorpora)("the verdicts of Batfish's own tests", () => {
  for (const [name, cases] of Object.entries(CASES))
    describe(name, () => {
      const estate = hasCorpora ? readInputs([corpus(`batfish/${name}`)]) : undefined;
      const end = (text: string): Endpoint => {
        const found = estate && endpointOf(estate, text);
        if (found?.state !== 'found') throw new Error(`${text} is not found`);
        return found.endpoint;
      };
      it.each(cases.map((one) => ({ one, title: one.slice(0, 5).join(' ') })))('$title', ({ one }) => {
        const [from, to, traffic, answer, code, way] = one;
        if (estate === undefined) return;
        const told = reach(estate, end(from), end(to), parseTraffic(traffic));
        expect(told.verdict.answer).toBe(answer);
        const { verdict } = told;
        const links = verdict.answer === 'yes' ? verdict.proof : verdict.answer === 'no' ? verdict.blockers : [];
        expect(links.map((link) => link.code)).toContain(code);
        if (way?.length === 1) expect(told.way.at(-1)).toBe(way[0]);
        else if (way) expect(told.way).toEqual(way);
      });
    });
});
