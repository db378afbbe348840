const scripts = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
] as const;
type Script = (typeof scripts)[number][0];

/** Letters that look the same, in the order of the scripts; a full stop where a script has none (Unicode TR39, what occurs in names). */
const lookAlikes = `
  aаα eе. oоο pрρ cсϲ yу. xхχ iіι jјϳ sѕ. hһ. kкκ dԁ. qԛ. wԝ. lӏ. v.ν u.υ
  AАΑ BВΒ EЕΕ KКΚ MМΜ HНΗ OОΟ PРΡ CСϹ TТΤ YУΥ XХΧ IІΙ JЈ. SЅ. QԚ. WԜ. N.Ν Z.Ζ LӀ.
  bв. mм. tт.
`
  .trim()
  .split(/\s+/)
  .map((letters) => [...letters]);

/** Per script, what each letter of another script is taken for. */
const readings = new Map(
  scripts.map(([script], column) => [
    script,
    new Map(
      lookAlikes.flatMap((row) => {
        const target = row[column];
        if (target === undefined || target === '.') return [];
        return row.filter((letter) => letter !== '.' && letter !== target).map((letter) => [letter, target] as const);
      }),
    ),
  ]),
);

const scriptOf = (letter: string): Script | undefined => scripts.find(([, pattern]) => pattern.test(letter))?.[0];

/** A word whose letters come from more than one of Latin, Cyrillic and Greek, and what it was made to look like. */
export interface MixedWord {
  readonly reading: string;
}

/** How a word of mixed scripts reads in the script of most of its letters that have a look-alike for all the others; undefined for a word of one script. */
export function readMixed(word: string): MixedWord | undefined {
  if (scripts.filter(([, pattern]) => pattern.test(word)).length < 2) return undefined;
  const letters = [...word.normalize('NFC')];
  const written = letters.map(scriptOf);
  const counted = scripts.map(([script]) => ({ script, count: written.filter((one) => one === script).length }));
  const present = counted.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  for (const { script } of present) {
    const reading = letters.map((letter, at) => {
      const own = written[at] === script || written[at] === undefined;
      return own ? letter : readings.get(script)?.get(letter);
    });
    if (!reading.includes(undefined)) return { reading: reading.join('') };
  }
  return { reading: word };
}
