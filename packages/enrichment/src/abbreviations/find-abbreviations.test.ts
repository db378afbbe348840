import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenise } from '../tokenise.ts';
import { findAbbreviations } from './find-abbreviations.ts';

const defined = (text: string) =>
  findAbbreviations(text, tokenise(text)).map(({ short, long }) => [short, text.slice(long.start, long.end)]);

describe('abbreviations that a text defines', () => {
  it.each([
    ['English', 'the Maritime and Coastguard Agency (MCA) said', 'MCA', 'Maritime and Coastguard Agency'],
    ['Dutch, before', 'CBS (Centraal Bureau voor de Statistiek) meldt', 'CBS', 'Centraal Bureau voor de Statistiek'],
    ['Dutch', 'de Algemene Inlichtingen- en Veiligheidsdienst (AIVD)', 'AIVD', 'Algemene Inlichtingen- en Veiligheidsdienst'],
    ['German, a small letter', 'Das Bundesamt für Verfassungsschutz (BfV) warnt', 'BfV', 'Bundesamt für Verfassungsschutz'],
    ['German, one word', 'das Bundeskriminalamt (BKA)', 'BKA', 'Bundeskriminalamt'],
    [
      'French',
      'L’Agence nationale de la sécurité des systèmes d’information (ANSSI)',
      'ANSSI',
      'Agence nationale de la sécurité des systèmes d’information',
    ],
    ['Spanish', 'el Centro Nacional de Inteligencia (CNI)', 'CNI', 'Centro Nacional de Inteligencia'],
    ['Romanian', 'Serviciul Român de Informații (SRI)', 'SRI', 'Serviciul Român de Informații'],
    ['Polish', 'Agencja Bezpieczeństwa Wewnętrznego (ABW)', 'ABW', 'Agencja Bezpieczeństwa Wewnętrznego'],
    ['Czech', 'Státní úřad pro jadernou bezpečnost (SÚJB)', 'SÚJB', 'Státní úřad pro jadernou bezpečnost'],
    ['Finnish', 'Suojelupoliisi (SUPO)', 'SUPO', 'Suojelupoliisi'],
    ['Russian', 'Федеральная служба безопасности (ФСБ)', 'ФСБ', 'Федеральная служба безопасности'],
    ['Ukrainian, transliterated', 'Служба безпеки України (SBU)', 'SBU', 'Служба безпеки України'],
    ['Greek', 'η Δημόσια Επιχείρηση Ηλεκτρισμού (ΔΕΗ)', 'ΔΕΗ', 'Δημόσια Επιχείρηση Ηλεκτρισμού'],
    ['Turkish', 'Millî İstihbarat Teşkilatı (MİT)', 'MİT', 'Millî İstihbarat Teşkilatı'],
    ['Arabic', 'شبكة الطاقة الوطنية (شطو)', 'شطو', 'شبكة الطاقة الوطنية'],
    ['Hebrew', 'שירות הביטחון הכללי (שב״כ)', 'שבכ', 'שירות הביטחון הכללי'],
    ['Chinese', '据报道国家电网公司（国网）称', '国网', '国家电网公司'],
  ])('are found in %s', (_language, text, short, long) => {
    expect(defined(text)).toEqual([[short, long]]);
    expect(defined(text.normalize('NFD'))).toEqual([[short, long.normalize('NFD')]]);
  });

  it('are found behind a word that introduces them', () => {
    expect(defined('Norvik Grid Company (hereafter, “NGC”)')).toEqual([['NGC', 'Norvik Grid Company']]);
  });

  it.each([
    'he was seen (in Paris) on Monday',
    'a firm in Rotterdam (NL)',
    'Swedish Civil Contingencies Agency (MSB)',
    'the attack on London (BBC)',
    'Ministry. Foreign Affairs (MFA)',
    'NATO (NATO)',
    'Norvik Grid Company, said (NGC)',
  ])('are not seen in “%s”', (text) => {
    expect(defined(text)).toEqual([]);
  });

  it('keep their first meaning', () => {
    expect(defined('Norvik Grid Company (NGC), Northern Gas Council (NGC)')).toEqual([['NGC', 'Norvik Grid Company']]);
  });

  it('law: have their long form within the text', () => {
    const piece = fc.constantFrom(
      'Norvik',
      'Grid',
      'of',
      'Company',
      '(NGC)',
      '(',
      ')',
      'NGC',
      '（国网）',
      '国家电网',
      '.',
      'é',
      '(N',
      'G)',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        const text = parts.join(' ');
        for (const { short, long } of findAbbreviations(text, tokenise(text))) {
          expect(long.start).toBeGreaterThanOrEqual(0);
          expect(long.end).toBeGreaterThan(long.start);
          expect(long.end).toBeLessThanOrEqual(text.length);
          expect(text.slice(long.start, long.end).length).toBeGreaterThan(short.length);
        }
      }),
    );
  });
});
