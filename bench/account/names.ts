/** Invented names and ids; the same number gives the same id. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] as const;
export const DOMAIN = 'example.com';

/** `subnet-0000000000000002a` and the like. */
export const awsId = (prefix: string, n: number): string => `${prefix}-0${n.toString(16).padStart(16, '0')}`;

export const arn = (service: string, resource: string, region: string = REGION): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;

export const roleArn = (name: string): string => arn('iam', `role/${name}`, '');

/** An address of a /16 that starts at 10.`network`.0.0; subnets are its /19s. */
export const address = (network: number, subnet: number, host: number): string =>
  `10.${network % 256}.${subnet * 32 + Math.floor(host / 250)}.${(host % 250) + 4}`;

export const tags = (environment: string, name: string): readonly { Key: string; Value: string }[] => [
  { Key: 'Name', Value: name },
  { Key: 'Environment', Value: environment },
];
