import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancerLine, bucketLine, distributionLayout, distributionLine } from './access-logs.ts';
import { LONGEST, lines, records } from './chunks.ts';
import { Hours, Limited, Times } from './counting.ts';
import { DEFAULT_LAYOUT, type FlowRecord, isDefaultLine, isForward, layoutIn, parse } from './flow-log.ts';
import { networkOf } from './lookups.ts';
import { callOf, jsonRecord } from './trail.ts';

const V2 =
  '2 111122223333 eni-1235b8ca123456789 192.0.2.15 10.0.0.31 49761 3306 6 20 4249 1418530010 1418530070 ACCEPT OK';

describe('flow logs', () => {
  it('reads the default format, also with the time that CloudWatch writes before it', () => {
    for (const line of [V2, `2014-12-14T04:06:50.000Z ${V2}`]) {
      expect(isDefaultLine(line)).toBe(true);
      expect(parse(line, DEFAULT_LAYOUT)).toMatchObject({
        type: 'flow',
        record: { eni: 'eni-1235b8ca123456789', from: '192.0.2.15', toPort: 3306, packets: 20, accepted: true },
      });
    }
  });

  it('reads a custom format by its header, with fields of later versions in any order', () => {
    const layout = layoutIn(
      'vpc-id interface-id tcp-flags srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status reject-reason',
    );
    expect(layout?.lacks).toEqual([]);
    const line =
      'vpc-abcdefab012345678 eni-0a 2 2001:db8::1 2001:db8:1::2 40000 443 6 3 180 1418530010 1418530070 REJECT OK BPA';
    expect(layout && parse(line, layout)).toMatchObject({
      record: { vpc: 'vpc-abcdefab012345678', tcpFlags: 2, accepted: false, from: '2001:db8::1' },
    });
  });

  it('says what a header lacks', () => {
    expect(layoutIn('interface-id start end bytes')?.lacks).toContain('srcaddr');
  });

  it('knows records without data, and those that AWS skipped', () => {
    const rest = '- - - - - - - 1431280876 1431280934 -';
    expect(parse(`2 111122223333 eni-1a ${rest} NODATA`, DEFAULT_LAYOUT)).toMatchObject({
      type: 'none',
      eni: 'eni-1a',
    });
    expect(parse(`2 111122223333 eni-1a ${rest} SKIPDATA`, DEFAULT_LAYOUT)).toMatchObject({ type: 'skipped' });
  });

  it('tells the caller by the first packet, by who listens, by the ports, in this order, or not at all', () => {
    const record = (fields: Partial<FlowRecord>): FlowRecord => ({
      eni: 'eni-1',
      vpc: '',
      from: '10.0.0.1',
      to: '10.0.0.2',
      fromPort: 50_000,
      toPort: 50_001,
      protocol: 6,
      packets: 1,
      bytes: 1,
      start: 0,
      end: 1,
      accepted: true,
      tcpFlags: undefined,
      ...fields,
    });
    const nobody = { from: false, to: false };
    expect(isForward(record({ tcpFlags: 2, fromPort: 80 }), nobody)).toBe(true);
    expect(isForward(record({ tcpFlags: 19, toPort: 80 }), nobody)).toBe(false);
    expect(isForward(record({}), { from: true, to: false })).toBe(false);
    expect(isForward(record({ toPort: 443 }), nobody)).toBe(true);
    expect(isForward(record({ fromPort: 8080 }), nobody)).toBe(false);
    expect(isForward(record({}), nobody)).toBeUndefined();
  });

  it('reads back every record that it could write, and no line with a word less', () => {
    const address = fc.oneof(fc.ipV4(), fc.constantFrom('2001:db8::1', '2001:db8:ffff::7'));
    const port = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(address, address, port, port, fc.nat(1e9), fc.boolean(), (from, to, fromPort, toPort, bytes, yes) => {
        const words = `2 111122223333 eni-0f ${from} ${to} ${fromPort} ${toPort} 17 1 ${bytes} 1600000000 1600000060 ${yes ? 'ACCEPT' : 'REJECT'} OK`;
        expect(parse(words, DEFAULT_LAYOUT)).toMatchObject({
          type: 'flow',
          record: { from, to, fromPort, toPort, bytes, accepted: yes },
        });
        expect(parse(words.replace(/ \S+$/, ''), DEFAULT_LAYOUT)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe('access logs', () => {
  const rest =
    '0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/?token=x HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:111122223333:targetgroup/t/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"';

  it('reads application, network and classic load balancers', () => {
    const time = Date.parse('2018-07-02T22:23:00Z') / 1000;
    expect(
      balancerLine(`http 2018-07-02T22:23:00.186641Z app/web/50dc6c495c0c9188 192.0.2.131:2817 10.0.0.1:80 ${rest}`),
    ).toEqual({ balancer: 'app/web/50dc6c495c0c9188', time, client: '192.0.2.131' });
    expect(
      balancerLine(
        'tls 2.0 2018-07-02T22:23:00 net/nlb/c6e77e28c25b2234 g3d4b5e8bb8464cd 192.0.2.131:51341 10.0.0.1:443 5 2 98 246 - arn - ECDHE tlsv12 - nlb.example.com - - - 2020-04-01T08:51:20',
      ),
    ).toEqual({ balancer: 'net/nlb/c6e77e28c25b2234', time, client: '192.0.2.131' });
    expect(
      balancerLine(
        '2018-07-02T22:23:00.945958Z my-classic [2001:db8::9]:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -',
      ),
    ).toEqual({ balancer: 'my-classic', time, client: '2001:db8::9' });
  });

  const s3 = (requester: string, agent = 'curl/7.15.1'): string =>
    `79a59df900b949e5 media-example [06/Feb/2019:00:00:38 +0000] 192.0.2.3 ${requester} 3E57427F3EXAMPLE REST.GET.OBJECT photos/cat.jpg?versionId=secret "GET /photos/cat.jpg?X-Amz-Signature=secret HTTP/1.1" 200 - 113 113 7 5 "https://user@blog.example.com/post?id=secret" "${agent}" - hostid= SigV4 ECDHE-RSA AuthHeader media-example.s3.us-west-1.amazonaws.com TLSV1.2 arn:aws:s3:us-west-1:111122223333:accesspoint/example Yes`;

  it('reads S3, with quotes inside of quotes, and keeps no query string', () => {
    for (const agent of ['curl/7.15.1', 'an "odd" one']) {
      const line = bucketLine(s3('-', agent));
      expect(line).toMatchObject({
        bucket: 'media-example',
        requester: null,
        object: 'photos/cat.jpg',
        referer: 'blog.example.com',
        status: 200,
        time: Date.parse('2019-02-06T00:00:38Z') / 1000,
      });
      expect(JSON.stringify(line)).not.toContain('secret');
    }
    expect(bucketLine(s3('svc:cloudfront.amazonaws.com'))?.requester).toBe('svc:cloudfront.amazonaws.com');
  });

  it('reads CloudFront by the fields that the file names', () => {
    const layout = distributionLayout(
      '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status',
    );
    const line = '2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td111111abcdef8.cloudfront.net\t/index.html\t503';
    expect(layout && distributionLine(line, layout)).toEqual({
      host: 'd111111abcdef8.cloudfront.net',
      time: Date.parse('2019-12-04T21:02:31Z') / 1000,
      status: 503,
    });
  });

  it('makes nothing of hostile lines, and does not fall over them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const line of [text, `http ${text}`, `tls 2.0 ${text}`, `a [${text}] "${text}`]) {
          balancerLine(line);
          bucketLine(line);
          parse(line, DEFAULT_LAYOUT);
          layoutIn(line);
          jsonRecord(line);
        }
      }),
    );
  });
});

describe('CloudTrail', () => {
  const event = {
    eventTime: '2026-11-01T10:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'us-east-1',
    recipientAccountId: '111122223333',
    errorCode: 'AccessDenied',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/web/session',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/web' } },
    },
  };

  it('counts a session as its role, and knows refused calls', () => {
    expect(callOf(event)).toEqual({
      time: Date.parse(event.eventTime) / 1000,
      place: '111122223333/us-east-1',
      principal: 'arn:aws:iam::111122223333:role/web',
      key: null,
      action: 's3:ListBuckets',
      denied: true,
    });
  });

  it('reads the answer of lookup-events, too', () => {
    expect(jsonRecord(JSON.stringify({ EventId: 'x', CloudTrailEvent: JSON.stringify(event) }))).toMatchObject({
      type: 'call',
    });
  });
});

