const bitsOfWord = 32;

/** A set of whole numbers from 0 on that lie close together, one bit each. */
export interface NumberSet {
  add(number: number): void;
  has(number: number): boolean;
  /** How many numbers it holds; looks at every bit. */
  size(): number;
  /** Its numbers, ascending. */
  numbers(): readonly number[];
  /** The numbers that both hold, as a new set. */
  and(other: NumberSet): NumberSet;
  /** Thirty-two numbers at a time, the lowest first; not to be changed. */
  readonly words: Uint32Array;
}

/** An empty set of numbers up to the largest. */
export const createNumberSet = (largest: number): NumberSet => setOf(new Uint32Array(Math.floor(largest / bitsOfWord) + 1));

function setOf(words: Uint32Array): NumberSet {
  return {
    words,
    add(number) {
      const at = number >>> 5;
      words[at] = (words[at] ?? 0) | (1 << (number & 31));
    },
    has: (number) => (((words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1,
    size: () => words.reduce((sum, word) => sum + onesIn(word), 0),
    numbers() {
      const found: number[] = [];
      for (let at = 0; at < words.length; at++) {
        for (let word = words[at] ?? 0; word !== 0; word &= word - 1) found.push(at * bitsOfWord + 31 - Math.clz32(word & -word));
      }
      return found;
    },
    and: (other) => setOf(words.map((word, at) => word & (other.words[at] ?? 0))),
  };
}

/** The number of ones (Warren, Hacker's Delight, section 5-1). */
function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
