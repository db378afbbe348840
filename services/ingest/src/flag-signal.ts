import { observedSpan, type PostedSignal } from '@samenhang/domain';

const dayMs = 86_400_000;

const startOf = ({ observedAt }: PostedSignal): string => (typeof observedAt === 'string' ? observedAt : observedAt.start);

/** What is odd about a signal without being wrong: `observed-in-the-future` when it claims to have been seen more than a day from now. */
export function flagsOf(posted: PostedSignal, nowMs: number): readonly string[] {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  if (startOf(posted).slice(0, 10) <= today) return [];
  return observedSpan(posted.observedAt).startMs > nowMs + dayMs ? ['observed-in-the-future'] : [];
}
