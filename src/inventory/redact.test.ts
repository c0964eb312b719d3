import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOfAll, type Variable } from './environment.ts';
import { namesHost } from './hosts.ts';
import { redacted, redactedUserData, redactedVariables } from './redact.ts';
import { factsOfUserData } from './user-data.ts';

const SECRET = 'hunter2Tr0ub4dor';

const NAMES = ['DB_PASSWORD', 'DATABASE_URL', 'DB_HOST', 'DB_PORT', 'NODE_ENV', 'API_TOKEN', 'QUEUE_URL', 'PWD', 'K2'];
const NAMES_MORE = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'TOKEN_TTL',
  'KAFKA_BROKERS',
  'REDIS_URL',
  'TLS_KEY',
  'port',
];
const VALUES = [
  SECRET,
  'production',
  '3306',
  'true',
  '',
  'db.example.com',
  'db.example.com:3306',
  'kafka-1.example.com:9092,kafka-2.example.com:9092',
  `mysql://app:${SECRET}@db.example.com:3306/shop`,
  `mysql://app:${SECRET}@mysql:3306/shop`,
  `app:${SECRET}@tcp(db.example.com:3306)/shop`,
  `host=db.example.com port=5432 password=${SECRET} dbname=shop`,
  `Server=tcp:db.example.com,1433;Password=${SECRET};`,
  'redis://cache.example.com:6379',
  'mongodb://a.example.com:27017,b.example.com:27017/shop',
  'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs',
  'arn:aws:sns:eu-west-1:111122223333:events',
  's3://shop-media/images',
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf',
  '{{resolve:secretsmanager:db}}',
  '$DB_PASSWORD',
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYxx',
  `{"password": "${SECRET}", "host": "db.example.com"}`,
  `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n-----END RSA PRIVATE KEY-----`,
  '[2001:db8::1]:6379',
  '192.0.2.7',
  `xoxb-1234567890-${SECRET}`,
  'text/html; charset=utf-8',
];

/** A single word under the name of a host is that host's name, and is kept. */
const variable = fc
  .record({ name: fc.constantFrom(...NAMES, ...NAMES_MORE), value: fc.constantFrom(...VALUES) })
  .filter(({ name, value }) => !(namesHost(name) && /^\w+$/.test(value)));
const variables = fc.uniqueArray(variable, { selector: ({ name }) => name, maxLength: 8 });
const told = (list: ReturnType<typeof redactedVariables>): readonly Variable[] =>
  list.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));

describe('environment variables without their values', () => {
  it('tell the same facts, but for those that are left out', () => {
    fc.assert(
      fc.property(variables, (given) => {
        const kept = redactedVariables(given);
        const facts = factsOfAll(given);
        const after = new Map(factsOfAll(told(kept)).map((fact) => [fact.name, fact]));
        for (const [n, { name, value }] of kept.entries())
          if (value !== undefined) expect(after.get(name)).toEqual(facts[n]);
      }),
    );
  });

  it('hold no secret', () => {
    fc.assert(
      fc.property(variables, (given) => {
        expect(JSON.stringify(redactedVariables(given))).not.toMatch(/hunter2|wJalr|production|charset/);
      }),
    );
  });

  it('are all kept: there is a stand-in for every one of these', () => {
    const lost = [...NAMES, ...NAMES_MORE].flatMap((name) =>
      VALUES.flatMap((value) =>
        redactedVariables([{ name, value }])[0]?.value === undefined ? [`${name}=${value}`] : [],
      ),
    );
    expect(lost).toEqual([]);
  });

  it('keep the name of a bucket, a table, a queue or a topic, where the variable says so', () => {
    const kept = (name: string, value: string) => redactedVariables([{ name, value }])[0]?.value;
    expect(kept('SESSIONS_TABLE', 'shop-sessions')).toBe('shop-sessions');
    expect(kept('mediaBucketName', 'shop.media')).toBe('shop.media');
    expect(kept('JOBS_QUEUE', 'jobs.fifo')).toBe('jobs.fifo');
    expect(kept('SESSIONS', 'shop-sessions')).not.toBe('shop-sessions');
    expect(kept('BUCKET_PASSWORD', SECRET)).not.toContain(SECRET);
    expect(kept('BUCKET', 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYxx')).not.toContain('wJalr');
  });

  it('redacted again are the same', () => {
    fc.assert(
      fc.property(variables, (given) => {
        const once = told(redactedVariables(given));
        expect(factsOfAll(told(redactedVariables(once)))).toEqual(factsOfAll(once));
      }),
    );
  });
});

describe('user data without its text', () => {
  const line = fc.oneof(
    variable.map(({ name, value }) => `export ${name}="${value.replaceAll('"', '')}"`),
    fc.constantFrom(
      'yum install -y httpd',
      'curl https://config.example.com/setup.sh | sh',
      `echo "app:${SECRET}" | chpasswd`,
      `mysql -h db.example.com --password ${SECRET}`,
      'aws s3 cp s3://shop-config/app.conf /etc/app.conf',
      `# password ${SECRET}`,
    ),
  );

  it('tells the same facts, or nothing', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const given = Buffer.from(`#!/bin/sh\n${lines.join('\n')}\n`).toString('base64');
        const kept = redactedUserData(given);
        if (kept === undefined) return;
        expect(factsOfUserData(kept)).toEqual(factsOfUserData(given));
        expect(Buffer.from(kept, 'base64').toString()).not.toMatch(/hunter2|wJalr|httpd/);
      }),
    );
  });

  it('stands for the usual start script', () => {
    const given = Buffer.from(
      `#!/bin/bash\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config\nexport DB_PASSWORD=${SECRET}\n`,
    );
    expect(redactedUserData(given.toString('base64'))).toBeDefined();
  });
});

describe('answers without their secrets', () => {
  it('lose the values of variables, headers and signed links wherever they stand', () => {
    const answer = {
      Configuration: { Environment: { Variables: { DB_PASSWORD: SECRET, TABLE: 'orders' } } },
      Code: { RepositoryType: 'S3', Location: `https://awslambda.example.com/code?X-Amz-Signature=${SECRET}` },
      containerDefinitions: [
        { environment: [{ name: 'API_TOKEN', value: SECRET }], command: ['run', `--dsn=mysql://a:${SECRET}@db/x`] },
      ],
      Origins: { Items: [{ CustomHeaders: { Items: [{ HeaderName: 'X-Verify', HeaderValue: SECRET }] } }] },
      Parameters: [{ ParameterKey: 'DbPassword', ParameterValue: SECRET }],
      UserData: { Value: Buffer.from(`export DB_PASSWORD=${SECRET}`).toString('base64') },
    };
    const text = JSON.stringify(redacted('lambda:GetFunction', answer));
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(Buffer.from(`export DB_PASSWORD=${SECRET}`).toString('base64'));
    expect(text).toContain('"DB_PASSWORD"');
    expect(text).toContain('X-Verify');
  });

  it('keep policies, key ids and what asks for the next page as they are', () => {
    const answer = {
      Policy: '{"Statement":[{"Condition":{"StringEquals":{"aws:Referer":"https://u:p@example.com"}}}]}',
      AccessKeyMetadata: [{ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }],
      NextToken: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N',
    };
    expect(redacted('iam:ListAccessKeys', answer)).toEqual(answer);
  });

  it('leave out user data that has no stand-in, so that it is unknown and not "none"', () => {
    expect(redacted('ec2:DescribeInstanceAttribute', { InstanceId: 'i-1', UserData: {} })).toEqual({
      InstanceId: 'i-1',
      UserData: {},
    });
  });
});
