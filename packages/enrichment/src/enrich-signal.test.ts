import { describe, expect, it } from 'vitest';
import { enrichSignal } from './enrich-signal.ts';

const valuesOf = (kind: string, title: string, lang: string, text = ''): readonly string[] =>
  enrichSignal({ title, text, lang }).mentions.flatMap((mention) => (mention.kind === kind ? [mention.value] : []));

/** One name in a sentence of each language, in the form and script in which it stands there. */
const names: readonly (readonly [lang: string, text: string, name: string])[] = [
  ['en', 'The shares moved to Tessaly in November.', 'tessaly'],
  ['nl', 'De rechter veroordeelde de heer Kvitholm gisteren.', 'kvitholm'],
  ['de', 'Der Verlag gehört seit Montag der Firma Kvitholm.', 'kvitholm'],
  ['fr', 'Le consul honoraire Gaspard Le Quellec a organisé une réception.', 'quellec'],
  ['es', 'La consignataria Delmare solicitó el muelle.', 'delmare'],
  ['it', 'La vicenda riguarda il dottor Kanellidis e la nave.', 'kanellidis'],
  ['pt', 'O navio pertence agora ao senhor Vasqueiro.', 'vasqueiro'],
  ['ro', 'Fondul este condus de domnul Corlățeanu.', 'corlateanu'],
  ['pl', 'Część artykułów pisze pan Wyszogrodzki.', 'wyszogrodzki'],
  ['cs', 'Peníze poslal pan Hrdličkovec do banky.', 'hrdlickovec'],
  ['sv', 'Fartyget ägs av bolaget Sjöbrisen.', 'sjobrisen'],
  ['fi', 'Alus kuuluu yhtiölle nimeltä Merituuli.', 'merituuli'],
  ['lt', 'Bendrovei vadovauja ponas Žvirgždauskas.', 'zvirgzdauskas'],
  ['tr', 'Geminin sahibi Bay Yıldıztepe oldu.', 'yildiztepe'],
  ['el', 'Το πλοίο αγόρασε ο κύριος Κανελλίδης.', 'kanellidis'],
  ['ru', 'Судно принадлежит господину Ильичевскому.', 'ilichevskomu'],
  ['uk', 'Компанію очолює пан Гринчишин.', 'grinchishin'],
  ['bg', 'Корабът е собственост на господин Стоянчев.', 'stoyanchev'],
];

describe('enrichSignal', () => {
  it.each(names)('finds the name in a sentence in %s: %s', (lang, text, name) => {
    expect(valuesOf('name', text, lang)).toContain(name);
  });

  it('finds names in scripts without capitals, without their article', () => {
    expect(valuesOf('name', 'اتهم الحساب الصحفية نسرين دريابندي بالسرقة', 'ar').join(' ')).toMatch(/dry?a?bndy/);
    expect(valuesOf('name', 'مجری رادیو نسرین دریابندی کمک‌های مردمی را برداشته است', 'fa').join(' ')).toMatch(/dry?a?bndy/);
  });

  it('reads two names in a row as one more name', () => {
    expect(valuesOf('name-pair', 'It was signed by Radovan Ilić in Malta.', 'en')).toContain('radovan ilic');
    expect(valuesOf('name-pair', 'A channel called Vrije Akker spread it.', 'en')).toContain('vrije akker');
  });

  it('takes no word for a name that has its capital from the start of a sentence alone', () => {
    expect(valuesOf('name', 'Unbeknownst. Nonetheless the harbour reopened.', 'en')).toEqual([]);
  });

  it('tells places from names, by the gazetteer or because they were posted', () => {
    const posted = enrichSignal({ title: 'A crane fell at Quaylheim.', text: '', lang: 'en', places: [{ name: 'Quaylheim' }] });

    expect(valuesOf('place', 'The ship left Den Helder for Leipzig.', 'en')).toEqual(['den helder', 'leipzig']);
    expect(valuesOf('name', 'The ship left Den Helder for Leipzig.', 'en')).toEqual([]);
    expect(posted.mentions.map(({ kind, value }) => [kind, value])).toContainEqual(['place', 'quaylheim']);
  });

  it('closes up thousands, keeps times and codes, and leaves years alone', () => {
    expect(valuesOf('number', 'In 2024 werden 1.004 Personen befragt, um 20:30 und 1,99 Euro', 'de')).toEqual(['1004', '20.30', '1.99']);
    expect(valuesOf('number', '90 000 euros et 1,004 people', 'fr')).toContain('1004');
    expect(valuesOf('code', 'Sonde P-19 wiegt 47mg.', 'de')).toEqual(['p-19', '47mg']);
  });

  it('gives every mention the span it came from', () => {
    const title = 'Kurz: Ilić besuchte Kvitholm';
    const text = 'Um 20:30 Uhr sprach Ильичевский.';

    for (const { kind, value, start, end } of enrichSignal({ title, text, lang: 'de' }).mentions) {
      const said = `${title}\n${text}`.slice(start, end);
      expect(said.length, `${kind} ${value}`).toBeGreaterThan(0);
      if (kind === 'name') expect(said).toMatch(/^\p{L}+$/u);
    }
  });

  it('passes over addresses, handles and hashtags', () => {
    const { mentions, words } = enrichSignal({ title: 'See https://t.co/AbCdEf1234 and @Kvitholm or #Zeekraal', text: '', lang: 'en' });

    expect(mentions.filter(({ kind }) => kind === 'name')).toEqual([]);
    expect(words).not.toContain('abcdef1');
  });

  it('folds posted names and leaves out the legal form', () => {
    const { named } = enrichSignal({
      title: 'x',
      text: '',
      observables: [
        { type: 'org', value: 'Kvitholm Geodata AS' },
        { type: 'vessel', value: 'Sjøbris' },
      ],
    });

    expect(named).toEqual(['kvitholm geodata', 'sjobris']);
  });

  it('says the same of the same text, whatever its normal form', () => {
    const text = 'Le maire de Sélestat a vu Radovan Ilić à 20:30.';

    const composed = enrichSignal({ title: text.normalize('NFC'), text: '', lang: 'fr' });
    const decomposed = enrichSignal({ title: text.normalize('NFD'), text: '', lang: 'fr' });

    expect(decomposed.words).toEqual(composed.words);
    expect(decomposed.mentions.map(({ kind, value }) => [kind, value])).toEqual(composed.mentions.map(({ kind, value }) => [kind, value]));
  });

  it('tells no language where there is hardly a word', () => {
    expect(enrichSignal({ title: 'fimi-d88448795d04', text: '' }).language).toBeNull();
    expect(
      enrichSignal({ title: 'x', text: 'De rechtbank veroordeelde de man die zich als vogelteller voordeed tot twee jaar.' }).language,
    ).toBe('nl');
  });
});
