import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTokenVerifier, givenKeys, OidcSettings, type TokenVerifier } from './token-verifier.ts';

const settings = OidcSettings.parse({ issuer: 'https://id.example', audience: 'samenhang', jwksUri: 'https://id.example/keys' });
const claims = { samenhang_role: 'analyst', samenhang_audiences: ['fusion-cell'] };

describe('a token verifier', async () => {
  const own = await generateKeyPair('ES256', { extractable: true });
  const other = await generateKeyPair('ES256');
  const publicPem = await exportSPKI(own.publicKey);
  let verify: TokenVerifier;

  beforeAll(async () => {
    verify = createTokenVerifier(settings, givenKeys({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256' }] }));
  });

  const token = (change: (jwt: SignJWT) => SignJWT = (jwt) => jwt, header: Partial<JWTHeaderParameters> = {}) =>
    change(
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header })
        .setIssuer(settings.issuer)
        .setAudience(settings.audience)
        .setSubject('ann')
        .setExpirationTime('5m'),
    );

  it('takes a token of the issuer for this audience', async () => {
    const holder = await verify(await token().sign(own.privateKey));

    expect(holder).toEqual({ subject: 'ann', role: 'analyst', audiences: ['fusion-cell'], sources: [] });
  });

  it.each<[string, () => Promise<string> | string]>([
    [
      'has no signature',
      () =>
        new UnsecuredJWT(claims)
          .setIssuer(settings.issuer)
          .setAudience(settings.audience)
          .setSubject('ann')
          .setExpirationTime('5m')
          .encode(),
    ],
    ['is signed with the public key as a secret', () => token(undefined, { alg: 'HS256' }).sign(new TextEncoder().encode(publicPem))],
    ['is signed with another key', () => token().sign(other.privateKey)],
    ['names a key that is not known', () => token(undefined, { kid: 'k2' }).sign(other.privateKey)],
    ['is of another issuer', () => token((jwt) => jwt.setIssuer('https://evil.example')).sign(own.privateKey)],
    ['is for another audience', () => token((jwt) => jwt.setAudience('other')).sign(own.privateKey)],
    ['has expired', () => token((jwt) => jwt.setExpirationTime('-5m')).sign(own.privateKey)],
    ['is not valid yet', () => token((jwt) => jwt.setNotBefore('5m')).sign(own.privateKey)],
    ['brings the address of its keys (jku)', () => token(undefined, { jku: 'https://evil.example/keys' }).sign(own.privateKey)],
    ['brings the address of its certificate (x5u)', () => token(undefined, { x5u: 'https://evil.example/cert' }).sign(own.privateKey)],
    ['has critical headers', () => token(undefined, { crit: ['b64'], b64: true }).sign(own.privateKey)],
    [
      'has no role',
      () =>
        new SignJWT({})
          .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
          .setIssuer(settings.issuer)
          .setAudience(settings.audience)
          .setSubject('ann')
          .setExpirationTime('5m')
          .sign(own.privateKey),
    ],
    ['is noise', () => 'a.b.c'],
  ])('refuses a token that %s', async (_why, make) => {
    await expect(verify(await make())).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
