/** The beginning of a name that its inflected forms share (Vilniaus, Vilniuje): a third of the letters, at most three, may be ending. */
export function stemOf(name: string): string {
  if (name.length <= 5) return name;
  return name.length <= 7 ? name.slice(0, 5) : name.slice(0, Math.max(6, name.length - 3));
}

/** The consonants of a name as most scripts and spellings write them: Ilitsch, Ilić and Ильич are one, Arabic and Persian short vowels do not matter. */
export const skeletonOf = (name: string): string =>
  name
    .replaceAll(/tsch|tch|dzh|dsch|sch|sh|ch|zh|cz|sz|ts|tz|dj|c(?=[eiy])|j(?=[aeiou])|x|z/g, 's')
    .replaceAll('ph', 'f')
    .replaceAll(/kh|gh|q|ck|c/g, 'k')
    .replaceAll('th', 't')
    .replaceAll('w', 'v')
    .replaceAll(/[aeiouyhj]/g, '')
    .replaceAll(/([a-z])\1+/g, '$1');
