const space = 32;
/** What eld leaves standing where it ends a run of other characters than letters: ' ` ’ */
const isApostrophe = (unit: number): boolean => unit === 0x27 || unit === 0x60 || unit === 0x2019;
/** Σ and İ: their lower case depends on what stands around them, or is two units. */
const isSpecial = (unit: number): boolean => unit === 0x3a3 || unit === 0x130;

const longestText = 1_024;
const kept = new Uint16Array(longestText * 2);
/** The lower case of a unit plus one; zero where it was not asked for yet. */
const lowered = new Uint32Array(0x10000);

function lowerOf(unit: number): number {
  const known = lowered[unit] ?? 0;
  if (known !== 0) return known - 1;
  const lower = String.fromCharCode(unit).toLowerCase().charCodeAt(0);
  lowered[unit] = lower + 1;
  return lower;
}

/**
 * The letters of a text of at most 1,024 units in lower case, with one space for each run of anything else; apostrophes that end such a run stay, as in eld. What is given is overwritten by
 * the next call.
 */
export function lettersOf(text: string, letters: Uint8Array): Uint16Array {
  let length = 0;
  let special = false;
  const end = Math.min(text.length, longestText);
  for (let at = 0; at < end; ) {
    const unit = text.charCodeAt(at);
    if (letters[unit] !== 1) {
      const next = runEnd(text, at, end, letters);
      length = keepRun(text, at, next, length);
      at = next;
      continue;
    }
    if (isSpecial(unit)) special = true;
    kept[length++] = unit;
    at++;
  }
  if (kept[length - 1] === space) length--;
  return special ? lowerAll(kept.subarray(0, length)) : lowerEach(kept.subarray(0, length));
}

function runEnd(text: string, from: number, end: number, letters: Uint8Array): number {
  let at = from;
  while (at < end && letters[text.charCodeAt(at)] !== 1) at++;
  return at;
}

/** A space for the run up to its last character that is no apostrophe, but for none at the beginning of the text, then the apostrophes; gives the new length. */
function keepRun(text: string, from: number, to: number, length: number): number {
  let last = to;
  while (last > from && isApostrophe(text.charCodeAt(last - 1))) last--;
  let next = length;
  if (last > from && length > 0) kept[next++] = space;
  for (let at = last; at < to; at++) kept[next++] = text.charCodeAt(at);
  return next;
}

function lowerEach(units: Uint16Array): Uint16Array {
  for (let at = 0; at < units.length; at++) units[at] = lowerOf(units[at] ?? 0);
  return units;
}

const lowerAll = (units: Uint16Array): Uint16Array => {
  const text = String.fromCharCode(...units).toLowerCase();
  return Uint16Array.from(text, (character) => character.charCodeAt(0));
};
