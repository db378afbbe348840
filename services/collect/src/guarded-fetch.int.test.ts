import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createGuardedFetch, type GuardSettings } from './guarded-fetch.ts';
import { isListedHost, isPublicAddress } from './public-address.ts';
import { startServer } from './servers.fixture.ts';

const guard = (more: Partial<GuardSettings> = {}) =>
  createGuardedFetch({
    hosts: ['127.0.0.1', 'localhost'],
    privateNetworks: true,
    bytes: 2_000_000,
    seconds: 2,
    ratio: 20,
    redirects: 3,
    ...more,
  });

describe('isPublicAddress', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'ff02::1',
    'nonsense',
  ])('is false for %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('is true for %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

test('isListedHost matches whole names, and names below one with a leading dot', () => {
  expect(['a.example.org', 'example.org', 'badexample.org', 'b.a.example.org'].map((host) => isListedHost(host, ['.example.org']))).toEqual(
    [true, false, false, true],
  );
  expect(isListedHost('example.org', ['EXAMPLE.org'])).toBe(true);
});

describe('createGuardedFetch', () => {
  test('gives a whole answer, unpacked', async () => {
    await using server = await startServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', etag: '"1"' }).end(gzipSync('hello')),
    );
    const answer = await guard()(server.url, {});

    expect(answer).toMatchObject({ kind: 'answered', status: 200, headers: { etag: '"1"' } });
    expect(answer.kind === 'answered' ? new TextDecoder().decode(answer.bytes) : '').toBe('hello');
  });

  test.each([
    ['a host that is not listed', 'http://metadata.internal/', 'not on the list'],
    ['a file', 'file:///etc/passwd', 'http or https'],
    ['a user name in the address', 'http://a:b@127.0.0.1/', 'user name'],
    ['nonsense', 'nonsense', 'http or https'],
  ])('refuses %s', async (_what, url, reason) => {
    expect(await guard()(url, {})).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
  });

  test('refuses a listed host at a private address, unless private networks are allowed', async () => {
    await using server = await startServer((_request, response) => response.end('secret'));
    const local = server.url.replace('127.0.0.1', 'localhost');

    expect(await guard({ privateNetworks: false })(local, {})).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('not on the public internet'),
    });
    expect(await guard()(local, {})).toMatchObject({ kind: 'answered' });
  });

  test('checks every redirect anew', async () => {
    await using server = await startServer((request, response) =>
      response.writeHead(302, { location: request.url === '/out' ? 'http://169.254.169.254/latest' : '/again' }).end(),
    );

    expect(await guard()(`${server.url}/out`, {})).toMatchObject({ kind: 'refused', reason: expect.stringContaining('not on the list') });
    expect(await guard({ hosts: ['127.0.0.1', '169.254.169.254'], privateNetworks: false })(`${server.url}/out`, {})).toMatchObject({
      kind: 'refused',
    });
    expect(await guard()(`${server.url}/in`, {})).toMatchObject({ kind: 'refused', reason: expect.stringContaining('redirects') });
  });

  test('takes our secrets off when a redirect leads to another host', async () => {
    let seen: string | undefined;
    await using other = await startServer((request, response) => {
      seen = request.headers.authorization;
      response.end('x');
    });
    await using server = await startServer((_request, response) => response.writeHead(307, { location: other.url }).end());

    expect(await guard()(server.url, { authorization: 'Bearer x' })).toMatchObject({ kind: 'answered' });
    expect(seen).toBeUndefined();
  });

  test.each([
    [
      'announces more than we take',
      (response: import('node:http').ServerResponse) => response.writeHead(200, { 'content-length': '3000000' }).write('x'),
      'larger than',
    ],
    ['sends more than we take', (response: import('node:http').ServerResponse) => response.end(Buffer.alloc(3_000_000)), 'larger than'],
    [
      'sends a gzip bomb',
      (response: import('node:http').ServerResponse) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_900_000))),
      'times its size',
    ],
    [
      'sends an encoding that nobody asked for',
      (response: import('node:http').ServerResponse) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'),
      'was not asked for',
    ],
  ])('refuses a server that %s', async (_what, misbehave, reason) => {
    await using server = await startServer((_request, response) => void misbehave(response));

    expect(await guard()(server.url, {})).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
  });

  test.each([
    ['never answers', () => undefined, 'within'],
    [
      'breaks off',
      (response: import('node:http').ServerResponse) =>
        response.writeHead(200, { 'content-length': '10' }).write('x', () => response.destroy()),
      'broke off',
    ],
    [
      'sends broken gzip',
      (response: import('node:http').ServerResponse) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip'),
      'failed',
    ],
  ])('fails, to be tried again, when a server %s', async (_what, misbehave, reason) => {
    await using server = await startServer((_request, response) => void misbehave(response));

    expect(await guard({ seconds: 1 })(server.url, {})).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(`${reason}|aborted|socket`),
    });
  });
});
