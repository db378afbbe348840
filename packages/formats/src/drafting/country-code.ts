const names = new Map<string, string>();

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');

/** Names that partners use and CLDR does not. */
const aliases = {
  usa: 'US',
  unitedstatesofamerica: 'US',
  uk: 'GB',
  greatbritain: 'GB',
  russianfederation: 'RU',
  turkey: 'TR',
  czechrepublic: 'CZ',
  republicofmoldova: 'MD',
  southkorea: 'KR',
  northkorea: 'KP',
  koreademocraticpeoplesrepublicof: 'KP',
  korearepublicof: 'KR',
  iranislamicrepublicof: 'IR',
  syrianarabrepublic: 'SY',
  vietnam: 'VN',
  macedonia: 'MK',
  holland: 'NL',
  thenetherlands: 'NL',
} as const;

function readNames(): void {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const locale of ['en', 'fr', 'de', 'nl', 'es']) {
    const display = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
    for (const first of letters) {
      for (const second of letters) {
        const name = display.of(first + second);
        if (name !== undefined && !names.has(fold(name)) && isCountry(first + second)) names.set(fold(name), first + second);
      }
    }
  }
  for (const [name, code] of Object.entries(aliases)) names.set(name, code);
}

/** CLDR also names groupings and user-assigned codes; only assigned ISO 3166-1 codes are countries. */
const isCountry = (code: string): boolean =>
  !notCountries.has(code) && !(code >= 'QM' && code <= 'QZ' && code !== 'QA') && !(code >= 'XA' && code <= 'XZ' && code !== 'XK');

const notCountries = new Set([
  'AA',
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'IC',
  'QO',
  'TA',
  'UN',
  'ZZ',
  'AN',
  'BU',
  'CS',
  'DD',
  'FX',
  'NT',
  'SU',
  'TP',
  'YD',
  'YU',
  'ZR',
]);

/** The ISO 3166-1 alpha-2 code of a country written as a code or by its name in English, French, German, Dutch or Spanish. */
export function countryCode(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 80) return undefined;
  const trimmed = text.trim();
  if (names.size === 0) readNames();
  if (/^[A-Za-z]{2}$/.test(trimmed) && isCountry(trimmed.toUpperCase()))
    return trimmed.toUpperCase() === 'UK' ? 'GB' : trimmed.toUpperCase();
  return names.get(fold(trimmed));
}
