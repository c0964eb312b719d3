/** Ireland. Few rows: only what was read for this region is here. On-demand, Linux. */
import type { PriceRow } from '../price.ts';
import { machines, others } from './rows.ts';

const region = 'eu-west-1';
const list = (asOf: string) => ({ region, asOf, checked: 'priceList' }) as const;

export const EU_WEST_1: readonly PriceRow[] = [
  ...machines(
    list('2025-08-19'),
    'ec2',
    [''],
    `
t3  | micro 0.0114 small 0.0228 medium 0.0456 large 0.0912 xlarge 0.1824
t3a | medium 0.0408 large 0.0816 2xlarge 0.3264
c1  | medium 0.148 xlarge 0.592
c3  | large 0.12 2xlarge 0.478 4xlarge 0.956 8xlarge 1.912
`,
  ),
  ...others(
    list('2026-05-01'),
    `
ebs | gp2 | GB-month | 0.11
ebs | gp3 | GB-month | 0.088
ebs | io1-iops | IOPS-month | 0.072
fargate | vcpu-hour | vCPU-hour | 0.04048
fargate | gb-hour | GB-hour | 0.004445
`,
  ),
  ...others(
    list('2026-09-25'),
    `
nat | hour | hour | 0.048
nat | gb | GB | 0.048
`,
  ),
  ...others(
    { region, asOf: '2026-07-31', checked: 'bill' },
    `
elb | alb-hour | hour | 0.0252
ipv4 | public-address | hour | 0.005
rds-storage | gp3 | GB-month | 0.127
`,
  ),
  ...others({ region, asOf: '2026-10-06', checked: 'page' }, 'secretsmanager | secret | secret-month | 0.4'),
];
