/** Seoul. On-demand, Linux, before any discount or free tier. Where each group was read: README.md. */
import type { PriceRow } from '../price.ts';
import { machines, others } from './rows.ts';

const list = (asOf: string) => ({ region: 'ap-northeast-2', asOf, checked: 'priceList' }) as const;

const EC2 = `
t2  | nano 0.0072 micro 0.0144 small 0.0288 medium 0.0576 large 0.1152 xlarge 0.2304 2xlarge 0.4608
t3  | nano 0.0065 micro 0.013 small 0.026 medium 0.052 large 0.104 xlarge 0.208 2xlarge 0.416
t3a | nano 0.0059 micro 0.0117 small 0.0234 medium 0.0468 large 0.0936 xlarge 0.1872 2xlarge 0.3744
t4g | nano 0.0052 micro 0.0104 small 0.0208 medium 0.0416 large 0.0832 xlarge 0.1664 2xlarge 0.3328
m3  | medium 0.091 large 0.183 xlarge 0.366 2xlarge 0.732
m4  | large 0.123 xlarge 0.246 2xlarge 0.492 4xlarge 0.984 10xlarge 2.46 16xlarge 3.936
m5  | large 0.118 xlarge 0.236 2xlarge 0.472 4xlarge 0.944 8xlarge 1.888 12xlarge 2.832 16xlarge 3.776 24xlarge 5.664
m5a | large 0.106 xlarge 0.212 2xlarge 0.424 4xlarge 0.848 8xlarge 1.696 12xlarge 2.544 16xlarge 3.392 24xlarge 5.088
m6g | medium 0.047 large 0.094 xlarge 0.188 2xlarge 0.376 4xlarge 0.752 8xlarge 1.504 12xlarge 2.256 16xlarge 3.008
m6i | large 0.118 xlarge 0.236 2xlarge 0.472 4xlarge 0.944 8xlarge 1.888 12xlarge 2.832 16xlarge 3.776 24xlarge 5.664
m7g | medium 0.0502 large 0.1003 2xlarge 0.4012 4xlarge 0.8024 8xlarge 1.6048 12xlarge 2.4072 16xlarge 3.2096
m7i | large 0.1239 xlarge 0.2478 2xlarge 0.4956 4xlarge 0.9912 8xlarge 1.9824 12xlarge 2.9736 16xlarge 3.9648 24xlarge 5.9472
m7i-flex | large 0.11771 xlarge 0.23542 2xlarge 0.47084 4xlarge 0.94168 8xlarge 1.88336
m8g | medium 0.05517 large 0.11034 xlarge 0.22068 2xlarge 0.44136 4xlarge 0.88272 8xlarge 1.76544 12xlarge 2.64816 16xlarge 3.53088 24xlarge 5.29632
r7i | large 0.1596 xlarge 0.3192 2xlarge 0.6384 4xlarge 1.2768 8xlarge 2.5536 12xlarge 3.8304 16xlarge 5.1072 24xlarge 7.6608
r8g | medium 0.07106 large 0.14212 xlarge 0.28424 2xlarge 0.56848 4xlarge 1.13696 8xlarge 2.27392 12xlarge 3.41088 16xlarge 4.54784 24xlarge 6.82176
r8i | large 0.16758 xlarge 0.33516 2xlarge 0.67032 4xlarge 1.34064 8xlarge 2.68128 12xlarge 4.02192 16xlarge 5.36256 24xlarge 8.04384
g2  | 2xlarge 0.898 8xlarge 3.592
g4dn | xlarge 0.647 2xlarge 0.925 4xlarge 1.481 8xlarge 2.677
`;

