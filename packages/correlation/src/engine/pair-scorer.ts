import { cosineOf } from '../evidence/text-similarity.ts';
import { nameKinds } from '../pair-facts.ts';
import { type ClassRule, pairClasses, type Ruleset, toMillibits } from '../ruleset.ts';
import { sharedMillibits } from '../score.ts';
import { Int32Column } from './int32-column.ts';
import type { KeyIndex } from './key-index.ts';
import { field, headerLength, listStart, timeAt } from './signal-record.ts';
import type { SignalTable } from './signal-table.ts';

const dayMs = 86_400_000;
/** Sums of rarities up to here are looked up; larger ones are computed. */
const tabled = 128;

interface CompiledClass {
  readonly base: number;
  readonly rule: ClassRule;
  readonly time: readonly number[];
  readonly timeBeyond: number;
  readonly text: readonly number[];
  readonly textOtherwise: number;
  readonly textNone: number;
  /** Millibits by kind and sum of eighths. */
  readonly shared: readonly Int32Array[];
  readonly bits: readonly number[];
  readonly agreement: { readonly [Name in keyof ClassRule['agreement']]: number };
}

/** Scores pairs over flat arrays: the same totals as `scorePair`, without a ledger. What the last pair came to stands in its fields. */
export class PairScorer {
  millibits = 0;
  besidesTime = 0;
  /** True when both stand for a value that nominates. */
  candidate = false;
  readonly #ruleset: Ruleset;
  readonly #signals: SignalTable;
  readonly #keys: KeyIndex;
  readonly #classes: readonly CompiledClass[];
  readonly #isName: Uint8Array;
  readonly #isIndicator: Uint8Array;
  readonly #bestOnly: Uint8Array;
  readonly #word: number;
  readonly #eighths: Int32Array;
  #shared = new Int32Array(256);
  #sharedCount = 0;
  #agreement = 0;
  #agreementFor = 0;
  /** For each key the number of the last pair in which it was covered. */
  readonly #covered = new Int32Column();
  #pair = 0;

  constructor(ruleset: Ruleset, signals: SignalTable, keys: KeyIndex) {
    this.#ruleset = ruleset;
    this.#signals = signals;
    this.#keys = keys;
    const kinds = keys.kinds;
    this.#isName = Uint8Array.from(kinds, (kind) => (nameKinds.has(kind) ? 1 : 0));
    this.#isIndicator = Uint8Array.from(kinds, (kind) => (ruleset.shared[kind]?.family === 'indicator' ? 1 : 0));
    this.#bestOnly = Uint8Array.from(kinds, (kind) => (ruleset.shared[kind]?.bestOnly === true ? 1 : 0));
    this.#word = kinds.indexOf('word');
    this.#eighths = new Int32Array(kinds.length);
    this.#classes = pairClasses.map((name) => compileClass(ruleset, name, kinds));
  }

