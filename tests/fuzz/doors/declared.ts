/** What is declared: stacks, recordings and settings of Pulumi, Terraform, CloudFormation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadInputs } from '../../../src/inventory/load.ts';
import { estateOfRecording, type RecordedResource, type Recording } from '../../../src/inventory/pulumi/index.ts';
import { brokenShop } from '../../../src/inventory/pulumi/stack/testing/broken-shop.ts';
import { exportOf } from '../../../src/inventory/pulumi/stack/testing/export.ts';
import { readProject } from '../../../src/program/record/project.ts';
import { audited, type Door, judged } from '../door.ts';
import { pick, randomOf, valueMutantOf } from '../mutants.ts';
import { textMutantOf } from '../texts.ts';
import { jsonDoor, jsonOf } from './inputs.ts';
import { NESTED, NETWORK, TEMPLATE } from './templates.ts';

const YAML = readFileSync('scenarios/doors/cloudformation/shop.yaml', 'utf8');

/** Long and short forms, aliases, comments, all as people write them. */
const cloudFormationYaml: Door = {
  name: 'cloudformation-yaml',
  tries: 20,
  mutant: (seed) => ({ 'shop.yaml': textMutantOf(YAML, seed) }),
  enter: (folder) => audited(join(folder, 'shop.yaml')),
};

/** A stack in a stack, each with a chance to be broken, and parameters that the user gives. */
const cloudFormationNested: Door = {
  name: 'cloudformation-nested',
  tries: 40,
  mutant(seed) {
    const random = randomOf(seed);
    const given = { Cidr: '10.8.0.0/16', 'AWS::Region': 'eu-west-1', Hidden: 'x' };
    const parts: unknown[] = [NESTED, NETWORK, given];
    const n = Math.floor(random() * 3);
    const [root, network, parameters] = parts.with(n, valueMutantOf(parts[n], random));
    const text = (value: unknown): string =>
      random() < 1 / 2 ? (JSON.stringify(value) ?? '') : (stringify(value, { aliasDuplicateObjects: true }) ?? '');
    return {
      'root.yaml': text(root),
      'network.yaml': n === 1 && random() < 1 / 4 ? textMutantOf(text(network), seed) : text(network),
      'given.json': JSON.stringify(parameters),
    };
  },
  enter(folder, { 'given.json': given }) {
    const values = Object.entries(JSON.parse(String(given)) ?? {}).map(([key, value]) => [key, String(value)] as const);
    const nested = new Map([['Other', join(folder, 'network.yaml')]]);
    const templates = { parameters: new Map(values), nested };
    judged(loadInputs([join(folder, 'root.yaml')], { templates }).estate);
  },
};

/** What a program says of its resources: any value may stand in any argument, while the frame is the recorder's own. */
const recording: Door = {
  name: 'recording',
  tries: 60,
  mutant(seed) {
    const random = randomOf(seed);
    const said = brokenShop.resources.map(({ inputs, outputs, name, dependencies }) => ({
      ...{ inputs, outputs, name, dependencies },
    }));
    return { 'said.json': JSON.stringify(valueMutantOf(said, random)) };
  },
  enter(_, { 'said.json': text }) {
    const said: unknown = JSON.parse(String(text));
    const parts: readonly unknown[] = Array.isArray(said) ? said : [];
    const resources = brokenShop.resources.map((one, n): RecordedResource => ({ ...one, ...framed(one, parts[n]) }));
    const broken: Recording = { ...brokenShop, resources };
    judged(estateOfRecording(broken, '2026-01-01'));
  },
};

/** The parts of a mutant that have the form in which the recorder hands them on. */
function framed(one: RecordedResource, part: unknown): Partial<RecordedResource> {
  const fits = (a: unknown, b: unknown): boolean => typeof a === typeof b && Array.isArray(a) === Array.isArray(b);
  if (typeof part !== 'object' || part === null) return {};
  return Object.fromEntries(
    Object.entries(part).filter(([key, value]) => {
      const [, was] = Object.entries(one).find(([name]) => name === key) ?? [];
      const texts = !Array.isArray(value) || value.every((each) => typeof each === 'string');
      return was !== undefined && value !== null && fits(was, value) && (key !== 'dependencies' || texts);
    }),
  );
}

const SETTINGS = {
  'Pulumi.yaml': 'name: shop\nruntime:\n  name: nodejs\nconfig:\n  zones: 2\n  open: { value: true }\n',
  'Pulumi.prod.yaml':
    'encryptionsalt: v1:x\nconfig:\n  aws:region: eu-west-1\n  shop:password:\n    secure: v1:abc\n  shop:list:\n    - a: &a { secure: x }\n    - *a\n',
  'package.json': '{\n "name": "shop",\n "main": "src/index.js"\n}\n',
};

/** The files of a Pulumi project that are read before its program runs. */
const pulumiProject: Door = {
  name: 'pulumi-project',
  tries: 120,
  mutant(seed) {
    const broken = pick(randomOf(seed), Object.keys(SETTINGS));
    return {
      'index.ts': 'export {};\n',
      'src/index.ts': 'export {};\n',
      ...Object.fromEntries(
        Object.entries(SETTINGS).map(([name, text]) => [name, name === broken ? textMutantOf(text, seed) : text]),
      ),
    };
  },
  enter: (folder) => readProject(folder, { stack: 'prod' }),
};

export const declaredDoors = (): readonly Door[] => [
  jsonDoor('stack', 60, exportOf(brokenShop)),
  jsonDoor('terraform-plan', 16, jsonOf('scenarios/terraform/shop/plan.json')),
  jsonDoor('terraform-state', 16, jsonOf('scenarios/terraform/shop/terraform.tfstate')),
  jsonDoor('terraform-show', 20, jsonOf('scenarios/doors/terraform/state.json')),
  jsonDoor('cloudformation', 60, TEMPLATE),
  cloudFormationYaml,
  cloudFormationNested,
  recording,
  pulumiProject,
];
