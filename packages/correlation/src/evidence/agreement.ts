import type { ComparedTraits } from '../profile.ts';

/** What two profiles agree or disagree on. Which country, sector, actor, place or language it is makes no difference. */
export const agreements = [
  'same-country',
  'other-country',
  'same-sector',
  'other-sector',
  'same-actor',
  'other-actor',
  'same-language',
  'other-language',
  'name-across-languages',
] as const;
export type Agreement = (typeof agreements)[number];

/** What an analyst reads for each of them. */
export const saysAgreement: Readonly<Record<Agreement, string>> = {
  'same-country': 'both concern the same country',
  'other-country': 'they concern different countries',
  'same-sector': 'both concern the same sector',
  'other-sector': 'they concern different sectors',
  'same-actor': 'both name the same actor',
  'other-actor': 'they name different actors',
  'same-language': 'both are in one language, in which chance explains more',
  'other-language': 'they are in different languages, in which chance explains less',
  'name-across-languages': 'the same name in different languages',
};

const comparedAs = (a: readonly string[], b: readonly string[], same: Agreement, other: Agreement): readonly Agreement[] => {
  if (a.length === 0 || b.length === 0) return [];
  return [a.some((value) => b.includes(value)) ? same : other];
};

/** How two profiles agree, in the order of `agreements`; silent about what one of them does not say. */
export function agreementsOf(a: ComparedTraits, b: ComparedTraits, sharesName: boolean): readonly Agreement[] {
  const languages = a.language === null || b.language === null ? [] : [a.language === b.language];
  const across = languages[0] === false && sharesName;
  return [
    ...comparedAs(a.countries, b.countries, 'same-country', 'other-country'),
    ...comparedAs(a.sectors, b.sectors, 'same-sector', 'other-sector'),
    ...comparedAs(a.actors, b.actors, 'same-actor', 'other-actor'),
    ...languages.map((same): Agreement => (same ? 'same-language' : 'other-language')),
    ...(across ? (['name-across-languages'] as const) : []),
  ];
}
