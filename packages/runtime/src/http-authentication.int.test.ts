import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultAudiences, Limits } from './config.ts';
import { keyFileOf } from './first-keys.ts';
import { createHttpApp, type HttpApp } from './http-app.ts';
import { openKeyRing } from './key-ring.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { OidcSettings } from './oidc-settings.ts';
import { createReadiness } from './readiness.ts';
import { createTokenVerifier, remoteKeys } from './token-verifier.ts';

const claims = { samenhang_role: 'analyst', samenhang_audiences: ['ras-community', 'nobody'] };

/** An issuer that publishes keys over HTTP, and may change or withhold them. */
async function startIssuer() {
  const published: { keys: JWK[]; status: number } = { keys: [], status: 200 };
  const server = createServer((_request, response) => {
    response.writeHead(published.status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published.keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const url = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/keys`;
  return { published, url, close: () => server.close() };
}

describe('authentication over HTTP', async () => {
  const [first, second, other] = [
    await generateKeyPair('ES256', { extractable: true }),
    await generateKeyPair('RS256', { extractable: true }),
    await generateKeyPair('ES256'),
  ];
  const publicPem = new TextEncoder().encode(await exportSPKI(first.publicKey));
  const publicJwk = await exportJWK(first.publicKey);
  const directory = mkdtempSync(join(tmpdir(), 'authentication-'));
  const keyFile = keyFileOf(directory);
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  let settings: OidcSettings;
  let app: HttpApp;
  let url: string;

  beforeAll(async () => {
    issuer = await startIssuer();
    issuer.published.keys = [{ ...publicJwk, kid: 'k1', alg: 'ES256' }];
    settings = OidcSettings.parse({ issuer: 'https://id.example', audience: 'samenhang', jwksUri: issuer.url });
    app = await createHttpApp({
      name: 'test',
      logger: createLogger('test', 'silent'),
      keys: openKeyRing(keyFile),
      tokens: createTokenVerifier(settings, remoteKeys(issuer.url, 0)),
      audiences: defaultAudiences,
      readiness: createReadiness(),
      metrics: createMetrics(),
      limits: Limits.parse({}),
    });
    app.get('/v1/whoami', { config: { roles: ['analyst'] } }, async ({ principal }) => ({
      name: principal?.name,
      audience: principal?.audience?.id,
      audiences: principal?.audiences.map(({ id }) => id),
    }));
    app.get('/v1/operate', { config: { roles: ['operator'] } }, async () => ({}));
    app.get('/basic', { config: { roles: ['analyst'], basic: true } }, async ({ principal }) => ({ name: principal?.name }));
    url = await app.listen({ host: '127.0.0.1', port: 0 });
  });

  afterAll(async () => {
    await app.close();
    issuer.close();
    rmSync(directory, { recursive: true });
  });

  const token = (change: (jwt: SignJWT) => SignJWT = (jwt) => jwt, header: Partial<JWTHeaderParameters> = {}, own: object = claims) =>
    change(
      new SignJWT({ ...own })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header })
        .setIssuer(settings.issuer)
        .setAudience(settings.audience)
        .setSubject('ann')
        .setExpirationTime('5m'),
    );
  const ask = (path: string, authorization?: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { headers: { ...(authorization === undefined ? {} : { authorization }), ...headers } });
  const good = () => token().sign(first.privateKey);

  it('takes a token of the issuer, for the audiences that its claim names and that there are', async () => {
    const answer = await ask('/v1/whoami', `Bearer ${await good()}`);

    expect(await answer.json()).toEqual({ name: 'ann', audience: 'ras-community', audiences: ['ras-community'] });
    const forbidden = await ask('/v1/whoami', `Bearer ${await good()}`, { 'samenhang-audience': 'fusion-cell' });
    expect(forbidden.status).toBe(403);
    expect((await ask('/v1/operate', `Bearer ${await good()}`)).status).toBe(403);
  });

  it.each<[string, () => Promise<string> | string]>([
    [
      'without a signature (none)',
      () =>
        new UnsecuredJWT(claims)
          .setIssuer(settings.issuer)
          .setAudience(settings.audience)
          .setSubject('ann')
          .setExpirationTime('5m')
          .encode(),
    ],
    [
      'whose header was changed to none',
      async () => (await good()).replace(/^[^.]+/, Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')),
    ],
    ['signed with the public key as a secret (HS256)', () => token(undefined, { alg: 'HS256' }).sign(publicPem)],
    ['signed with another key', () => token().sign(other.privateKey)],
    [
      'whose claims were changed',
      async () => (await good()).replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"eve"}').toString('base64url')}.`),
    ],
    ['of another issuer', () => token((jwt) => jwt.setIssuer('https://evil.example')).sign(first.privateKey)],
    ['for another audience', () => token((jwt) => jwt.setAudience('other')).sign(first.privateKey)],
    ['that has expired', () => token((jwt) => jwt.setExpirationTime('-5m')).sign(first.privateKey)],
    ['that is not valid yet', () => token((jwt) => jwt.setNotBefore('5m')).sign(first.privateKey)],
    ['with an unknown key id', () => token(undefined, { kid: 'k9' }).sign(other.privateKey)],
    ['that brings the address of its keys (jku)', () => token(undefined, { jku: 'https://evil.example/keys' }).sign(first.privateKey)],
    ['that brings its key (jwk)', () => token(undefined, { jwk: publicJwk }).sign(first.privateKey)],
    ['that brings the address of its certificate (x5u)', () => token(undefined, { x5u: 'https://evil.example/c' }).sign(first.privateKey)],
    ['with critical headers', () => token(undefined, { crit: ['b64'], b64: true }).sign(first.privateKey)],
    ['with a role that there is not', () => token(undefined, {}, { samenhang_role: 'root' }).sign(first.privateKey)],
    ['that is oversized', () => token(undefined, {}, { ...claims, filler: 'x'.repeat(9_000) }).sign(first.privateKey)],
    ['that is noise', () => 'a.b.c'],
  ])('answers 401 to a token %s, and tells nothing of why', async (_what, make) => {
    const answer = await ask('/v1/whoami', `Bearer ${await make()}`);

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    const absent = await ask('/v1/whoami');
    expect(await answer.text()).toBe(await absent.text());
  });

  it('takes a token of a key that the issuer published later, and no more of one that it took back', async () => {
    const rotated = await token(undefined, { alg: 'RS256', kid: 'k2' }).sign(second.privateKey);
    const before = await good();
    expect((await ask('/v1/whoami', `Bearer ${rotated}`)).status).toBe(401);

    issuer.published.keys = [{ ...(await exportJWK(second.publicKey)), kid: 'k2', alg: 'RS256' }];

    expect((await ask('/v1/whoami', `Bearer ${rotated}`)).status).toBe(200);
    expect((await ask('/v1/whoami', `Bearer ${before}`)).status).toBe(401);
    issuer.published.keys = [{ ...publicJwk, kid: 'k1', alg: 'ES256' }];
  });

  it('says that the issuer does not answer rather than that the token is wrong', async () => {
    issuer.published.status = 500;

    expect((await ask('/v1/whoami', `Bearer ${await token(undefined, { kid: 'k3' }).sign(first.privateKey)}`)).status).toBe(503);
    issuer.published.status = 200;
  });

  it('stops taking a key with the very next request after another process revoked it', async () => {
    const elsewhere = openKeyRing(keyFile);
    const { key, record } = elsewhere.create({ name: 'k', role: 'analyst', audiences: ['public'], sources: [] });
    expect((await ask('/v1/whoami', `Bearer ${key}`)).status).toBe(200);

    elsewhere.revoke(record.id);

    expect((await ask('/v1/whoami', `Bearer ${key}`)).status).toBe(401);
  });

  it('takes a key as the password of HTTP Basic only where a route says so', async () => {
    const { key } = openKeyRing(keyFile).create({ name: 'k', role: 'analyst', audiences: ['public'], sources: [] });
    const basic = `Basic ${Buffer.from(`whoever:${key}`).toString('base64')}`;

    expect((await ask('/basic', basic)).status).toBe(200);
    expect((await ask('/v1/whoami', basic)).status).toBe(401);
    const refused = await ask('/basic', `Basic ${Buffer.from('whoever').toString('base64')}`);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer, Basic realm="samenhang"']);
  });
});