describe('pieces', () => {
  const cut = (text: string, at: readonly number[]): readonly string[] => {
    const marks = [0, ...[...at].map((n) => n % (text.length + 1)).sort((a, b) => a - b), text.length];
    return marks.slice(1).map((mark, n) => text.slice(marks[n] ?? 0, mark));
  };

  it('give the same lines wherever they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z "{}]{0,20}$/)), fc.array(fc.nat()), (all, at) => {
        const found: string[] = [];
        const sink = lines(
          (line) => found.push(line),
          () => {},
        );
        for (const piece of cut(all.map((line) => `${line}\r\n`).join(''), at)) sink.push(piece);
        expect(sink.end()).toBe(false);
        expect(found).toEqual(all);
      }),
    );
  });

  it('give the same records wherever they are cut, whatever is in their texts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }))),
        fc.array(fc.nat()),
        (all, at) => {
          const found: unknown[] = [];
          const sink = records(
            (text) => found.push(JSON.parse(text)),
            () => {},
          );
          for (const piece of cut(JSON.stringify({ Records: all }), at)) sink.push(piece);
          expect(sink.end()).toBe(false);
          expect(found).toEqual(JSON.parse(JSON.stringify(all)));
        },
      ),
    );
  });

  it('are never held longer than one line may be, and what is longer is counted and skipped', () => {
    const found: string[] = [];
    let long = 0;
    const sink = lines(
      (line) => found.push(line),
      () => {
        long += 1;
      },
    );
    sink.push('first\n');
    for (let n = 0; n < 10; n++) sink.push('x'.repeat(LONGEST / 2));
    sink.push('\nlast\n');
    expect({ found, long }).toEqual({ found: ['first', 'last'], long: 1 });
    let longRecord = 0;
    const objects: string[] = [];
    const json = records(
      (text) => objects.push(text),
      () => {
        longRecord += 1;
      },
    );
    json.push('{"Records":[{"a":"');
    for (let n = 0; n < 10; n++) json.push('x'.repeat(LONGEST / 2));
    json.push('"},{"b":1}]}');
    expect({ objects, longRecord }).toEqual({ objects: ['{"b":1}'], longRecord: 1 });
  });

  it('say when a file of records ends in the middle', () => {
    const sink = records(
      () => {},
      () => {},
    );
    sink.push('{"Records":[{"a":1},{"b":');
    expect(sink.end()).toBe(true);
  });
});

describe('what is kept', () => {
  it('is bounded, and what has no room is counted', () => {
    const limited = new Limited(3, () => new Times());
    for (let n = 0; n < 1000; n++) limited.of(`key ${n % 10}`)?.add(n);
    expect(limited.map.size).toBe(3);
    expect(limited.leftOut).toBe(700);
  });

  it('knows the hours without a record, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1 }), (list) => {
        const hours = new Hours();
        for (const hour of list) hours.add(hour * 3600 + 5, hour * 3600 + 65);
        const there = new Set(list);
        const gone = hours.gaps().flatMap(({ from, to }) => {
          const [a, b] = [Date.parse(from) / 3_600_000, Date.parse(to) / 3_600_000];
          return Array.from({ length: b - a }, (_, n) => a + n);
        });
        const [least, most] = [Math.min(...list), Math.max(...list)];
        const expected = Array.from({ length: most - least + 1 }, (_, n) => least + n).filter((n) => !there.has(n));
        expect(gone).toEqual(expected);
      }),
    );
  });

  it('is the network of a visitor, never the address', () => {
    expect(networkOf('198.51.100.77')).toBe('198.51.100.0/24');
    expect(networkOf('2001:db8:1:2:3::4')).toBe('2001:db8:1::/48');
  });
});
