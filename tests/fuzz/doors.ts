/** The inputs that are mutated, and what must hold of each mutant: it is read and judged, or refused in words. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadInputs } from '../../src/inventory/load.ts';
import { brokenShop } from '../../src/inventory/pulumi/stack/testing/broken-shop.ts';
import { exportOf } from '../../src/inventory/pulumi/stack/testing/export.ts';
import { UserError } from '../../src/inventory/user-error.ts';
import { PlanFile } from '../../src/plan/file.ts';
import { Preferences } from '../../src/plan/preferences.ts';
import { rules } from '../../src/rules/catalog/index.ts';
import { audit } from '../../src/rules/run.ts';
import { mutantOf } from './mutants.ts';

export interface Door {
  readonly name: string;
  readonly document: unknown;
  /** Reads and judges a text; throws for what is wrong with it. */
  readonly enter: (text: string, folder: string) => void;
}

const fileOf = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

function audited(text: string, folder: string): void {
  const file = join(folder, 'input.json');
  writeFileSync(file, text);
  const { estate } = loadInputs([file]);
  const broken = audit(estate, rules).find(({ missing }) => missing.some(({ operation }) => operation === 'internal'));
  if (broken)
    throw new Error(`${broken.rule}: ${broken.missing.find(({ operation }) => operation === 'internal')?.reason}`);
}

/** A template of what the sound shop is made of, small enough to be mutated often. */
const TEMPLATE = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: {
    Cidr: { Type: 'String', Default: '10.0.0.0/16' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a,b' },
  },
  Conditions: { Open: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { Ref: 'Cidr' } } },
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 4, 8] }] },
        AvailabilityZone: { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, { 'Fn::Select': [0, { Ref: 'Zones' }] }]] },
      },
    },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'web',
        VpcId: { Ref: 'Vpc' },
        SecurityGroupIngress: [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            CidrIp: { 'Fn::If': ['Open', '0.0.0.0/0', { Ref: 'Cidr' }] },
          },
        ],
      },
    },
    Data: {
      Type: 'AWS::RDS::DBInstance',
      DeletionPolicy: 'Snapshot',
      Properties: {
        Engine: 'mysql',
        DBInstanceClass: 'db.t4g.small',
        PubliclyAccessible: true,
        VPCSecurityGroups: [{ 'Fn::GetAtt': 'Group.GroupId' }],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own form
        DBInstanceIdentifier: { 'Fn::Sub': '${AWS::StackName}-data' },
      },
    },
  },
  Outputs: { Address: { Value: { 'Fn::GetAtt': ['Data', 'Endpoint.Address'] }, Export: { Name: 'address' } } },
};

export const doors = (): readonly Door[] => [
  { name: 'inventory', document: fileOf('scenarios/inventory/two-accounts.json'), enter: audited },
  { name: 'legacy-shop', document: fileOf('examples/legacy-shop/inventory.json'), enter: audited },
  { name: 'stack', document: exportOf(brokenShop), enter: audited },
  { name: 'terraform-plan', document: fileOf('scenarios/terraform/shop/plan.json'), enter: audited },
  { name: 'terraform-state', document: fileOf('scenarios/terraform/shop/terraform.tfstate'), enter: audited },
  { name: 'cloudformation', document: TEMPLATE, enter: audited },
  {
    name: 'plan-file',
    document: { format: 'underpin-plan/1', steps: [] },
    enter: parsedBy((it) => PlanFile.safeParse(it)),
  },
  {
    name: 'preferences',
    document: { acceptedSeconds: 60, skip: ['aurora'] },
    enter: parsedBy((it) => Preferences.safeParse(it)),
  },
];

/** A shape that is asked whether it fits, and must not throw. */
function parsedBy(shape: (value: unknown) => unknown): Door['enter'] {
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return;
    }
    shape(value);
  };
}

export interface Failure {
  readonly seed: number;
  readonly problem: string;
  readonly text: string;
}

/** What is wrong with how a mutant is taken; undefined when it was judged, or refused as a user's mistake with its file. */
export function failureOf(door: Door, seed: number, folder: string): Failure | undefined {
  const text = mutantOf(door.document, seed);
  const problem = problemOf(() => door.enter(text, folder));
  return problem === undefined ? undefined : { seed, problem, text };
}

function problemOf(enter: () => void): string | undefined {
  try {
    enter();
  } catch (error) {
    if (!(error instanceof UserError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (error.place.file === undefined) return `no file is named: ${error.message}`;
    if (/\n\s+at .*:\d+:\d+/.test(error.message)) return `a stack trace is told: ${error.message}`;
  }
  return 'polluted' in {} ? 'Object.prototype was changed' : undefined;
}
