import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { OidcSettings } from './oidc-settings.ts';
import { createTokenVerifier, givenKeys, type TokenVerifier } from './token-verifier.ts';

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

    expect(holder).toEqual({
      id: expect.stringMatching(/^oidc-[0-9a-f]{16}$/),
      name: 'ann',
      role: 'analyst',
      audiences: ['fusion-cell'],
      sources: [],
    });
  });

  it.each<[string, unknown, string | undefined]>([
    ['one word that has a meaning', 'cell-lead', 'lead'],
    ['one of a list that has', ['staff', 'cell-lead'], 'lead'],
    ['two with different meanings', ['cell-lead', 'ops'], undefined],
    ['a role by its own name, which was given no meaning', 'operator', undefined],
    ['a name that every object has', 'constructor', undefined],
    ['no word', 7, undefined],
  ])('reads the role from a claim with %s', async (_what, groups, role) => {
    const mapped = OidcSettings.parse({ ...settings, roleClaim: 'groups', roles: { 'cell-lead': 'lead', ops: 'operator' } });
    const verifyMapped = createTokenVerifier(mapped, givenKeys({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1' }] }));
    const signed = await new SignJWT({ groups })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(settings.issuer)
      .setAudience(settings.audience)
      .setSubject('ann')
      .setExpirationTime('5m')
      .sign(own.privateKey);

    const read = verifyMapped(signed).then((holder) => holder.role);

    if (role === undefined) await expect(read).rejects.toMatchObject({ code: 'unauthenticated' });
    else await expect(read).resolves.toBe(role);
  });

  it('says that the issuer cannot be read when its keys cannot be had, and takes no keys over a wire that anyone may change', async () => {
    const unreachable = createTokenVerifier(settings, async () => {
      throw new TypeError('fetch failed');
    });

    await expect(token().sign(own.privateKey).then(unreachable)).rejects.toMatchObject({ code: 'issuer-unavailable' });
    expect(OidcSettings.safeParse({ ...settings, jwksUri: 'http://id.example/keys' }).success).toBe(false);
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
