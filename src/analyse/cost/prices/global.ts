/** Prices that are the same in every region that Underpin knows, and of services that have no region. */
import type { PriceRow } from '../price.ts';
import { others } from './rows.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-2'];

/** Not `global`: a region that is not in the list may ask more, and stays unknown. */
const EVERYWHERE = `
ipv4 | public-address | hour | 0.005
sqs | standard-million | million | 0.4
sqs | fifo-million | million | 0.5
lambda | request-million | million | 0.2
lambda | gb-second | GB-second | 0.0000166667
lambda | arm-gb-second | GB-second | 0.0000133334
cloudwatch | alarm | alarm-month | 0.1
secretsmanager | secret | secret-month | 0.4
kms | key | key-month | 1
`;

export const GLOBAL_PRICES: readonly PriceRow[] = [
  ...REGIONS.flatMap((region) => others({ region, asOf: '2025-06-01' }, EVERYWHERE)),
  ...others(
    { region: 'global', asOf: '2025-06-01' },
    `
route53 | zone | zone-month | 0.5
cloudfront | gb-us-eu | GB | 0.085
cloudfront | gb-korea | GB | 0.12
cloudfront | https-10000 | ten thousand | 0.01
`,
  ),
];
