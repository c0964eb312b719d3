import { expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter } from './elastic-ip.ts';

const adopted = (more: object) =>
  adopter.adopt(
    answersOf({
      'ec2:DescribeAddresses': {
        Addresses: [
          { AllocationId: 'eipalloc-1', PublicIp: '203.0.113.1', PublicIpv4Pool: 'amazon', Tags: [], ...more },
        ],
      },
    }),
  );
const IN_USE = { AssociationId: 'eipassoc-1', NetworkInterfaceId: 'eni-1', PrivateIpAddress: '10.0.1.4' };

it('is declared alone where nothing or a service uses it, and with its association where an instance does', () => {
  expect(adopted({})).toMatchObject([{ type: 'aws:ec2/eip:Eip', importId: 'eipalloc-1', inputs: { domain: 'vpc' } }]);
  expect(adopted(IN_USE)).toHaveLength(1);
  expect(adopted({ ...IN_USE, InstanceId: 'i-1' })).toMatchObject([
    { type: 'aws:ec2/eip:Eip' },
    {
      type: 'aws:ec2/eipAssociation:EipAssociation',
      importId: 'eipassoc-1',
      inputs: { allocationId: 'eipalloc-1', instanceId: 'i-1' },
    },
  ]);
});

it('is not adopted where it is used and by what was not told', () => {
  expect(adopted({ AssociationId: 'eipassoc-1' })).toMatchObject([
    { state: 'unadopted', because: 'ec2:DescribeAddresses does not tell its interface' },
  ]);
});
