/** Seoul. Fewer rows than us-east-1: what is not certain is left out and so unknown. On-demand, Linux. */
import type { PriceRow } from '../price.ts';
import { machines, others } from './rows.ts';

const older = { region: 'ap-northeast-2', asOf: '2025-06-01' };
const checked = { region: 'ap-northeast-2', asOf: '2026-10-05' };

export const AP_NORTHEAST_2: readonly PriceRow[] = [
  ...machines(
    older,
    'ec2',
    [''],
    `
t2  | nano 0.0072 micro 0.0144 small 0.0288 medium 0.0576 large 0.1152 xlarge 0.2304 2xlarge 0.4608
t3  | nano 0.0065 micro 0.013 small 0.026 medium 0.052 large 0.104 xlarge 0.208 2xlarge 0.416
t4g | nano 0.0052 micro 0.0104 small 0.0208 medium 0.0416 large 0.0832 xlarge 0.1664 2xlarge 0.3328
m4  | large 0.123 xlarge 0.246 2xlarge 0.492 4xlarge 0.984
m5  | large 0.118 xlarge 0.236 2xlarge 0.472 4xlarge 0.944
m6i | large 0.118 xlarge 0.236 2xlarge 0.472 4xlarge 0.944
m6g | large 0.094 xlarge 0.188 2xlarge 0.376
m7i | large 0.1239 xlarge 0.2478 2xlarge 0.4956 4xlarge 0.9912
c4  | large 0.114 xlarge 0.227 2xlarge 0.454
c5  | large 0.096 xlarge 0.192 2xlarge 0.384
r4  | large 0.16 xlarge 0.32 2xlarge 0.64
r5  | large 0.152 xlarge 0.304 2xlarge 0.608
`,
  ),
  ...machines(
    checked,
    'rds',
    ['mysql/db.'],
    't3 | micro 0.026 small 0.052\nt4g | micro 0.025 small 0.051 medium 0.102',
  ),
  ...machines(older, 'rds', ['mysql/db.'], 'm5 | large 0.236'),
  ...machines(checked, 'rds', ['postgres/db.'], 't4g | micro 0.025 small 0.051 medium 0.102 large 0.203'),
  ...machines(checked, 'elasticache', ['redis/cache.'], 't4g | micro 0.024'),
  ...others(
    checked,
    `
ebs | gp2 | GB-month | 0.114
ebs | gp3 | GB-month | 0.0912
rds-storage | gp2 | GB-month | 0.131
rds-storage | gp3 | GB-month | 0.131
elb | alb-hour | hour | 0.0225
elb | alb-lcu-hour | LCU-hour | 0.008
elb | nlb-hour | hour | 0.0225
elb | clb-hour | hour | 0.025
nat | hour | hour | 0.059
nat | gb | GB | 0.059
fargate | vcpu-hour | vCPU-hour | 0.04656
fargate | gb-hour | GB-hour | 0.00511
fargate | arm-vcpu-hour | vCPU-hour | 0.03725
fargate | arm-gb-hour | GB-hour | 0.00409
vpc-endpoint | interface-hour | hour | 0.013
vpc-endpoint | gb | GB | 0.01
s3 | standard | GB-month | 0.025
s3 | put-1000 | thousand | 0.0045
transfer | internet-gb | GB | 0.126
logs | ingest-gb | GB | 0.76
`,
  ),
];
