/** What the tokenizer would split on, fold, or read as a quote; and the escape itself. */
const special = /[\p{Cc} A-Z"'%]/gu;

const escaped = (character: string): string => `%${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;

/** The one token that stands for a term in the full-text index; different terms have different tokens. */
export const searchToken = (term: string): string => `t:${term.replace(special, escaped)}`;

/** The query that finds exactly this term. */
export const matching = (term: string): string => `"${searchToken(term)}"`;
