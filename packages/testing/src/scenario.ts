import { readFile } from 'node:fs/promises';
import { PostedSignal } from '@samenhang/domain';
import { parse } from 'yaml';
import { z } from 'zod';

const ExpectedIncident = z.strictObject({
  says: z.string().min(1),
  /** External ids of exactly the signals that are in it. */
  of: z.array(z.string()).min(2),
});

const ScenarioFile = z.strictObject({
  says: z.string().min(1),
  audience: z.string().default('fusion-cell'),
  defaults: z.record(z.string(), z.json()).default({}),
  /** Signals to post, in this order; `defaults` are filled in. */
  signals: z.array(z.record(z.string(), z.json())).min(1),
  expect: z.strictObject({
    incidents: z.array(ExpectedIncident).default([]),
    /** External ids of signals that are alone. */
    alone: z.array(z.string()).default([]),
    /** External ids of signals that the audience never sees. */
    unseen: z.array(z.string()).default([]),
  }),
});

export const Scenario = ScenarioFile.transform(({ defaults, signals, ...rest }) => ({
  ...rest,
  signals: signals.map((signal) => PostedSignal.parse({ ...defaults, ...signal })),
}));
/** Signals in, incidents out, written as an analyst could. */
export type Scenario = z.infer<typeof Scenario>;

/** Reads a scenario file; throws on anything in it that is not a scenario. */
export const loadScenario = async (file: URL | string): Promise<Scenario> => Scenario.parse(parse(await readFile(file, 'utf8')));
