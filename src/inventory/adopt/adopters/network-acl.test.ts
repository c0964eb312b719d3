import { expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter } from './network-acl.ts';

const entry = (RuleNumber: number, RuleAction: string, Egress: boolean, more: object = {}) => ({
  RuleNumber,
  RuleAction,
  Egress,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  ...more,
});
const LAST = [entry(32767, 'deny', false), entry(32767, 'deny', true)];
const adopted = (more: object) =>
  adopter.adopt(
    answersOf({
      'ec2:DescribeVpcs': { Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }] },
      'ec2:DescribeNetworkAcls': {
        NetworkAcls: [
          {
            NetworkAclId: 'acl-1',
            VpcId: 'vpc-1',
            IsDefault: false,
            Associations: [{ NetworkAclAssociationId: 'aclassoc-1', SubnetId: 'subnet-1' }],
            Entries: [entry(100, 'allow', false, { Protocol: '6', PortRange: { From: 443, To: 443 } }), ...LAST],
            Tags: [],
            ...more,
          },
        ],
      },
    }),
  );

it('is declared with each rule and each subnet as a resource of its own, but for the last rules, which AWS keeps', () => {
  expect(adopted({})).toMatchObject([
    { type: 'aws:ec2/networkAcl:NetworkAcl', importId: 'acl-1', inputs: { vpcId: 'vpc-1' } },
    {
      type: 'aws:ec2/networkAclRule:NetworkAclRule',
      importId: 'acl-1:100:6:false',
      inputs: {
        networkAclId: 'acl-1',
        ruleNumber: 100,
        egress: false,
        ruleAction: 'allow',
        fromPort: 443,
        toPort: 443,
      },
    },
    { type: 'aws:ec2/networkAclAssociation:NetworkAclAssociation', importId: 'aclassoc-1' },
  ]);
});

it('is told by its VPC while it is the default one and untouched, and left alone once somebody changed it', () => {
  const untouched = [entry(100, 'allow', false), entry(100, 'allow', true), ...LAST];
  expect(adopted({ IsDefault: true, Associations: [], Entries: untouched })).toEqual([]);
  expect(adopted({ IsDefault: true, Associations: [], Entries: LAST })).toMatchObject([{ state: 'unadopted' }]);
});

it('is not adopted where a rule was not told wholly', () => {
  expect(adopted({ Entries: [entry(100, 'allow', false, { Protocol: '6' }), ...LAST] })).toMatchObject([
    { state: 'unadopted', because: 'ec2:DescribeNetworkAcls does not tell its rules wholly' },
  ]);
});
