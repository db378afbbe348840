import type { Judgement } from '@samenhang/domain';
import type { Standing } from '../live-input.ts';
import type { Profile } from '../profile.ts';

/** All that a correlator's state follows from. */
export interface SnapshotContent {
  readonly rulesetVersion: string;
  readonly signals: readonly { readonly id: string; readonly standing: Standing; readonly profile?: Profile }[];
  readonly judgements: readonly { readonly judgement: Judgement; readonly position: number }[];
}

export const writeSnapshot = (content: SnapshotContent): Uint8Array => new TextEncoder().encode(JSON.stringify(content));

/** Reads what `writeSnapshot` wrote; throws SyntaxError on anything else. */
export const readSnapshot = (bytes: Uint8Array): SnapshotContent => JSON.parse(new TextDecoder().decode(bytes));
