import { z } from 'zod';
import { Marking } from './marking.ts';

export const Judgement = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['same', 'not-same']),
  a: z.uuid(),
  b: z.uuid(),
  by: z.string().min(1).max(200),
  at: z.string(),
  reason: z.string().max(2_000).default(''),
  marking: Marking,
  revoked: z.boolean().default(false),
});
/** What an analyst decided about two signals; it always wins over computed evidence until it is revoked. */
export type Judgement = z.infer<typeof Judgement>;
