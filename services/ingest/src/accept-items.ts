import { bump, emptyTally, type ProblemDocument, problemOf, type StageCounters } from '@samenhang/runtime';
import type { Acceptor } from './acceptor.ts';
import type { Receipt } from './decide-group.ts';
import type { Item, Refusal } from './parse-item.ts';

/** What became of one item of a request. */
export interface ItemResult {
  readonly index: number;
  readonly status: 'accepted' | 'duplicate' | 'rejected';
  readonly id: string | null;
  readonly problem?: ProblemDocument;
}

/** What became of one item, before it is numbered. */
export type ItemOutcome =
  | { readonly status: 'accepted'; readonly id: string }
  | { readonly status: 'duplicate'; readonly id: string }
  | { readonly status: 'rejected'; readonly id: string | null; readonly refusal: Refusal };

function outcomeOf({ id, contentHash, decision }: Receipt): ItemOutcome {
  switch (decision.kind) {
    case 'accepted':
    case 'duplicate':
      return { status: decision.kind, id };
    case 'conflict': {
      const detail = `Signal ${id} is known at this revision with the content ${decision.knownHash}; this one has ${contentHash}. Post a change with a higher revision.`;
      return { status: 'rejected', id, refusal: { code: 'signal-conflict', detail, errors: [] } };
    }
    case 'outdated': {
      const detail = `Signal ${id} is known at revision ${decision.newest}; an older revision is not taken any more.`;
      return { status: 'rejected', id, refusal: { code: 'revision-outdated', detail, errors: [] } };
    }
  }
}

/** Accepts what may be accepted of some items and gives one outcome per item, in order; counts them. Rejects, and counts them as rejected, when nothing can be said of them. */
export async function acceptItems(
  items: readonly Item[],
  {
    acceptor,
    counters,
    trace,
  }: { readonly acceptor: Acceptor; readonly counters: StageCounters; readonly trace: Readonly<Record<string, string>> },
): Promise<readonly ItemOutcome[]> {
  const posted = items.flatMap((item) => (item.kind === 'signal' ? [item.posted] : []));
  const tally = emptyTally();
  tally.received = items.length;
  try {
    const receipts = (posted.length === 0 ? [] : await acceptor.accept(posted, trace)).values();
    const outcomes = items.map((item): ItemOutcome => {
      if (item.kind === 'refused') return { status: 'rejected', id: null, refusal: item };
      const receipt = receipts.next();
      if (receipt.done) throw new RangeError('fewer receipts than signals');
      return outcomeOf(receipt.value);
    });
    for (const outcome of outcomes) {
      if (outcome.status === 'accepted') tally.sent++;
      else if (outcome.status === 'duplicate') bump(tally.dropped, 'duplicate');
      else bump(tally.rejected, outcome.refusal.code);
    }
    return outcomes;
  } catch (error) {
    for (const _item of items) bump(tally.rejected, 'log-unavailable');
    throw error;
  } finally {
    counters.add(tally);
  }
}

/** The outcome as it stands in the answer to a list. */
export function resultOf(outcome: ItemOutcome, index: number): ItemResult {
  if (outcome.status !== 'rejected') return { index, status: outcome.status, id: outcome.id };
  const { code, detail, errors } = outcome.refusal;
  return { index, status: 'rejected', id: outcome.id, problem: problemOf(code, detail, `/v1/signals#/${index}`, errors) };
}
