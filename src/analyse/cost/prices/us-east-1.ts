/** us-east-1. On-demand, Linux, before any discount or free tier. Where each group was read: README.md. */
import type { PriceRow } from '../price.ts';
import { machines, others } from './rows.ts';

const region = 'us-east-1';
const list = (asOf: string) => ({ region, asOf, checked: 'priceList' }) as const;

const EC2 = `
t1  | micro 0.02
t2  | nano 0.0058 micro 0.0116 small 0.023 medium 0.0464 large 0.0928 xlarge 0.1856 2xlarge 0.3712
t3  | nano 0.0052 micro 0.0104 small 0.0208 medium 0.0416 large 0.0832 xlarge 0.1664 2xlarge 0.3328
t3a | nano 0.0047 micro 0.0094 small 0.0188 medium 0.0376 large 0.0752 xlarge 0.1504 2xlarge 0.3008
t4g | nano 0.0042 micro 0.0084 small 0.0168 medium 0.0336 large 0.0672 xlarge 0.1344 2xlarge 0.2688
m1  | small 0.044 medium 0.087 large 0.175 xlarge 0.35
m2  | xlarge 0.245 2xlarge 0.49 4xlarge 0.98
m3  | medium 0.067 large 0.133 xlarge 0.266 2xlarge 0.532
m4  | large 0.1 xlarge 0.2 2xlarge 0.4 4xlarge 0.8 10xlarge 2 16xlarge 3.2
m5  | large 0.096 xlarge 0.192 2xlarge 0.384 4xlarge 0.768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072 24xlarge 4.608
m5a | large 0.086 xlarge 0.172 2xlarge 0.344 4xlarge 0.688 8xlarge 1.376 12xlarge 2.064
m6g | medium 0.0385 large 0.077 xlarge 0.154 2xlarge 0.308 4xlarge 0.616 8xlarge 1.232 12xlarge 1.848 16xlarge 2.464
m6i | large 0.096 xlarge 0.192 2xlarge 0.384 4xlarge 0.768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072 24xlarge 4.608
m7g | medium 0.0408 large 0.0816 xlarge 0.1632 2xlarge 0.3264 4xlarge 0.6528 8xlarge 1.3056 12xlarge 1.9584 16xlarge 2.6112
m7i | large 0.1008 xlarge 0.2016 2xlarge 0.4032 4xlarge 0.8064 8xlarge 1.6128 12xlarge 2.4192 16xlarge 3.2256 24xlarge 4.8384
c1  | medium 0.13 xlarge 0.52
c3  | large 0.105 xlarge 0.21 2xlarge 0.42 4xlarge 0.84 8xlarge 1.68
c4  | large 0.1 xlarge 0.199 2xlarge 0.398 4xlarge 0.796 8xlarge 1.591
c5  | large 0.085 xlarge 0.17 2xlarge 0.34 4xlarge 0.68 9xlarge 1.53 12xlarge 2.04 18xlarge 3.06 24xlarge 4.08
c6g | medium 0.034 large 0.068 xlarge 0.136 2xlarge 0.272 4xlarge 0.544 8xlarge 1.088 12xlarge 1.632 16xlarge 2.176
c6i | large 0.085 xlarge 0.17 2xlarge 0.34 4xlarge 0.68 8xlarge 1.36 12xlarge 2.04 16xlarge 2.72
c7g | medium 0.0363 large 0.0725 xlarge 0.145 2xlarge 0.29 4xlarge 0.58 8xlarge 1.16 12xlarge 1.74 16xlarge 2.32
c7i | large 0.08925 xlarge 0.1785 2xlarge 0.357 4xlarge 0.714 8xlarge 1.428 12xlarge 2.142 16xlarge 2.856
r3  | large 0.166 xlarge 0.333 2xlarge 0.665 4xlarge 1.33 8xlarge 2.66
r4  | large 0.133 xlarge 0.266 2xlarge 0.532 4xlarge 1.064 8xlarge 2.128 16xlarge 4.256
r5  | large 0.126 xlarge 0.252 2xlarge 0.504 4xlarge 1.008 8xlarge 2.016 12xlarge 3.024 16xlarge 4.032 24xlarge 6.048
r6g | medium 0.0504 large 0.1008 xlarge 0.2016 2xlarge 0.4032 4xlarge 0.8064 8xlarge 1.6128 12xlarge 2.4192 16xlarge 3.2256
r6i | large 0.126 xlarge 0.252 2xlarge 0.504 4xlarge 1.008 8xlarge 2.016 12xlarge 3.024 16xlarge 4.032
r7g | medium 0.0536 large 0.1071 xlarge 0.2142 2xlarge 0.4284 4xlarge 0.8568 8xlarge 1.7136 12xlarge 2.5704 16xlarge 3.4272
r7i | large 0.1323 xlarge 0.2646 2xlarge 0.5292 4xlarge 1.0584 8xlarge 2.1168 12xlarge 3.1752 16xlarge 4.2336
cr1 | 8xlarge 3.5
i2  | xlarge 0.853 2xlarge 1.705 4xlarge 3.41 8xlarge 6.82
i3  | large 0.156 xlarge 0.312 2xlarge 0.624 4xlarge 1.248 8xlarge 2.496 16xlarge 4.992
i4g | large 0.15444 xlarge 0.30888 2xlarge 0.61776 4xlarge 1.23552 8xlarge 2.47104 16xlarge 4.94208
i4i | large 0.172 xlarge 0.343 2xlarge 0.686 4xlarge 1.373 8xlarge 2.746 12xlarge 4.118 16xlarge 5.491
g2  | 2xlarge 0.65 8xlarge 2.6
g4dn | xlarge 0.526 2xlarge 0.752 4xlarge 1.204 8xlarge 2.176
m7i-flex | large 0.09576 xlarge 0.19152 2xlarge 0.38304 4xlarge 0.76608 8xlarge 1.53216
m8g | medium 0.04488 large 0.08976 xlarge 0.17952 2xlarge 0.35904 4xlarge 0.71808
c8g | medium 0.03988 large 0.07976 xlarge 0.15952 2xlarge 0.31904 4xlarge 0.63808
r8g | medium 0.05891 large 0.11782 xlarge 0.23564 2xlarge 0.47128 4xlarge 0.94256
`;

