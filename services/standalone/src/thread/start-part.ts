import type { EventLog, ViewStore } from '@samenhang/ports';
import type { Config, Step } from '@samenhang/runtime';
import type { PartName } from './thread-message.ts';

/** What the steps of a part stand on. */
export interface PartGround {
  readonly config: Config;
  readonly log: EventLog;
  readonly views: ViewStore;
  /** Aborts when the thread is to stop, before its steps are stopped. */
  readonly stopping: AbortSignal;
  /** Starts a step; told in the order of the flow. */
  run<In>(step: Step<In>): Promise<void>;
}

type StartPart = (ground: PartGround) => Promise<void>;

/** Starts every step of a part. Each thread loads the code of its own part only. */
export const startPart: Readonly<Record<PartName, StartPart>> = {
  async enrich({ config, run }) {
    const { createEnrichStep, createRouteJudgementsStep, loadKnowledge } = await import('@samenhang/enrich');
    const { audiences, sources } = config;
    await run(createEnrichStep(audiences, { sources, ...(await loadKnowledge(config)) }));
    await run(createRouteJudgementsStep(audiences));
  },
  async correlate({ config, log, run }) {
    const [{ createCorrelateStep }, { createCorrelator }, { loadRulesets }] = await Promise.all([
      import('@samenhang/correlate'),
      import('@samenhang/correlation'),
      import('@samenhang/runtime'),
    ]);
    const rulesetOf = await loadRulesets(config);
    await run(
      createCorrelateStep({ audiences: config.audiences, log, createCorrelator: (audience) => createCorrelator(rulesetOf(audience)) }),
    );
  },
  async materialize({ config, log, views, run }) {
    const { catchUp, createMaterializeIncidentsStep, createMaterializeSignalsStep } = await import('@samenhang/materialize');
    const [signals, incidents] = [createMaterializeSignalsStep({ store: views, now: Date.now }), createMaterializeIncidentsStep(views)];
    const known = { audiences: config.audiences, log, store: views };
    await catchUp(signals, known);
    await catchUp(incidents, known);
    await run(signals);
    await run(incidents);
  },
  async notify({ config, log, stopping, run }) {
    const { createNotifySteps } = await import('@samenhang/notify');
    for (const step of createNotifySteps(config, { log, stopping })) await run(step);
  },
};
