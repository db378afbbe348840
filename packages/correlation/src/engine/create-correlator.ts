import type { Correlator } from '../correlator.ts';
import type { Ruleset } from '../ruleset.ts';
import { IncrementalCorrelator } from './incremental-correlator.ts';

/** A correlator with no signals, or as it was when the snapshot was taken; throws RangeError when that was under another ruleset. */
export const createCorrelator = (ruleset: Ruleset, snapshot?: Uint8Array): Correlator => new IncrementalCorrelator(ruleset, snapshot);