/** RDS is Single-AZ; Multi-AZ is asked twice. MySQL and MariaDB have one price. */
const MYSQL = `
t2  | xlarge 0.272
t3  | micro 0.017 small 0.034 medium 0.068 large 0.136 xlarge 0.272 2xlarge 0.544
t4g | micro 0.016 small 0.032 medium 0.065 large 0.129 xlarge 0.258 2xlarge 0.517
m5  | large 0.171 xlarge 0.342 2xlarge 0.684 4xlarge 1.368 8xlarge 2.74
m6g | large 0.152 xlarge 0.304 2xlarge 0.608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864
m7g | large 0.168 xlarge 0.337 2xlarge 0.674 4xlarge 1.348 8xlarge 2.696 12xlarge 4.044 16xlarge 5.392
r5  | large 0.24 xlarge 0.48 8xlarge 3.84
`;
const POSTGRES = `
t2  | xlarge 0.29
t3  | micro 0.018 small 0.036 medium 0.072 large 0.145 xlarge 0.29 2xlarge 0.579
t4g | micro 0.016 small 0.032 medium 0.065 large 0.129 xlarge 0.258 2xlarge 0.517
m5  | large 0.178 xlarge 0.356 2xlarge 0.712 4xlarge 1.424 8xlarge 2.848
m6g | large 0.159 xlarge 0.318 2xlarge 0.636 4xlarge 1.272 8xlarge 2.544 12xlarge 3.816 16xlarge 5.088
m7g | large 0.168 xlarge 0.337 2xlarge 0.674 4xlarge 1.348 8xlarge 2.696 12xlarge 4.044 16xlarge 5.392
r5  | large 0.25 xlarge 0.5 4xlarge 2 8xlarge 4
`;

