import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenise } from '../tokenise.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { findConcepts } from './find-concepts.ts';
import { topicsOf } from './topics-of.ts';

const conceptsIn = (text: string, language: string | null) =>
  findConcepts(tokenise(text, vocabularyOf(language))).map(({ concept }) => concept.id);

describe('concepts in running text', () => {
  it.each([
    ['en', 'The submarine cable was cut near the power plant.', ['submarine-cable', 'power-plant']],
    ['nl', 'Bij het onderstation woedde een grote brand, zegt de netbeheerder.', ['substation', 'grid-operator']],
    ['de', 'Das Umspannwerk fiel nach einem Cyberangriff aus.', ['substation', 'cyberattack']],
    ['fr', 'La centrale nucléaire a signalé une cyberattaque.', ['nuclear-power-plant', 'cyberattack']],
    ['ru', 'На подстанции произошёл пожар.', ['substation', 'fire']],
    ['uk', 'Після кібератаки не працювала електромережа.', ['cyberattack', 'power-grid']],
    ['el', 'Το ηλεκτρικό δίκτυο', ['power-grid']],
    ['zh', '电网遭到网络攻击', ['power-grid', 'cyberattack']],
  ])('are found in %s', (language, text, expected) => {
    expect(conceptsIn(text, language)).toEqual(expect.arrayContaining(expected));
  });

  it('take the longest phrase that begins at a word, once', () => {
    expect(conceptsIn('the nuclear power plant', 'en')).toEqual(['nuclear-power-plant']);
  });

  it('are found with or without accents, in any case', () => {
    expect(conceptsIn('RESEAU ELECTRIQUE', 'fr')).toEqual(conceptsIn('réseau électrique', 'fr'));
  });

  it('law: have spans in order, without overlap, within the text', () => {
    const words = fc.constantFrom('power', 'grid', 'station', 'substation', 'water', '电网', 'the', '17', 'railway');
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), fc.constantFrom('en', 'zh', null), (parts, language) => {
        const text = parts.join(' ');
        let last = 0;
        for (const { start, end } of findConcepts(tokenise(text, vocabularyOf(language)))) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
    );
  });

  it('tell what a text is about, most mentioned first', () => {
    const found = findConcepts(tokenise('A substation and a power plant failed; the substation burned after ransomware.'));

    expect(topicsOf(found).sectors[0]).toBe('energy');
    expect(topicsOf(found).domains.slice(0, 1)).toEqual(['infrastructure']);
    expect(topicsOf(found).themes).toContain('vital-infrastructure');
  });
});
