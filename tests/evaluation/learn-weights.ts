import type { Feature, FeatureVector } from './fit-features.ts';

/** A pair to learn from. */
export interface Example {
  readonly vector: FeatureVector;
  readonly right: boolean;
  readonly weight: number;
}

const mostSteps = 25;
const longestStepBits = 2;
const closeEnoughBits = 0.02;

/** Score of a pair in bits. */
export function scoreOf({ places, values }: FeatureVector, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < places.length; at++) sum += (values[at] ?? 0) * (weights[places[at] ?? 0] ?? 0);
  return sum;
}

/** How likely a score in bits says that a pair belongs together. */
export const probabilityOf = (bits: number): number => 1 / (1 + 2 ** -bits);

interface Slope {
  readonly gradient: Float64Array;
  /** Row by row; the part below the diagonal is filled. */
  readonly curvature: Float64Array;
}

function slopeAt(weights: Float64Array, examples: readonly Example[]): Slope {
  const size = weights.length;
  const gradient = new Float64Array(size);
  const curvature = new Float64Array(size * size);
  for (const { vector, right, weight } of examples) {
    const { places, values } = vector;
    const probability = probabilityOf(scoreOf(vector, weights));
    const pull = weight * ((right ? 1 : 0) - probability);
    const bend = weight * Math.max(1e-4, probability * (1 - probability)) * Math.LN2;
    for (let i = 0; i < places.length; i++) {
      const place = places[i] ?? 0;
      const value = values[i] ?? 0;
      gradient[place] = (gradient[place] ?? 0) + pull * value;
      for (let j = 0; j <= i; j++) {
        const cell = place * size + (places[j] ?? 0);
        curvature[cell] = (curvature[cell] ?? 0) + bend * value * (values[j] ?? 0);
      }
    }
  }
  return { gradient, curvature };
}

/** Solves a symmetric positive definite system (Cholesky); the matrix is given by its lower part. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const lower = matrix.slice();
  const at = (row: number, column: number): number => lower[row * size + column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = at(row, column);
      for (let k = 0; k < column; k++) sum -= at(row, k) * at(column, k);
      lower[row * size + column] = row === column ? Math.sqrt(Math.max(1e-9, sum)) : sum / at(column, column);
    }
  }
  const solution = right.slice();
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) solution[row] = (solution[row] ?? 0) - at(row, k) * (solution[k] ?? 0);
    solution[row] = (solution[row] ?? 0) / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) solution[row] = (solution[row] ?? 0) - at(k, row) * (solution[k] ?? 0);
    solution[row] = (solution[row] ?? 0) / at(row, row);
  }
  return solution;
}

/** The step for the weights in `active` alone. */
function newtonStep({ gradient, curvature }: Slope, active: readonly number[], size: number): Float64Array {
  const matrix = new Float64Array(active.length * active.length);
  for (const [row, place] of active.entries())
    for (let column = 0; column <= row; column++)
      matrix[row * active.length + column] = curvature[place * size + (active[column] ?? 0)] ?? 0;
  return solve(
    matrix,
    Float64Array.from(active, (place) => gradient[place] ?? 0),
  );
}

/**
 * Logistic regression in bits, held to the prior by a ridge of `ridge` times each feature's firmness (Newton's method with projection on what may not be negative).
 * Deterministic.
 */
export function learnWeights(features: readonly Feature[], examples: readonly Example[], ridge: number): Float64Array {
  const size = features.length;
  const weights = Float64Array.from(features, ({ priorBits }) => priorBits);
  for (let step = 0; step < mostSteps; step++) {
    const slope = slopeAt(weights, examples);
    for (const [place, { priorBits, firmness }] of features.entries()) {
      slope.gradient[place] = (slope.gradient[place] ?? 0) - ridge * firmness * ((weights[place] ?? 0) - priorBits);
      slope.curvature[place * size + place] = (slope.curvature[place * size + place] ?? 0) + ridge * firmness;
    }
    const active = features.flatMap(({ nonNegative }, place) =>
      nonNegative && (weights[place] ?? 0) <= 0 && (slope.gradient[place] ?? 0) < 0 ? [] : [place],
    );
    const steps = newtonStep(slope, active, size);
    let largest = 0;
    for (const [at, place] of active.entries()) {
      const before = weights[place] ?? 0;
      const wanted = before + Math.max(-longestStepBits, Math.min(longestStepBits, steps[at] ?? 0));
      weights[place] = features[place]?.nonNegative === true ? Math.max(0, wanted) : wanted;
      largest = Math.max(largest, Math.abs((weights[place] ?? 0) - before));
    }
    if (largest < closeEnoughBits) break;
  }
  return weights;
}
