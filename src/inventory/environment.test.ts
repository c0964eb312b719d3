import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factOfReference, factsOf, factsOfAll } from './environment.ts';

const host = (name: string, value: string): string[] =>
  factsOf(name, value).hosts.map(
    ({ host, port, scheme }) =>
      `${scheme === undefined ? '' : `${scheme}://`}${host}${port === undefined ? '' : `:${port}`}`,
  );

/** A value that the shell fills in. */
const shell = (name: string): string => `${'$'}{${name}}`;

describe('hosts of a value', () => {
  it.each([
    ['DB_HOST', 'shop.abc123.eu-west-1.rds.amazonaws.com', ['shop.abc123.eu-west-1.rds.amazonaws.com']],
    ['DB_HOST', 'Shop.Example.COM.', ['shop.example.com']],
    ['DB_HOST', 'shop.example.com:3306', ['shop.example.com:3306']],
    ['REDIS_HOST', 'redis', ['redis']],
    ['PGHOST', 'postgres', ['postgres']],
    [
      'DATABASE_URL',
      'postgres://app:s3cr3t@db.example.com:5432/shop?sslmode=require',
      ['postgres://db.example.com:5432'],
    ],
    ['DATABASE_URL', 'mysql+pymysql://app:p%40ss@db.example.com/shop', ['mysql+pymysql://db.example.com']],
    ['SPRING_DATASOURCE_URL', 'jdbc:mysql://db.example.com:3306/shop?useSSL=true', ['mysql://db.example.com:3306']],
    ['JDBC', 'jdbc:sqlserver://db.example.com:1433;databaseName=shop', ['sqlserver://db.example.com:1433']],
    ['JDBC', 'jdbc:oracle:thin:@db.example.com:1521:ORCL', ['oracle://db.example.com:1521']],
    [
      'MONGO_URL',
      'mongodb://a.example.com:27017,b.example.com:27018/shop',
      ['mongodb://a.example.com:27017', 'mongodb://b.example.com:27018'],
    ],
    ['KAFKA_BROKERS', 'b-1.example.com:9092,b-2.example.com:9092', ['b-1.example.com:9092', 'b-2.example.com:9092']],
    ['REDIS_URL', 'rediss://:pw@cache.example.com:6379/0', ['rediss://cache.example.com:6379']],
    ['DSN', 'app:pw@tcp(db.example.com:3306)/shop', ['db.example.com:3306']],
    ['CONNECTION', 'host=db.example.com port=5432 dbname=shop user=app', ['db.example.com:5432']],
    ['SQL', 'Server=tcp:db.example.com,1433;Database=shop;User Id=app', ['db.example.com:1433']],
    ['PAYMENT_API', 'https://api.payment.example/v1', ['https://api.payment.example']],
    ['PEER_ADDRESS', '10.0.3.7:8080', ['10.0.3.7:8080']],
    ['IPV6_URL', 'http://[2001:db8::1]:8080/', ['http://2001:db8::1:8080']],
    [
      'CONFIG',
      '{"db":{"host":"shop.abc.eu-west-1.rds.amazonaws.com","port":3306}}',
      ['shop.abc.eu-west-1.rds.amazonaws.com'],
    ],
    ['TEAM', 'https://example.com/@team', ['https://example.com']],
  ])('%s=%s', (name, value, hosts) => {
    expect(host(name, value)).toEqual(hosts);
  });

  it.each([
    ['NODE_ENV', 'production'],
    ['JAR', 'application.jar'],
    ['HANDLER', 'index.handler'],
    ['APP_VERSION', '1.2.3.4'],
    ['ALLOWED_CIDR', '10.0.0.0/16'],
    ['PORT', '8080'],
    ['DB_HOST', ''],
    ['DB_HOST', shell('DB_HOST')],
    ['CONFIG_FILE', 'file:///etc/shop.conf'],
    ['LOG_LEVEL', 'com.example.shop=debug'],
  ])('none in %s=%s', (name, value) => {
    expect(host(name, value)).toEqual([]);
  });

  it('takes the port from the variable beside it', () => {
    const facts = factsOfAll([
      { name: 'DB_HOST', value: 'db.example.com' },
      { name: 'DB_PORT', value: '3307' },
      { name: 'REDIS_HOST', value: 'cache.example.com:6380' },
      { name: 'REDIS_PORT', value: '6379' },
      { name: 'PGHOST', value: 'postgres' },
      { name: 'PGPORT', value: '5433' },
    ]);
    expect(facts.map((fact) => fact.hosts[0]?.port)).toEqual([3307, undefined, 6380, undefined, 5433, undefined]);
  });

  it('does not take a piece of a password with odd characters for a host', () => {
    const text = JSON.stringify(
      factsOf('DATABASE_URL', 'postgres://app:p@ss/wo#rd.example.org@db.example.com:5432/shop'),
    );
    expect(text).not.toContain('ss/');
    expect(text).not.toContain('"ss"');
    expect(text).not.toContain('example.org');
    expect(text).toContain('db.example.com');
  });
});

