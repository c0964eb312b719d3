import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOfUserData, REST } from './user-data.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const facts = (text: string) => factsOfUserData(base64(text));
const named = (text: string, name: string) => facts(text).find((fact) => fact.name === name);

describe('user data', () => {
  it('tells the variables a start script sets, with their hosts and whether one is a secret', () => {
    const script = `#!/bin/bash
echo ECS_CLUSTER=shop >> /etc/ecs/ecs.config
export DB_PASSWORD=plaintext-password
export DB_HOST="db.example.com"
echo "REDIS_HOST=cache.example.com" >> /etc/environment
docker run -e API_TOKEN='abc' shop
`;
    expect(
      facts(script).map(({ name, credential, hosts }) => [name, credential, hosts.map(({ host }) => host)]),
    ).toEqual([
      ['ECS_CLUSTER', 'none', []],
      ['DB_PASSWORD', 'literal', []],
      ['DB_HOST', 'none', ['db.example.com']],
      ['REDIS_HOST', 'none', ['cache.example.com']],
      ['API_TOKEN', 'literal', []],
    ]);
  });

  it('knows configuration files and options', () => {
    expect(named('aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n', REST)?.accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
    expect(
      named('aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key')?.credential,
    ).toBe('literal');
    expect(named('password: hunter2hunter2', 'password')?.credential).toBe('literal');
    expect(named('setup --db-password hunter2hunter2', 'db-password')?.credential).toBe('literal');
    expect(named('echo "root:hunter2hunter2" | chpasswd', REST)?.credential).toBe('literal');
  });

  it('tells the hosts that commands call, once', () => {
    const fact = named(
      'curl -sSL https://get.example.com/install.sh | sh\ncurl https://get.example.com/next.sh | sh',
      REST,
    );
    expect(fact?.hosts).toEqual([{ host: 'get.example.com', port: undefined, scheme: 'https' }]);
    expect(fact?.credential).toBe('none');
  });

  it('reads compressed user data, and gives nothing for what is no text', () => {
    expect(factsOfUserData(gzipSync('export DB_PASSWORD=abc').toString('base64'))).toHaveLength(1);
    expect(factsOfUserData(gzipSync('export A=b').subarray(0, 12).toString('base64'))).toEqual([]);
    expect(facts('')).toEqual([]);
  });

  it('says that a private key is there and shows no part of it', () => {
    const text = `cat > key.pem <<EOF
-----BEGIN RSA PRIVATE KEY-----
MIIEowIBAAKCAQEAabcdefghijkSECRETLINEONEabcdefghijk
U0VDUkVU==
-----END RSA PRIVATE KEY-----
EOF`;
    expect(facts(text).some((fact) => fact.credential === 'literal')).toBe(true);
    expect(JSON.stringify(facts(text))).not.toMatch(/SECRETLINE|U0VDUkVU/);
  });

  it('never holds a secret, wherever in a script it stands', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9+/]{18,40}={0,2}$/);
    const line = fc.constantFrom(
      (s: string) => `export DB_PASSWORD=${s}`,
      (s: string) => `DB_PASSWORD="${s}"`,
      (s: string) => `password: ${s}`,
      (s: string) => `mysql --password ${s} -h db.example.com`,
      (s: string) => `mysql --password=${s}`,
      (s: string) => `curl https://app:${s.replaceAll('/', '')}@get.example.com/`,
      (s: string) => `echo "root:${s}" | chpasswd`,
      (s: string) => s,
      (s: string) => `echo ${s} | base64 -d`,
      (s: string) => `  token = "${s}"`,
    );
    fc.assert(
      fc.property(secret, fc.array(line, { minLength: 1, maxLength: 3 }), (value, lines) => {
        const text = JSON.stringify(facts(lines.map((make) => make(value)).join('\n')));
        expect(text).not.toContain(value.replace(/=+$/, ''));
      }),
    );
  });
});
