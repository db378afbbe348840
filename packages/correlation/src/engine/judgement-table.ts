import type { Judgement } from '@samenhang/domain';
import { type Constraint, constraintsOf, prevails } from '../constraint.ts';

interface Told {
  readonly judgement: Judgement;
  readonly position: number;
}

/** What is in force between a signal and another. */
export interface Ruling {
  readonly constraint: Constraint;
  readonly position: number;
}

/** Judgements by id, and what follows from them for every pair, known signals or not. */
export class JudgementTable {
  readonly #told = new Map<string, Told>();
  readonly #byPair = new Map<string, Set<string>>();
  readonly #rulings = new Map<string, Map<string, Ruling>>();

  all(): Iterable<Told> {
    return this.#told.values();
  }

  /** Takes a judgement in; true when something else is in force between its two signals, or between those it named before, than was. */
  tell(judgement: Judgement, position: number): readonly (readonly [a: string, b: string])[] {
    const known = this.#told.get(judgement.id);
    if (known !== undefined && !prevails({ judgement, position }, known)) return [];
    this.#told.set(judgement.id, { judgement, position });
    const pairs = new Map([known?.judgement ?? judgement, judgement].map(({ a, b }) => [nameOf(a, b), [a, b] as const]));
    if (known !== undefined) this.#byPair.get(nameOf(known.judgement.a, known.judgement.b))?.delete(judgement.id);
    const ids = this.#byPair.get(nameOf(judgement.a, judgement.b)) ?? new Set();
    this.#byPair.set(nameOf(judgement.a, judgement.b), ids.add(judgement.id));
    return [...pairs].flatMap(([name, pair]) => (this.#rule(name, ...pair) ? [pair] : []));
  }

  find(id: string): Judgement | undefined {
    return this.#told.get(id)?.judgement;
  }

  get isEmpty(): boolean {
    return this.#told.size === 0;
  }

  /** True when they are judged to be the same. */
  isSame(a: string, b: string): boolean {
    return this.ruling(a, b)?.constraint.kind === 'same';
  }

  rulingsOf(id: string): ReadonlyMap<string, Ruling> {
    return this.#rulings.get(id) ?? none;
  }

  ruling(a: string, b: string): Ruling | undefined {
    return this.#rulings.get(a)?.get(b);
  }

  #rule(name: string, a: string, b: string): boolean {
    const told = [...(this.#byPair.get(name) ?? [])].flatMap((id) => this.#told.get(id) ?? []);
    const [constraint] = constraintsOf(told.map(({ judgement }) => judgement));
    const before = this.ruling(a, b)?.constraint;
    const position = told.find(({ judgement }) => judgement.id === constraint?.id)?.position ?? 0;
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      const rulings = this.#rulings.get(x) ?? new Map<string, Ruling>();
      if (constraint === undefined) rulings.delete(y);
      else rulings.set(y, { constraint, position });
      this.#rulings.set(x, rulings);
    }
    return before?.id !== constraint?.id || before?.kind !== constraint?.kind || before?.at !== constraint?.at;
  }
}

const none: ReadonlyMap<string, Ruling> = new Map();
const nameOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