  /** Scores two live signals; `stands` says whether both stand for a value in their stories. */
  score(a: number, b: number, stands: (key: number) => boolean): void {
    const [x, y, from, to] = [this.#signals.array(a), this.#signals.array(b), this.#signals.offset(a), this.#signals.offset(b)];
    this.#share(x, from, y, to, stands);
    const keys = this.#keys;
    const { rareWordEighths } = this.#ruleset;
    let indicator = false;
    let name = false;
    let squares = 0;
    for (let at = 0; at < this.#sharedCount; at++) {
      const key = this.#shared[at] ?? 0;
      const kind = keys.kindOf(key);
      const eighths = keys.eighths(key);
      if (this.#isName[kind] === 1) name = true;
      if (kind === this.#word) squares += eighths * eighths;
      if (this.#covered.get(key) === this.#pair) continue;
      if (this.#isIndicator[kind] === 1) indicator = true;
      if (kind === this.#word && eighths < rareWordEighths) continue;
      const sum = this.#eighths[kind] ?? 0;
      this.#eighths[kind] = this.#bestOnly[kind] === 1 ? Math.max(sum, eighths) : sum + eighths;
    }
    const prose = x[from + field.prose] === 1 && y[to + field.prose] === 1;
    this.#sum(this.#classes[indicator ? 0 : prose ? 2 : 1], x, from, y, to, squares, name);
  }

  #share(x: Int32Array, from: number, y: Int32Array, to: number, stands: (key: number) => boolean): void {
    const begin = from + headerLength;
    const keyCount = x[from + field.keys] ?? 0;
    const end = begin + keyCount;
    const otherEnd = to + headerLength + (y[to + field.keys] ?? 0);
    const impliedAt = end + keyCount + 1;
    if (this.#shared.length < keyCount) this.#shared = new Int32Array(2 * keyCount);
    this.#pair++;
    let count = 0;
    this.candidate = false;
    for (let i = begin, j = to + headerLength; i < end && j < otherEnd; ) {
      const left = x[i] ?? 0;
      const right = y[j] ?? 0;
      if (left === right) {
        this.#shared[count++] = left;
        if (!this.candidate && this.#keys.nominates(left)) this.candidate = stands(left);
        const impliedEnd = impliedAt + (x[i + keyCount + 1] ?? 0);
        for (let at = impliedAt + (x[i + keyCount] ?? 0); at < impliedEnd; at++) this.#covered.set(x[at] ?? 0, this.#pair);
      }
      if (left <= right) i++;
      if (right <= left) j++;
    }
    this.#sharedCount = count;
  }

  #sum(
    rule: CompiledClass | undefined,
    x: Int32Array,
    from: number,
    y: Int32Array,
    to: number,
    squares: number,
    sharesName: boolean,
  ): void {
    if (rule === undefined) return;
    let besides = 0;
    for (let kind = 0; kind < this.#eighths.length; kind++) {
      const eighths = this.#eighths[kind] ?? 0;
      if (eighths === 0) continue;
      this.#eighths[kind] = 0;
      besides += eighths < tabled ? (rule.shared[kind]?.[eighths] ?? 0) : sharedMillibits(rule.bits[kind] ?? 0, eighths);
    }
    const cosine = cosineOf(x[from + field.wordCount] ?? 0, y[to + field.wordCount] ?? 0, squares);
    const text = textMillibits(rule, cosine);
    const gap = Math.max(
      0,
      timeAt(x, from + field.start) - timeAt(y, to + field.end),
      timeAt(y, to + field.start) - timeAt(x, from + field.end),
    );
    this.#agree(rule, x, from, y, to, sharesName);
    this.millibits = rule.base + besides + text + timeMillibits(rule, gap / dayMs) + this.#agreement;
    this.besidesTime = besides + (cosine === undefined ? 0 : Math.max(0, text)) + this.#agreementFor;
  }

  /** What both agree and disagree on, in all and the part that speaks for the pair. */
  #agree({ agreement }: CompiledClass, x: Int32Array, from: number, y: Int32Array, to: number, sharesName: boolean): void {
    this.#agreement = 0;
    this.#agreementFor = 0;
    for (let each = 0; each < compared.length; each++) {
      const [same, other] = compared[each] ?? compared[0];
      const sizes = (x[from + field.countries + each] ?? 0) * (y[to + field.countries + each] ?? 0);
      if (sizes > 0) this.#count(agreement[meets(x, from, y, to, each) ? same : other]);
    }
    const language = x[from + field.language] ?? -1;
    const otherLanguage = y[to + field.language] ?? -1;
    if (language < 0 || otherLanguage < 0) return;
    this.#count(agreement[language === otherLanguage ? 'same-language' : 'other-language']);
    if (language !== otherLanguage && sharesName) this.#count(agreement['name-across-languages']);
  }

  #count(millibits: number): void {
    this.#agreement += millibits;
    this.#agreementFor += Math.max(0, millibits);
  }
}

function timeMillibits({ rule, time, timeBeyond }: CompiledClass, days: number): number {
  const steps = rule.time.steps;
  for (let at = 0; at < steps.length; at++) if (days <= (steps[at]?.withinDays ?? 0)) return time[at] ?? 0;
  return timeBeyond;
}

function textMillibits({ rule, text, textOtherwise, textNone }: CompiledClass, cosine: number | undefined): number {
  if (cosine === undefined) return textNone;
  const steps = rule.text.steps;
  for (let at = 0; at < steps.length; at++) if (cosine < (steps[at]?.below ?? 0)) return text[at] ?? 0;
  return textOtherwise;
}

/** Lists of a record that agree or disagree, in their order there. */
const compared = [
  ['same-country', 'other-country'],
  ['same-sector', 'other-sector'],
  ['same-actor', 'other-actor'],
] as const;

function meets(x: Int32Array, from: number, y: Int32Array, to: number, each: number): boolean {
  const begin = listStart(x, from, each);
  const end = begin + (x[from + field.countries + each] ?? 0);
  const otherBegin = listStart(y, to, each);
  const otherEnd = otherBegin + (y[to + field.countries + each] ?? 0);
  for (let i = begin; i < end; i++) for (let j = otherBegin; j < otherEnd; j++) if (x[i] === y[j]) return true;
  return false;
}

function compileClass(ruleset: Ruleset, name: (typeof pairClasses)[number], kinds: readonly string[]): CompiledClass {
  const rule = ruleset.classes[name];
  const bits = kinds.map((kind) => {
    const shared = ruleset.shared[kind];
    return (name === 'report' ? shared?.reportBits : undefined) ?? shared?.bits ?? 0;
  });
  const agreement = { ...rule.agreement };
  return {
    base: toMillibits(rule.baseBits),
    rule,
    time: rule.time.steps.map((step) => toMillibits(step.bits)),
    timeBeyond: toMillibits(rule.time.beyondBits),
    text: rule.text.steps.map((step) => toMillibits(step.bits)),
    textOtherwise: toMillibits(rule.text.otherwiseBits),
    textNone: toMillibits(rule.text.noneBits),
    shared: bits.map((each) => Int32Array.from({ length: tabled }, (_, eighths) => sharedMillibits(each, eighths))),
    bits,
    agreement: {
      'same-country': toMillibits(agreement['same-country']),
      'other-country': toMillibits(agreement['other-country']),
      'same-sector': toMillibits(agreement['same-sector']),
      'other-sector': toMillibits(agreement['other-sector']),
      'same-actor': toMillibits(agreement['same-actor']),
      'other-actor': toMillibits(agreement['other-actor']),
      'same-language': toMillibits(agreement['same-language']),
      'other-language': toMillibits(agreement['other-language']),
      'name-across-languages': toMillibits(agreement['name-across-languages']),
    },
  };
}
