import { describe, expect, it } from 'vitest';
import { credentialReports, parseCredentialReport } from './credential-report.ts';
import { ACCOUNT, answersOf } from './testing.ts';

const HEADER =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service';
const ANA =
  'ana,arn:aws:iam::111122223333:user/ana,2020-01-02T03:04:05+00:00,true,no_information,N/A,N/A,false,' +
  'true,2020-01-02T03:04:05+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A';
const REPORT = `${HEADER}\n${ANA}\n`;

describe('the credential report', () => {
  it('keeps "never" and "not known" apart', () => {
    const [ana] = parseCredentialReport(REPORT).rows;
    expect(ana).toMatchObject({ user: 'ana', passwordEnabled: true, passwordLastUsed: null, mfa: false });
    expect(ana?.keys[0]).toEqual({
      active: true,
      created: '2020-01-02T03:04:05.000Z',
      lastUsed: null,
      lastUsedService: null,
    });
    expect(ana?.keys[1]).toEqual({
      active: false,
      created: undefined,
      lastUsed: undefined,
      lastUsedService: undefined,
    });
  });

  it.each([
    ['text', REPORT],
    ['base64', Buffer.from(REPORT).toString('base64')],
    ['the bytes of the SDK', { $bytes: Buffer.from(REPORT).toString('base64') }],
  ])('reads its content as %s', (_, Content) => {
    const report = credentialReports(answersOf({ 'iam:GetCredentialReport': { Content } })).get(ACCOUNT);
    expect([...(report?.users.keys() ?? [])]).toEqual(['ana']);
  });

  it('tells a report that is none, and a line that does not fit, with its place', () => {
    const broken = answersOf({ 'iam:GetCredentialReport': { Content: 'hello' } });
    expect(credentialReports(broken).size).toBe(0);
    expect(broken.notices).toMatchObject([{ code: 'wrongType', path: expect.stringMatching(/Content$/) }]);
    expect(parseCredentialReport(`${REPORT}bob,arn`).problems).toEqual([
      'line 3 of the report has 2 fields where 18 belong',
    ]);
    expect(parseCredentialReport('user,arn\nana,x').problems[0]).toContain('mfa_active');
  });
});