describe('ARNs of a value', () => {
  it('finds ARNs, and makes them of queue URLs and bucket URLs', () => {
    const arns = (value: string) => factsOf('X', value).arns;
    expect(arns('arn:aws:sns:eu-west-1:111122223333:orders')).toEqual(['arn:aws:sns:eu-west-1:111122223333:orders']);
    expect(arns('https://sqs.eu-west-1.amazonaws.com/111122223333/jobs')).toEqual([
      'arn:aws:sqs:eu-west-1:111122223333:jobs',
    ]);
    expect(arns('s3://shop-media/images')).toEqual(['arn:aws:s3:::shop-media']);
    expect(arns('arn:aws:sns:eu-west-1:111122223333:a,arn:aws:sns:eu-west-1:111122223333:b')).toEqual([
      'arn:aws:sns:eu-west-1:111122223333:a',
      'arn:aws:sns:eu-west-1:111122223333:b',
    ]);
    expect(arns('arn:aws:sns:eu-west-1:111122223333:a,password=hunter2')).toEqual([
      'arn:aws:sns:eu-west-1:111122223333:a',
    ]);
  });
});

describe('credentials', () => {
  it.each([
    ['DB_PASSWORD', 'plaintext-password'],
    ['DB_PASSWORD', 'changeme'],
    ['DB_PASSWORD', '<redacted>'],
    ['DB_PASSWORD', '***'],
    ['dbPassword', 'hunter2'],
    ['DB_PASSWORD_PROD', 'hunter2'],
    ['PGPASSWORD', 'hunter2'],
    ['DBPASS', 'hunter2'],
    ['SECRET_KEY_BASE', 'hunter2'],
    ['AUTHORIZATION', 'Basic YXBwOmh1bnRlcjI='],
    ['MYSQL_ROOT_PASSWORD', '12345678'],
    ['JWT_SECRET', 'abc'],
    ['STRIPE_API_KEY', 'abc'],
    ['GITHUB_TOKEN', 'abc'],
    ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE'],
    ['DATABASE_URL', 'postgres://app:s3cr3t@db.example.com/shop'],
    ['DSN', 'app:pw@tcp(db.example.com:3306)/shop'],
    ['SQL', 'Server=db.example.com;User Id=app;Password=pw1;'],
    ['SPRING_DATASOURCE_URL', 'jdbc:mysql://db.example.com/shop?user=app&password=pw1'],
    ['CONFIG', '{"user":"app","password":"pw1"}'],
    ['KEY', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----'],
    ['X', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLWhlcmU'],
    ['X', 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'],
    ['WEBHOOK', 'https://hooks.slack.com/services/T000/B000/XXXX'],
    ['X', 'sk_live_0123456789abcdef'],
  ])('%s=%s is written out', (name, value) => {
    expect(factsOf(name, value).credential).toBe('literal');
  });

  it.each([
    ['PWD', '/app'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', shell('DB_PASSWORD')],
    ['DB_PASSWORD', '<your password>'],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['PASSWORD_MIN_LENGTH', '8'],
    ['TOKEN_TTL', '3600'],
    ['SECRET_NAME', 'prod/db'],
    ['TOKEN_URL', 'https://auth.example.com/token'],
    ['USE_TOKEN', 'true'],
    ['DATABASE_URL', 'postgres://app@db.example.com/shop'],
    ['DATABASE_URL', `postgres://app:${shell('DB_PASSWORD')}@db.example.com/shop`],
    ['BYPASS_CACHE', '1'],
    ['COMPASS', 'north'],
    ['KEYBOARD', 'us'],
    ['NODE_ENV', 'production'],
  ])('%s=%s is none', (name, value) => {
    expect(factsOf(name, value).credential).toBe('none');
  });

  it('names the access key, and sees the secret half beside it whatever its name', () => {
    const facts = factsOfAll([
      { name: 'S3_ID', value: 'AKIAIOSFODNN7EXAMPLE' },
      { name: 'S3_OTHER', value: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    ]);
    expect(facts.map((fact) => [fact.credential, fact.accessKeyId])).toEqual([
      ['literal', 'AKIAIOSFODNN7EXAMPLE'],
      ['literal', undefined],
    ]);
  });

  it('knows a reference to Secrets Manager or Parameter Store', () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf';
    expect(factOfReference('DB_PASSWORD', secret)).toMatchObject({
      credential: 'reference',
      valueFrom: secret,
      arns: [secret],
    });
    expect(factsOf('DB_PASSWORD', secret)).toMatchObject({ credential: 'reference', valueFrom: secret });
    expect(factOfReference('DB_PASSWORD', '/prod/db')).toMatchObject({
      credential: 'reference',
      valueFrom: '/prod/db',
      arns: [],
    });
  });
});

describe('a secret never gets into a fact', () => {
  const name = fc.constantFrom(
    'DB_PASSWORD',
    'API_TOKEN',
    'dbSecret',
    'PRIVATE_KEY',
    'DB_HOST_PASSWORD',
    'JWT_SECRET_KEY',
  );
  // what passwords are made of, dots, slashes, colons and at-signs included; long enough to be no part of a name
  const secret = fc
    .array(fc.constantFrom(...'abcXYZ019!#$%&*()_+-=./:@,;[]{}~^'), { minLength: 14, maxLength: 40 })
    .map((letters) => letters.join(''))
    .filter((text) => !/^(?:\$|<|%|@|\{)/.test(text));

  it('as the value of a variable named so', () => {
    fc.assert(
      fc.property(name, secret, (variable, value) => {
        expect(JSON.stringify(factsOf(variable, value))).not.toContain(JSON.stringify(value).slice(1, -1));
      }),
    );
  });

  it('as the password of a URL, whose host is kept', () => {
    const password = fc.stringMatching(/^[A-Za-z0-9!$%&*()_+.=~^-]{14,40}$/);
    const form = fc.constantFrom(
      (pw: string) => `postgres://app:${pw}@db.example.com:5432/shop`,
      (pw: string) => `jdbc:mysql://db.example.com:5432/shop?user=app&password=${pw}`,
      (pw: string) => `app:${pw}@tcp(db.example.com:5432)/shop`,
      (pw: string) => `host=db.example.com port=5432 user=app password=${pw}`,
      (pw: string) => `mongodb://app:${pw}@db.example.com:5432,db2.example.com:5432/shop`,
    );
    fc.assert(
      fc.property(password, form, (pw, make) => {
        const fact = factsOf('DATABASE_DSN', make(pw));
        expect(JSON.stringify(fact)).not.toContain(pw);
        expect(fact.hosts).toContainEqual(expect.objectContaining({ host: 'db.example.com', port: 5432 }));
      }),
    );
  });

  it('no fragment of a password with separators in it', () => {
    const piece = fc.stringMatching(/^[a-z0-9]{8,12}$/);
    fc.assert(
      fc.property(
        piece,
        piece,
        fc.constantFrom('@', '/', '#', '?', ':', '@/', '/@', ':@'),
        fc.constantFrom('postgres', 'mysql', 'amqp', 'https'),
        (left, right, between, scheme) => {
          const fact = JSON.stringify(
            factsOf('SERVICE_URL', `${scheme}://app:${left}${between}${right}@db.example.com:5432/shop`),
          );
          expect(fact).not.toContain(left);
          expect(fact).not.toContain(right);
        },
      ),
    );
  });

  it('as a value of a variable that says nothing of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9!$%&*()_+=~^-]{14,60}$/), (value) => {
        expect(JSON.stringify(factsOf('SETTING', value))).not.toContain(value);
      }),
    );
  });
});