/** RDS is Single-AZ; Multi-AZ is asked twice. MySQL and MariaDB have one price. */
const MYSQL = `
m4  | large 0.241 xlarge 0.483 2xlarge 0.966 4xlarge 1.933 10xlarge 4.833 16xlarge 7.712
m5  | large 0.236 xlarge 0.472 2xlarge 0.944 4xlarge 1.888 8xlarge 3.78 12xlarge 5.664 16xlarge 7.55 24xlarge 11.328
m6g | large 0.21 xlarge 0.42 2xlarge 0.839 4xlarge 1.678 8xlarge 3.356 12xlarge 5.035 16xlarge 6.713
m6i | large 0.236 xlarge 0.472 2xlarge 0.944 4xlarge 1.888 8xlarge 3.776 12xlarge 5.664 16xlarge 7.552 24xlarge 11.328
t3  | micro 0.026 small 0.052 medium 0.104 large 0.208 xlarge 0.416
t4g | micro 0.025 small 0.051 medium 0.102 large 0.203 xlarge 0.406 2xlarge 0.813
`;
const POSTGRES = `
m4  | large 0.252 xlarge 0.504 2xlarge 1.008 4xlarge 2.016 10xlarge 5.041 16xlarge 8.064
m5  | large 0.247 xlarge 0.494 2xlarge 0.988 4xlarge 1.976 8xlarge 3.952 12xlarge 5.928 16xlarge 7.904 24xlarge 11.856
m6g | large 0.221 xlarge 0.441 2xlarge 0.883 4xlarge 1.765 8xlarge 3.53 12xlarge 5.295 16xlarge 7.06
m6i | large 0.247 xlarge 0.494 2xlarge 0.988 4xlarge 1.976 8xlarge 3.952 12xlarge 5.928 16xlarge 7.904 24xlarge 11.856
t3  | micro 0.028 small 0.056 medium 0.112 large 0.224 xlarge 0.448
t4g | xlarge 0.406 2xlarge 0.813
`;

export const AP_NORTHEAST_2: readonly PriceRow[] = [
  ...machines(list('2025-10-06'), 'ec2', [''], EC2),
  ...machines(list('2025-08-28'), 'rds', ['mysql/db.', 'mariadb/db.'], MYSQL),
  ...machines(list('2025-08-28'), 'rds', ['postgres/db.'], POSTGRES),
  ...machines(list('2026-10-05'), 'rds', ['postgres/db.'], 't4g | micro 0.025 small 0.051 medium 0.102 large 0.203'),
  ...machines(list('2026-10-01'), 'elasticache', ['redis/cache.'], 't4g | micro 0.024\nr7g | large 0.262'),
  ...machines(list('2026-10-01'), 'elasticache', ['valkey/cache.'], 't4g | micro 0.0192\nr7g | large 0.2096'),
  ...others(
    list('2026-10-05'),
    `
ebs | gp3 | GB-month | 0.0912
rds-storage | gp3 | GB-month | 0.131
elb | alb-hour | hour | 0.0225
elb | alb-lcu-hour | LCU-hour | 0.008
nat | hour | hour | 0.059
nat | gb | GB | 0.059
ipv4 | public-address | hour | 0.005
fargate | vcpu-hour | vCPU-hour | 0.04656
fargate | gb-hour | GB-hour | 0.00511
fargate | arm-vcpu-hour | vCPU-hour | 0.03725
fargate | arm-gb-hour | GB-hour | 0.00409
s3 | standard | GB-month | 0.025
s3 | put-1000 | thousand | 0.0045
transfer | internet-gb | GB | 0.126
logs | ingest-gb | GB | 0.76
cloudwatch | alarm | alarm-month | 0.1
lambda | request-million | million | 0.2
lambda | gb-second | GB-second | 0.0000166667
sqs | standard-million | million | 0.4
secretsmanager | secret | secret-month | 0.4
`,
  ),
  ...others(
    list('2026-10-01'),
    `
ebs | gp2 | GB-month | 0.114
rds-storage | gp2 | GB-month | 0.131
elb | nlb-hour | hour | 0.0225
elb | nlb-lcu-hour | LCU-hour | 0.006
elb | clb-hour | hour | 0.025
vpc-endpoint | interface-hour | hour | 0.013
vpc-endpoint | gb | GB | 0.01
`,
  ),
];
