/** What the tokenizer would split on, fold, or read as a quote; and the escape itself. */
const special = /[\p{Cc} A-Z"'%]/gu;

const escaped = (character: string): string => `%${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;

/** True for a term without any of the special characters, as nearly all are; much faster than the expression. */
function isPlain(term: string): boolean {
  for (let at = 0; at < term.length; at++) {
    const code = term.charCodeAt(at);
    if (code <= 39 ? code !== 33 && (code < 35 || code > 36) && code !== 38 : (code >= 65 && code <= 90) || (code >= 127 && code < 160))
      return false;
  }
  return true;
}

/** The one token that stands for a term in the full-text index; different terms have different tokens. */
export const searchToken = (term: string): string => (isPlain(term) ? `t:${term}` : `t:${term.replace(special, escaped)}`);

/** The query that finds exactly this term. */
export const matching = (term: string): string => `"${searchToken(term)}"`;