const REDIS = `
t2  | micro 0.017 small 0.034 medium 0.068
t3  | micro 0.017 small 0.034 medium 0.068
t4g | micro 0.016 small 0.032 medium 0.065
m4  | large 0.156 xlarge 0.311 2xlarge 0.623 4xlarge 1.245 10xlarge 3.112
m5  | large 0.156 xlarge 0.311 2xlarge 0.623 4xlarge 1.245 12xlarge 3.744 24xlarge 7.488
m6g | large 0.149 xlarge 0.297 2xlarge 0.593 4xlarge 1.186 8xlarge 2.372 12xlarge 3.557 16xlarge 4.743
m7g | large 0.158 xlarge 0.315 2xlarge 0.629 4xlarge 1.257 8xlarge 2.514 12xlarge 3.77 16xlarge 5.028
r4  | large 0.228 xlarge 0.455 2xlarge 0.91 4xlarge 1.82 8xlarge 3.64 16xlarge 7.28
r5  | large 0.216 xlarge 0.431 2xlarge 0.862 4xlarge 1.724 12xlarge 5.184 24xlarge 10.368
r6g | large 0.206 xlarge 0.411 2xlarge 0.821 4xlarge 1.642 8xlarge 3.284 12xlarge 4.925 16xlarge 6.567
r7g | large 0.219 xlarge 0.437 2xlarge 0.873 4xlarge 1.745 8xlarge 3.491 12xlarge 5.235 16xlarge 6.981
`;
const VALKEY = `
t3  | micro 0.0136 small 0.0272 medium 0.0544
t4g | micro 0.0128 small 0.0256 medium 0.052
m5  | large 0.1248 xlarge 0.2488
m6g | large 0.1192 xlarge 0.2376
m7g | large 0.1264 xlarge 0.252
r5  | large 0.1728 xlarge 0.3448
r6g | large 0.1648 xlarge 0.3288
r7g | large 0.1752 xlarge 0.3496
`;

export const US_EAST_1: readonly PriceRow[] = [
  ...machines(list('2026-01-19'), 'ec2', [''], EC2),
  ...machines(list('2025-08-28'), 'rds', ['mysql/db.', 'mariadb/db.'], MYSQL),
  ...machines(list('2025-08-28'), 'rds', ['postgres/db.'], POSTGRES),
  ...machines(list('2026-10-02'), 'elasticache', ['redis/cache.'], REDIS),
  ...machines(list('2026-10-02'), 'elasticache', ['valkey/cache.'], VALKEY),
  ...others(
    list('2026-08-12'),
    `
rds-storage | gp3 | GB-month | 0.115
elb | alb-hour | hour | 0.0225
elb | alb-lcu-hour | LCU-hour | 0.008
nat | hour | hour | 0.045
nat | gb | GB | 0.045
ipv4 | public-address | hour | 0.005
fargate | vcpu-hour | vCPU-hour | 0.04048
fargate | gb-hour | GB-hour | 0.004445
fargate | arm-vcpu-hour | vCPU-hour | 0.03238
fargate | arm-gb-hour | GB-hour | 0.00356
vpc-endpoint | interface-hour | hour | 0.01
s3 | standard | GB-month | 0.023
s3 | put-1000 | thousand | 0.005
s3 | get-1000 | thousand | 0.0004
`,
  ),
  ...others(
    list('2026-07-31'),
    `
dynamodb | rcu-hour | RCU-hour | 0.00013
dynamodb | wcu-hour | WCU-hour | 0.00065
dynamodb | read-million | million | 0.125
dynamodb | write-million | million | 0.625
`,
  ),
  ...others(list('2026-09-11'), 'sqs | standard-million | million | 0.4'),
  ...others(list('2023-11-26'), 'logs | ingest-gb | GB | 0.5'),
  ...others(list('2020-12-01'), 'ebs | gp3 | GB-month | 0.08\nebs | st1 | GB-month | 0.045'),
  ...others({ region, asOf: '2018-11-27', checked: 'bill' }, 'ebs | gp2 | GB-month | 0.1'),
  ...others({ region, asOf: '2026-10-06', checked: 'page' }, 'secretsmanager | secret | secret-month | 0.4'),
];
