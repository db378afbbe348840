import type { Audience } from '@samenhang/domain';
import type { EventLog, ViewStore } from '@samenhang/ports';
import type { HttpApp, PipelineStatus, RulesetOf } from '@samenhang/runtime';

/** A file of the console, ready to be sent. */
export interface StaticPage {
  readonly type: string;
  readonly body: Buffer;
}

/** What the query routes answer from. */
export interface QueryDeps {
  readonly store: ViewStore;
  /** An empty store, in which what was is worked out again. */
  readonly openScratch: () => Promise<ViewStore>;
  readonly log: EventLog;
  readonly audiences: readonly Audience[];
  readonly pipeline: () => Promise<PipelineStatus>;
  /** The weights and thresholds that the correlators use. */
  readonly rulesetOf: RulesetOf;
  /** The console's files by path; `/` and `/docs` among them. */
  readonly pages: ReadonlyMap<string, StaticPage>;
  readonly now: () => number;
}

/** Registers a group of routes by plain calls. */
export type RegisterRoutes = (app: HttpApp, deps: QueryDeps) => void;
