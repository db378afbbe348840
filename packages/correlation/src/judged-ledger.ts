import type { Ledger } from './score.ts';

/** The ledger of a pair that an analyst judged to be the same: the computed evidence stands as it is, the judgement decides. */
export const judgedLedger = (computed: Ledger): Ledger => ({
  ...computed,
  lines: [...computed.lines, { kind: 'judgement', millibits: 0, says: 'an analyst judged these to be the same' }],
});
