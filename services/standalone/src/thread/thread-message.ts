import type { Config, Tally } from '@samenhang/runtime';

/** The parts of the pipeline, in the order of the flow; each runs on a thread of its own. */
export const partNames = ['enrich', 'correlate', 'materialize', 'notify'] as const;
export type PartName = (typeof partNames)[number];

/** What a thread is started with. */
export interface ThreadOrder {
  readonly part: PartName;
  readonly config: Config;
}

/** What a thread tells. Posted before the batch that it is about is committed, so that whoever saw the commit can read it. */
export type ThreadReport =
  | { readonly kind: 'stage'; readonly stage: string; readonly reads: string; readonly aside: boolean }
  | { readonly kind: 'tally'; readonly stage: string; readonly tally: Tally }
  | { readonly kind: 'blocked'; readonly name: string; readonly cause: string }
  | { readonly kind: 'cleared'; readonly name: string }
  | { readonly kind: 'started' }
  | { readonly kind: 'failed'; readonly cause: string };
