import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { refused, written } from '../ec2.ts';
import { judgedEndpoints } from '../vpc-endpoints.ts';

const TYPE = 'aws:ec2/vpcEndpoint:VpcEndpoint';

/** Endpoints with the tables, subnets and groups they name. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html */
export const adopter: Adopter = {
  name: 'vpc-endpoint',
  types: [TYPE],
  operations: [
    'ec2:DescribeVpcEndpoints',
    'ec2:DescribeRouteTables',
    'ec2:DescribeManagedPrefixLists',
    'ec2:DescribePrefixLists',
    'ec2:GetManagedPrefixListEntries',
  ],
  adopt: (answers) =>
    [...judgedEndpoints(answers)].map(([id, one]): Adoption => {
      const of: Whole = { kind: 'vpcEndpoint', id };
      if (typeof one === 'string') return refused(TYPE, of, one);
      const { item, inputs, outputs, ignoreChanges } = one;
      return written(item, { type: TYPE, id, of, inputs, outputs: said(outputs), ignoreChanges });
    }),
};
