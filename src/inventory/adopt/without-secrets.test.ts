import { describe, expect, it } from 'vitest';
import { factsOfAll } from '../environment.ts';
import { factsOfUserData } from '../user-data.ts';
import { withoutSecretsIn } from './user-data.ts';
import { withoutSecrets } from './without-secrets.ts';

describe('an environment without its secrets', () => {
  it.each([
    ['a password', [['DB_PASSWORD', 'correct-horse']], 'correct-horse'],
    ['a connection string', [['DATABASE_URL', 'mysql://app:correct-horse@db.example.com:3306/shop']], 'correct-horse'],
    ['a token', [['WEBHOOK', `ghp_${'a1B2'.repeat(9)}`]], 'a1B2'],
    [
      'an access key',
      [
        ['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE'],
        ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
      ],
      'wJalr',
    ],
    [
      'a secret key that only its form gives away',
      [
        ['ID', 'AKIAIOSFODNN7EXAMPLE'],
        ['OTHER', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
      ],
      'wJalr',
    ],
  ] as const)('tells the same of %s, and not what it is', (_what, pairs, secret) => {
    const variables = pairs.map(([name, value]) => ({ name, value }));
    const safe = withoutSecrets(variables);
    expect(safe?.changed).toBe(true);
    expect(JSON.stringify(safe)).not.toContain(secret);
    expect(factsOfAll(safe?.variables ?? [])).toEqual(factsOfAll(variables));
  });

  it('is told as it is when it holds none', () => {
    const variables = [{ name: 'DB_HOST', value: 'db.example.com' }];
    expect(withoutSecrets(variables)).toEqual({ variables, changed: false });
  });

  it('says that a value which was blacked out before is not what AWS has', () => {
    expect(withoutSecrets([{ name: 'DB_PASSWORD', value: '<redacted>' }])?.changed).toBe(true);
  });
});

describe('user data without its secrets', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  it('tells the same', () => {
    const script = base64('#!/bin/bash\nexport DB_HOST=db.example.com\nexport DB_PASSWORD=correct-horse\n');
    const safe = withoutSecretsIn(script);
    expect(Buffer.from(safe?.text ?? '', 'base64').toString()).toBe(
      '#!/bin/bash\nexport DB_HOST=db.example.com\nexport DB_PASSWORD=<redacted>\n',
    );
    expect(factsOfUserData(safe?.text ?? '')).toEqual(factsOfUserData(script));
  });

  it.each([
    ['mysql -u root -pcorrect-horse -h db.example.com'],
    ['curl -u robot:correct-horse https://config.example.com/setup.sh'],
    ['curl -H "Authorization: Bearer correct-horse" https://config.example.com/setup.sh'],
    ['# DB_PASSWORD=correct-horse'],
    ['printf "password: correct-horse" > /etc/app.conf'],
    ['docker run -e DB_PASSWORD=correct-horse shop'],
    ['aws configure set aws_secret_access_key correct-horse'],
  ])('does not hold the password of `%s`', (line) => {
    const safe = withoutSecretsIn(base64(`#!/bin/bash\n${line}\n`));
    expect(safe?.changed ?? true).toBe(true);
    expect(Buffer.from(safe?.text ?? '', 'base64').toString()).not.toContain('correct-horse');
  });

  it('stays as it is where a password is a variable, or comes from elsewhere', () => {
    const script = base64('#!/bin/bash\ncurl -u "$USER:$PASS" https://config.example.com/\nmkdir -p /srv/mysql/data\n');
    expect(withoutSecretsIn(script)).toEqual({ text: script, changed: false });
  });

  it('is not told when a secret can not be told from the rest', () => {
    expect(withoutSecretsIn(base64('#!/bin/bash\necho "root:correct-horse" | chpasswd\n'))).toBeUndefined();
  });
});
