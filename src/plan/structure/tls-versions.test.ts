import { expect, it } from 'vitest';
import { oldVersions } from './tls-versions.ts';

it.each([
  ['ELBSecurityPolicy-2016-08', ['TLS 1.0', 'TLS 1.1']],
  ['ELBSecurityPolicy-FS-2018-06', ['TLS 1.0', 'TLS 1.1']],
  ['ELBSecurityPolicy-TLS-1-0-2015-04', ['TLS 1.0', 'TLS 1.1']],
  ['ELBSecurityPolicy-TLS13-1-0-2021-06', ['TLS 1.0', 'TLS 1.1']],
  ['ELBSecurityPolicy-FS-1-1-2019-08', ['TLS 1.1']],
  ['ELBSecurityPolicy-TLS-1-1-2017-01', ['TLS 1.1']],
  ['ELBSecurityPolicy-TLS-1-2-Ext-2018-06', []],
  ['ELBSecurityPolicy-TLS13-1-2-2021-06', []],
  ['ELBSecurityPolicy-TLS13-1-3-2021-06', []],
  ['a policy of one’s own', undefined],
  [undefined, undefined],
] as const)('%s takes %s', (sslPolicy, versions) => {
  expect(oldVersions({ sslPolicy })).toEqual(versions);
});
