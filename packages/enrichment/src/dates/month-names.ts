/** What a word that names a month says. */
export interface MonthName {
  /** 1 to 12. */
  readonly month: number;
  readonly calendar: 'gregorian' | 'persian';
  /** False for an abbreviation. */
  readonly full: boolean;
  /** ISO 639-1 codes of the languages that write it so. */
  readonly languages: ReadonlySet<string>;
}

/** Locales whose months are known: the 18 languages, and the other names that Austria and Arab countries have. */
const locales: readonly string[] =
  'nl en de de-AT fr pl it sv es ro lt fi el uk ru tr ar ar-SY ar-DZ ar-MA fa-u-ca-gregory fa-u-ca-persian'.split(' ');

/** What `Intl` does not give: other abbreviations, and the genitive in which Finnish puts a month before the day. */
const more: Readonly<Record<string, string>> = {
  en: 'jan feb mar apr may jun jul aug sept oct nov dec',
  nl: 'jan febr mrt apr mei juni juli aug sept okt nov dec',
  de: 'jan feb mrz apr mai juni juli aug sept okt nov dez',
  ro: 'ian febr mart apr mai iun iul aug sept oct noi dec',
};
const finnishMonths = 'tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu'.split(' ');

/** A full name of so many letters is no other word, in whatever language it stands. */
const leastForeign = 5;
/** Names that are words of English as well: a month only with a capital. */
const capitalsOnly: ReadonlySet<string> = new Set(['may', 'march', 'mar', 'dec', 'sept']);

const names = new Map<string, MonthName[]>();

/** The spellings of a name: in capitals, composed or not, with its accents or without. */
function spellingsOf(name: string): readonly string[] {
  const cased = [name, name.toLowerCase(), name.toUpperCase(), name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase()];
  return [...new Set(cased.flatMap((text) => [text.normalize('NFC'), text.normalize('NFD'), plain(text)]))];
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ı', 'i');

function add(written: string, month: number, locale: string, full: boolean): void {
  const name = written.replace(/\.$/, '');
  const language = locale.slice(0, 2);
  const calendar = locale.endsWith('persian') ? 'persian' : 'gregorian';
  for (const spelling of spellingsOf(name)) {
    const known = names.get(spelling) ?? [];
    const same = known.find((entry) => entry.month === month && entry.calendar === calendar && entry.full === full);
    names.set(spelling, [
      ...known.filter((entry) => entry !== same),
      { month, calendar, full, languages: new Set([...(same?.languages ?? []), language]) },
    ]);
  }
}

function addLocale(locale: string): void {
  const forms = [{ month: 'long' }, { month: 'long', day: 'numeric' }, { month: 'short', day: 'numeric' }] as const;
  for (const form of forms) {
    const format = new Intl.DateTimeFormat(locale, { ...form, timeZone: 'UTC' });
    const number = new Intl.DateTimeFormat(`en-u-ca-${locale.endsWith('persian') ? 'persian' : 'gregory'}`, {
      month: 'numeric',
      timeZone: 'UTC',
    });
    for (let month = 0; month < 12; month++) {
      const at = Date.UTC(2024, month, 25);
      const written = format.formatToParts(at).find(({ type }) => type === 'month')?.value ?? '';
      if (/^\p{L}/u.test(written)) add(written, Number.parseInt(number.format(at), 10), locale, form.month === 'long');
    }
  }
}

for (const locale of locales) addLocale(locale);
for (const [language, written] of Object.entries(more))
  for (const [at, name] of written.split(' ').entries()) add(name, at + 1, language, false);
for (const [at, name] of finnishMonths.entries()) add(`${name}kuun`, at + 1, 'fi', true);

function fits(name: string, { full, languages }: MonthName, language: string | null): boolean {
  if (capitalsOnly.has(name) && (language === 'en' || language === null)) return false;
  if (languages.has(language ?? 'en')) return true;
  return full && (language === null || name.length >= leastForeign || (languages.has('en') && name !== name.toLowerCase()));
}

/** The month that a word names in a text of a language, by a full name of any of the 18 or by an abbreviation of its own; undefined when it names none. One look-up. */
export const monthNamed = (name: string, language: string | null): MonthName | undefined => {
  const known = names.get(name);
  return (
    known?.find((entry) => entry.languages.has(language ?? 'en') && fits(name, entry, language)) ??
    known?.find((entry) => fits(name, entry, language))
  );
};
