/** Oregon. Few rows: AWS's prices there mostly equal us-east-1's, but only what was read for this region is here. On-demand, Linux. */
import type { PriceRow } from '../price.ts';
import { machines, others } from './rows.ts';

const region = 'us-west-2';
const list = (asOf: string) => ({ region, asOf, checked: 'priceList' }) as const;
const page = (asOf: string) => ({ region, asOf, checked: 'page' }) as const;

export const US_WEST_2: readonly PriceRow[] = [
  ...machines(
    list('2025-08-19'),
    'ec2',
    [''],
    `
t3  | micro 0.0104 small 0.0208 medium 0.0416 large 0.0832 xlarge 0.1664 2xlarge 0.3328
t3a | medium 0.0376 large 0.0752 2xlarge 0.3008
c1  | medium 0.13 xlarge 0.52
c3  | large 0.105 2xlarge 0.42 4xlarge 0.84 8xlarge 1.68
`,
  ),
  ...others(
    list('2024-02-01'),
    `
ebs | gp3 | GB-month | 0.08
ebs | gp3-iops | IOPS-month | 0.005
ebs | gp3-throughput | MiBps-month | 0.04
ipv4 | public-address | hour | 0.005
transfer | internet-gb | GB | 0.09
`,
  ),
  ...others(
    list('2026-10-06'),
    `
vpc-endpoint | interface-hour | hour | 0.01
vpc-endpoint | gb | GB | 0.01
`,
  ),
  ...others(
    page('2024-02-01'),
    `
s3 | standard | GB-month | 0.023
s3 | put-1000 | thousand | 0.005
s3 | get-1000 | thousand | 0.0004
`,
  ),
  ...others(
    page('2026-10-01'),
    `
nat | hour | hour | 0.045
elb | alb-hour | hour | 0.0225
`,
  ),
  ...others(page('2026-10-06'), 'secretsmanager | secret | secret-month | 0.4'),
];
