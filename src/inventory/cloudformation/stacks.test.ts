import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { loadInputs } from '../load.ts';
import { estateOf, estateOfAll, messages, only } from './testing.ts';

describe('several stacks', () => {
  const NETWORK = `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
Outputs:
  VpcId: {Value: !Ref Vpc, Export: {Name: !Sub '\${AWS::StackName}-vpc'}}
`;
  const APP = `
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, VpcId: !ImportValue network-vpc}}
`;
  it('see each other’s exports, in whatever order they are given', () => {
    for (const files of [
      { 'network.yaml': NETWORK, 'app.yaml': APP },
      { 'app.yaml': APP, 'network.yaml': NETWORK },
    ]) {
      const estate = estateOfAll(files);
      const group = all(estate, 'securityGroup').find(({ groupName }) => groupName === 'app-Group');
      expect(group?.vpc?.id).toBe(only(estate, 'vpc').id);
    }
  });

  it('see what a third one passes on, and may be called the same', () => {
    const pass = `
Resources: {Q: {Type: AWS::SQS::Queue}}
Outputs: {Again: {Value: !ImportValue network-vpc, Export: {Name: again}}}
`;
    const use = `
Resources: {G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, VpcId: !ImportValue again}}}
`;
    const estate = estateOfAll({ 'c/app.yaml': use, 'b/app.yaml': pass, 'network.yaml': NETWORK });
    const group = all(estate, 'securityGroup').find(({ groupName }) => groupName === 'app-G');
    expect(group?.vpc?.id).toBe(only(estate, 'vpc').id);
    expect(only(estate, 'queue').name).toBe('app-2-Q');
  });

  it('an import that no stack given here exports is unknown', () => {
    expect(only(estateOf(APP), 'securityGroup').vpc).toBeUndefined();
  });

  it('what a stack exports others may have added to: a list is then not all of it', () => {
    const group = (outputs: string) =>
      only(
        estateOf(`
Resources:
  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, VpcId: vpc-1}}
${outputs}`),
        'securityGroup',
      ).ingress;
    expect(group('')).toEqual([]);
    const exported = group('Outputs: {G: {Value: !Ref G, Export: {Name: group}}}');
    expect(exported?.length).toBeGreaterThan(0);
    expect(exported?.every(({ peer }) => peer === undefined)).toBe(true);
  });

  it('stand in one another by file, and pass values both ways', () => {
    inFolder(
      {
        'root.yaml': `
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./net.yaml, Parameters: {Cidr: 10.1.0.0/16}}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, VpcId: !GetAtt Net.Outputs.VpcId}}
`,
        'net.yaml': `
Parameters: {Cidr: {Type: String}}
Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}}
Outputs: {VpcId: {Value: !Ref Vpc}}
`,
      },
      (folder) => {
        const { estate, inputs } = loadInputs([join(folder, 'root.yaml')]);
        expect(inputs.map(({ kind }) => kind)).toEqual(['cloudFormation']);
        expect(only(estate, 'vpc')).toMatchObject({
          cidrs: ['10.1.0.0/16'],
          source: { file: `${join(folder, 'net.yaml')}:3` },
        });
        const group = all(estate, 'securityGroup').find(({ groupName }) => groupName === 'Group');
        expect(group?.vpc?.id).toBe(only(estate, 'vpc').id);
      },
    );
  });

  it('whose template is not at hand are told, and can be given', () => {
    const root = `
Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://s3.amazonaws.com/bucket/net.yaml}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x, VpcId: !GetAtt Net.Outputs.VpcId}}
`;
    expect(messages(estateOf(root))).toMatch(/nested stack Net is not at hand.*--nested Net=FILE/);
    inFolder(
      {
        'other.yaml': `Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}\nOutputs: {VpcId: {Value: !Ref Vpc}}`,
      },
      (folder) => {
        const estate = estateOf(root, { nested: new Map([['Net', join(folder, 'other.yaml')]]) });
        expect(only(estate, 'vpc').name).toBe('Net-Vpc');
      },
    );
  });

  it('a file that is given for no stack, or is none, is the user’s mistake', () => {
    const root = 'Resources: {Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x}}}';
    expect(() => estateOf(root, { nested: new Map([['Nett', 'x.yaml']]) })).toThrow('there is no nested stack Nett');
    expect(() => estateOf(root, { nested: new Map([['Net', 'no/such/file.yaml']]) })).toThrow('there is no such file');
    expect(() => estateOf(root.replace('x}', '../../../../../../../../dev/zero}'))).toThrow('there is no such file');
  });

  it('that nest themselves are an error', () => {
    inFolder(
      { 'root.yaml': 'Resources: {Again: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: root.yaml}}}' },
      (folder) => {
        expect(() => loadInputs([join(folder, 'root.yaml')])).toThrow(/deep in one another/);
      },
    );
  });
});

function inFolder(files: Readonly<Record<string, string>>, use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'underpin-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
