import type { OidcSettings } from './oidc-settings.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** The verifier of the configured issuer; undefined when there is none. What verifies is loaded only where it is needed. */
export async function openTokenVerifier(settings: OidcSettings | undefined): Promise<TokenVerifier | undefined> {
  if (settings === undefined) return undefined;
  const { createTokenVerifier } = await import('./token-verifier.ts');
  return createTokenVerifier(settings);
}
