import { Register, RegisterEntry } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenise } from '../tokenise.ts';
import { compileRegister } from './compile-register.ts';
import { findRegistered } from './find-registered.ts';

const grid = {
  id: 'norvik-grid',
  kind: 'organisation',
  name: 'Norvik Grid Company',
  aliases: [
    'Норвикская сетевая компания',
    'Норвік Енерго',
    'Норвик Мрежа',
    'Εταιρεία Δικτύου Νόρβικ',
    'شركة نورفيك للكهرباء',
    'مؤسسة أنوار نورفيك',
    'شرکت برق نورویک',
    'חברת החשמל נורביק',
    '诺维克电网公司',
    'ノルヴィク電力',
    '노르비크전력공사',
    'บริษัทนอร์วิก',
    'नॉर्विक ग्रिड',
    'ნორვიკის ქსელი',
    'Նորվիկ Ցանց',
    'Norvik Şebeke Kurumu',
    'Norvikin sähköverkko',
    'Sieć Energetyczna Norwik',
    'Rețeaua Norvic',
    'NGC',
  ],
};
const person = { id: 'kazanov', kind: 'person', name: 'Iskander Kazanov', aliases: ['Искандер Казанов', 'İskender Kazanov'] };
const others = [
  { id: 'samsora', kind: 'organisation', name: 'Samsora' },
  { id: 'gasprom', kind: 'organisation', name: 'Gasproma Energy' },
  { id: 'port', kind: 'vital-object', name: 'Port of Norvik' },
  { id: 'town', kind: 'interest', name: 'Norvik' },
  { id: 'twin', kind: 'organisation', name: 'Samsora Trade' },
  { id: 'twin-2', kind: 'vessel', name: 'SAMSORA TRADE' },
];
const entries = Register.parse({ version: 3, entries: [grid, person, ...others] }).entries;
const compiled = (given: readonly RegisterEntry[] = entries) => compileRegister({ version: 3, entries: [...given] });
const register = compiled();

const found = (text: string) => findRegistered(text, tokenise(text), register);
const named = (text: string) => found(text).map(({ kind, value, start, end }) => [kind, value, text.slice(start, end)]);
const ids = (text: string) => found(text).map(({ value }) => value);

describe('names of the register in running text', () => {
  it.each([
    ['English', 'Staff of the Norvik Grid Company’s office', 'Norvik Grid Company'],
    ['Russian, inflected', 'удар по Норвикской сетевой компании вчера', 'Норвикской сетевой компании'],
    ['Ukrainian', 'компанія «Норвік Енерго» повідомила', 'Норвік Енерго'],
    ['Bulgarian', 'Норвик Мрежата съобщи', 'Норвик Мрежата'],
    ['Greek', 'στην Εταιρεία Δικτύου Νόρβικ χθες', 'Εταιρεία Δικτύου Νόρβικ'],
    ['Arabic, with a prefix', 'أعلنت وشركة نورفيك للكهرباء', 'وشركة نورفيك للكهرباء'],
    ['Arabic, typed without hamza', 'قالت مؤسسه انوار نورفيك', 'مؤسسه انوار نورفيك'],
    ['Persian, typed with Arabic letters', 'مدیر شركت برق نورویك گفت', 'شركت برق نورویك'],
    ['Hebrew, with vowels', 'דוברת חֶבְרַת הַחַשְׁמַל נורביק', 'חֶבְרַת הַחַשְׁמַל נורביק'],
    ['Chinese, without spaces', '据报道诺维克电网公司遭到攻击', '诺维克电网公司'],
    ['Japanese', '昨日ノルヴィク電力が発表', 'ノルヴィク電力'],
    ['Korean, with a particle', '어제 노르비크전력공사는 발표했다', '노르비크전력공사는'],
    ['Thai', 'ที่บริษัทนอร์วิกถูกโจมตี', 'บริษัทนอร์วิก'],
    ['Hindi', 'कल नॉर्विक ग्रिड पर', 'नॉर्विक ग्रिड'],
    ['Georgian', 'გუშინ ნორვიკის ქსელი', 'ნორვიკის ქსელი'],
    ['Armenian', 'երեկ Նորվիկ Ցանց', 'Նորվիկ Ցանց'],
    ['Turkish, in capitals', 'DÜN NORVİK ŞEBEKE KURUMU', 'NORVİK ŞEBEKE KURUMU'],
    ['Finnish, inflected', 'isku Norvikin sähköverkkoon eilen', 'Norvikin sähköverkkoon'],
    ['Polish', 'awaria: Sieć Energetyczna Norwik', 'Sieć Energetyczna Norwik'],
    ['Romanian', 'atac la Rețeaua Norvic', 'Rețeaua Norvic'],
  ])('are found in %s', (_language, text, expected) => {
    expect(named(text)).toEqual([['organisation', 'register:norvik-grid', expected]]);
  });

  it('are found with a Turkish i with or without its dot', () => {
    expect(ids('norvık şebeke kurumu, NORVIK SEBEKE KURUMU')).toEqual(['register:norvik-grid', 'register:norvik-grid']);
  });

  it('tell persons from bodies', () => {
    expect(named('встретил Искандера Казанова')).toEqual([['person', 'register:kazanov', 'Искандера Казанова']]);
  });

  it('are the longest that begin at a word, without overlap', () => {
    expect(named('Norvik Grid Company in the Port of Norvik')).toEqual([
      ['organisation', 'register:norvik-grid', 'Norvik Grid Company'],
      ['organisation', 'register:port', 'Port of Norvik'],
    ]);
  });

  it('are those written exactly so before those written with another ending', () => {
    const names = ['Petrov', 'Petrova'].map((name) => ({ id: name.toLowerCase(), kind: 'person' as const, name, aliases: [] }));
    const of = (text: string) => findRegistered(text, tokenise(text), compiled(names)).map(({ value }) => value);

    expect(of('Petrova said')).toEqual(['register:petrova']);
    expect(of('Petrovu')).toEqual(['register:petrov', 'register:petrova']);
  });

  it('stand for every entry that bears them', () => {
    expect(ids('the Samsora Trade sailed')).toEqual(['register:twin', 'register:twin-2']);
  });

  it.each([
    ['part of a word', 'Samsoraphone, Prenorvik, aNGCa'],
    ['words with a comma or a sentence between', 'Iskander, Kazanov. Iskander. Kazanov'],
    ['words with a paragraph between', 'Iskander\n\nKazanov'],
    ['an abbreviation in lower case', 'ngc'],
    ['another form of a word too short to tell', 'w Sieci Energetycznej Norwik'],
    ['another name of the same beginning', 'Iskandra Kazanovich'],
    ['an address or an account', 'https://samsora.example/ @samsora'],
  ])('are not %s', (_what, text) => {
    expect(ids(text).filter((id) => id !== 'register:town')).toEqual([]);
  });

  it.each([
    ['a Cyrillic a in a Latin name', 'Sаmsora'],
    ['a Cyrillic er, which is written as a Latin p', 'Gasрroma Energy'],
    ['a Greek omicron', 'Samsοra'],
    ['a Latin a in a Cyrillic name', 'Искaндер Казанов'],
    ['a capital that is a look-alike', 'Ѕamsora'],
  ])('are found and flagged with %s', (_what, text) => {
    expect(found(text).map(({ flag, start, end }) => [flag, start, end])).toEqual([['mixed-script', 0, text.length]]);
  });

  it('carry no flag when every word is of one script', () => {
    expect(found('Samsora и Искандер Казанов').some(({ flag }) => flag !== undefined)).toBe(false);
  });
});

