import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readInventory } from '../../format.ts';
import { adopt } from '../adopt.ts';
import { refusedBy } from '../testing.ts';
import { adopter } from './distribution.ts';

const file = 'src/inventory/adopt/examples/edge.json';
const { entries } = readInventory(file, JSON.parse(readFileSync(file, 'utf8')));

it('writes the whole configuration, and no value of a secret header', () => {
  const one = adopt(entries).resources.find(({ type }) => type === adopter.types[0]);
  expect(one?.inputs).toMatchObject({
    aliases: ['cdn.example.com'],
    httpVersion: 'http2',
    priceClass: 'PriceClass_All',
    retainOnDelete: false,
    waitForDeployment: true,
    origins: [
      { originId: 's3', originAccessControlId: 'EOAC' },
      { originId: 'alb', customHeaders: [{ name: 'x-secret', value: { $secret: '<redacted>' } }] },
      { originId: 'v', vpcOriginConfig: { vpcOriginId: 'vo_1' } },
    ],
    orderedCacheBehaviors: [{ pathPattern: '/api/*', forwardedValues: { queryString: true, headers: ['*'] } }],
    customErrorResponses: [{ errorCode: 404, responseCode: 200, responsePagePath: '/index.html' }],
  });
  expect(one?.options.ignoreChanges).toEqual(['origins[1].customHeaders']);
});

it('does not adopt what only the list tells, since the list leaves settings out', () => {
  const Items = [{ Id: 'E1', DomainName: 'd1.cloudfront.net' }];
  expect(refusedBy(adopter, { 'cloudfront:ListDistributions': { DistributionList: { Items } } })).toEqual([
    'cloudfront:GetDistributionConfig was not read, and the list leaves settings out',
  ]);
});
