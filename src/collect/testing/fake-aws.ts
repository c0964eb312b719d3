/** A server that talks as AWS does (query, EC2, JSON and REST-XML), on a port of this machine. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the SDK asks: `service:Operation` where the protocol names it, else `service:METHOD /path`. */
export interface Asked {
  readonly name: string;
  readonly region: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly url: string;
}

export interface Reply {
  readonly status?: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeAws {
  readonly url: string;
  readonly asked: readonly Asked[];
  readonly close: () => Promise<void>;
}

/** Undefined: refused, in the words of the protocol. Null: no answer, ever. */
export type Answering = (asked: Asked) => Reply | null | undefined;

type Protocol = 'ec2' | 'query' | 'json' | 'xml';

export async function fakeAws(answering: Answering): Promise<FakeAws> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { told, protocol } = understood(request, Buffer.concat(chunks).toString('utf8'));
      asked.push(told);
      const reply = answering(told);
      if (reply === null) return;
      const { status = 200, body, headers } = reply ?? refusal(protocol, 'AccessDenied', `not allowed: ${told.name}`);
      const type = protocol === 'json' ? 'application/x-amz-json-1.1' : 'text/xml';
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const REST_XML = new Set(['s3', 'route53', 'cloudfront']);

function understood(request: IncomingMessage, body: string): { told: Asked; protocol: Protocol } {
  const [, region = '', service = ''] = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(
    request.headers.authorization ?? '',
  ) ?? ['', '', ''];
  const url = request.url ?? '';
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string')
    return {
      told: { name: `${service}:${target.split('.').pop()}`, region, parameters: json(body), url },
      protocol: 'json',
    };
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const parameters = Object.fromEntries(new URLSearchParams(body));
    const name = `${service}:${parameters.Action}`;
    return { told: { name, region, parameters, url }, protocol: service === 'ec2' ? 'ec2' : 'query' };
  }
  const name = `${service}:${request.method} ${url.replace(/[?&]x-id=\w+/, '')}`;
  return { told: { name, region, parameters: {}, url }, protocol: REST_XML.has(service) ? 'xml' : 'json' };
}

function json(body: string): Readonly<Record<string, string>> {
  const parsed: unknown = JSON.parse(body === '' ? '{}' : body);
  return Object.fromEntries(Object.entries(parsed ?? {}).map(([key, value]) => [key, String(value)]));
}

function refusal(protocol: Protocol, code: string, message: string, status = 403): Reply {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  switch (protocol) {
    case 'json':
      return {
        status,
        body: JSON.stringify({ __type: `${code}Exception`, message }),
        headers: { 'x-amzn-errortype': `${code}Exception` },
      };
    case 'ec2':
      return { status, body: `<Response><Errors>${error}</Errors><RequestID>1</RequestID></Response>` };
    case 'query':
      return { status, body: `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>` };
    case 'xml':
      return { status, body: error };
  }
}

/** EC2's and the query services' "slow down". */
export const throttled = (service: string): Reply =>
  refusal(
    service === 'ec2' ? 'ec2' : 'query',
    service === 'ec2' ? 'RequestLimitExceeded' : 'Throttling',
    'Rate exceeded',
    503,
  );

export const ec2 = (operation: string, inner: string): Reply => ({
  body: `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${inner}</${operation}Response>`,
});

export const query = (operation: string, inner: string): Reply => ({
  body: `<${operation}Response><${operation}Result>${inner}</${operation}Result></${operation}Response>`,
});
