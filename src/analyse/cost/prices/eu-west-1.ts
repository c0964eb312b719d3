/** Ireland. Fewer rows than us-east-1: what is not certain is left out and so unknown. On-demand, Linux. */
import type { PriceRow } from '../price.ts';
import { machines, others } from './rows.ts';

const where = { region: 'eu-west-1', asOf: '2025-06-01' };

export const EU_WEST_1: readonly PriceRow[] = [
  ...machines(
    where,
    'ec2',
    [''],
    `
t2  | nano 0.0063 micro 0.0126 small 0.025 medium 0.05 large 0.1008 xlarge 0.2016 2xlarge 0.4032
t3  | nano 0.0057 micro 0.0114 small 0.0228 medium 0.0456 large 0.0912 xlarge 0.1824 2xlarge 0.3648
t4g | nano 0.0046 micro 0.0092 small 0.0184 medium 0.0368 large 0.0736 xlarge 0.1472
m3  | medium 0.073 large 0.146 xlarge 0.293 2xlarge 0.585
m4  | large 0.111 xlarge 0.222 2xlarge 0.444 4xlarge 0.888
m5  | large 0.107 xlarge 0.214 2xlarge 0.428 4xlarge 0.856
m6i | large 0.107 xlarge 0.214 2xlarge 0.428 4xlarge 0.856
m6g | large 0.086 xlarge 0.172 2xlarge 0.344
c4  | large 0.113 xlarge 0.226 2xlarge 0.453
c5  | large 0.096 xlarge 0.192 2xlarge 0.384
r4  | large 0.148 xlarge 0.296 2xlarge 0.593
r5  | large 0.141 xlarge 0.282 2xlarge 0.564
`,
  ),
  ...others(
    where,
    `
ebs | gp2 | GB-month | 0.11
ebs | gp3 | GB-month | 0.088
rds-storage | gp2 | GB-month | 0.127
rds-storage | gp3 | GB-month | 0.127
elb | alb-hour | hour | 0.0252
elb | alb-lcu-hour | LCU-hour | 0.008
elb | nlb-hour | hour | 0.0252
elb | clb-hour | hour | 0.028
nat | hour | hour | 0.048
nat | gb | GB | 0.048
fargate | vcpu-hour | vCPU-hour | 0.04048
fargate | gb-hour | GB-hour | 0.004445
fargate | arm-vcpu-hour | vCPU-hour | 0.03238
fargate | arm-gb-hour | GB-hour | 0.00356
vpc-endpoint | interface-hour | hour | 0.011
vpc-endpoint | gb | GB | 0.01
dynamodb | rcu-hour | RCU-hour | 0.000147
dynamodb | wcu-hour | WCU-hour | 0.000735
dynamodb | storage | GB-month | 0.283
s3 | standard | GB-month | 0.023
s3 | put-1000 | thousand | 0.005
s3 | get-1000 | thousand | 0.0004
sns | publish-million | million | 0.5
transfer | internet-gb | GB | 0.09
logs | ingest-gb | GB | 0.57
`,
  ),
];
