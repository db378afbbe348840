import { hash } from 'node:crypto';

/** Lengths of IBANs by country (SWIFT registry). */
const ibanLengths: ReadonlyMap<string, number> = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** How long an IBAN of that country is; undefined where there are none. */
export const ibanLength = (country: string): number | undefined => ibanLengths.get(country);

/** True for an IBAN without spaces, in capitals, whose length and check digits (ISO 13616, mod 97) are right. */
export function isIban(text: string): boolean {
  if (ibanLength(text.slice(0, 2)) !== text.length || !/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(text)) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = character >= 'A' ? character.charCodeAt(0) - 55 : Number(character);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** True for the seven digits of an IMO ship number: the last is the weighted sum of the others (7 to 2), modulo 10. */
export function isImoNumber(digits: string): boolean {
  if (!/^[1-9]\d{6}$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < 6; at += 1) sum += Number(digits[at]) * (7 - at);
  return sum % 10 === Number(digits[6]);
}

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58Check: 21 bytes and the first four of their double SHA-256. Bitcoin and its kin, TRON. */
export function isBase58Check(text: string): boolean {
  if (text.length < 26 || text.length > 35) return false;
  let number = 0n;
  for (const character of text) {
    const digit = base58.indexOf(character);
    if (digit < 0) return false;
    number = number * 58n + BigInt(digit);
  }
  const hex = number.toString(16).padStart(50, '0');
  if (hex.length !== 50) return false;
  const body = Buffer.from(hex.slice(0, 42), 'hex');
  return hash('sha256', hash('sha256', body, 'buffer'), 'hex').startsWith(hex.slice(42));
}

const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of generators.entries()) if (((top >>> bit) & 1) === 1) check ^= generator;
  }
  return check >>> 0;
}

/** Bech32 (BIP 173) and bech32m (BIP 350) with the prefix of Bitcoin or Litecoin. */
export function isBech32(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower.length < 14 || lower.length > 90 || (lower !== text && text.toUpperCase() !== text)) return false;
  const prefix = lower.slice(0, lower.lastIndexOf('1'));
  if (prefix !== 'bc' && prefix !== 'ltc') return false;
  const values = [...lower.slice(prefix.length + 1)].map((character) => bech32.indexOf(character));
  if (values.some((value) => value < 0)) return false;
  const expanded = [
    ...[...prefix].map((character) => character.charCodeAt(0) >> 5),
    0,
    ...[...prefix].map((character) => character.charCodeAt(0) & 31),
  ];
  const sum = polymod([...expanded, ...values]);
  return sum === 1 || sum === 0x2bc830a3;
}