describe('the compiled register', () => {
  it('has a version that sorts by the number of the register and tells its content', () => {
    const next = compileRegister({ version: 10, entries: [...entries] });

    expect(next.version > register.version).toBe(true);
    expect(compiled(entries.slice(1)).version).not.toBe(register.version);
  });

  it('law: finds the same whatever the order of entries and aliases', () => {
    const text = 'Samsora Trade, Норвикской сетевой компании, NGC, Port of Norvik, Iskander Kazanov, 诺维克电网公司';
    fc.assert(
      fc.property(fc.shuffledSubarray([...entries], { minLength: entries.length }), fc.boolean(), (shuffled, reversed) => {
        const other = compiled(shuffled.map((entry) => ({ ...entry, aliases: reversed ? [...entry.aliases].reverse() : entry.aliases })));

        expect(other.version).toBe(register.version);
        expect(findRegistered(text, tokenise(text), other)).toEqual(found(text));
      }),
    );
  });
});

const pieces = [
  ...entries.flatMap(({ name, aliases }) => [name, ...aliases]).filter((name) => name !== 'NGC'),
  ...['and', 'Norvik', 'Grid', 'the', 'و', '公司', 'компания', 'Sаmsora', '17', 'şebeke', 'é', 'ß'],
];
const anyText = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(' ', ' ', ', ', '. ', '\n', '-')), { maxLength: 25 })
  .map((parts) => parts.flat().join(''));

describe('finding names of the register', () => {
  it('law: looks at each word of a text once, whatever names almost fit', () => {
    const almost = RegisterEntry.array().parse(
      Array.from({ length: 30 }, (_, at) => ({ id: `e${at}`, kind: 'organisation', name: `${'ab '.repeat(at + 1)}cd` })),
    );
    const { automaton, ...rest } = compiled(almost);
    const stepsIn = (text: string): number => {
      let steps = 0;
      const counting = { match: (...given: Parameters<typeof automaton.match>) => (steps += automaton.match(...given)) };
      findRegistered(text, tokenise(text), { ...rest, automaton: counting });
      return steps;
    };
    const words = (count: number): string => 'ab '.repeat(count);

    expect(stepsIn(words(33_334)) / stepsIn(words(3_334))).toBeLessThan(11);
    expect(stepsIn(words(33_334))).toBeLessThanOrEqual(2 * 33_334);
  });

  it('law: gives spans within the text, in order and apart', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'grapheme' })), (text) => {
        let last = { start: 0, end: 0 };
        for (const { start, end } of found(text)) {
          if (start !== last.start || end !== last.end) expect(start).toBeGreaterThanOrEqual(last.end);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = { start, end };
        }
      }),
    );
  });

  it('law: does not depend on the normal form or the case of a text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const expected = ids(text);

        expect(ids(text.normalize('NFD'))).toEqual(expected);
        expect(ids(text.normalize('NFC'))).toEqual(expected);
        expect(ids(text.toUpperCase())).toEqual(expected);
        expect(ids(text.toLowerCase())).toEqual(expected);
      }),
    );
  });
});
