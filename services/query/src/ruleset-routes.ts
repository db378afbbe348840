import { Ruleset, rulesetVersion } from '@samenhang/correlation';
import { ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import { answer } from './answer.ts';
import { audienceOf } from './audience-of.ts';
import { compareRulesets } from './compare-rulesets.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';

const Outcome = z.object({
  rulesetVersion: z.string(),
  incidents: z.int(),
  linked: z.int(),
  links: z.int(),
  possible: z.int(),
  largest: z.int(),
});

const Becomes = z.array(z.object({ id: z.uuid(), size: z.int(), shared: z.int() }));

const ComparisonDocument = z.object({
  audience: z.string(),
  inputs: z.int(),
  signals: z.int(),
  current: Outcome,
  candidate: Outcome,
  pairs: z.object({ both: z.int(), onlyCurrent: z.int(), onlyCandidate: z.int() }),
  changed: z.array(z.object({ id: z.uuid(), size: z.int(), becomes: Becomes })),
});

const RulesetDocument = z.object({ version: z.string(), ruleset: Ruleset });

/** `GET /v1/ruleset` and `POST /v1/ruleset/compare`: what weights and thresholds link signals now, and what others would make of the same signals. */
export const registerRulesetRoutes: RegisterRoutes = (app, { log, audiences, rulesetOf }) => {
  let comparing = false;
  app.get(
    '/v1/ruleset',
    {
      config: readers,
      schema: { summary: 'The weights and thresholds that link signals', tags: ['rulesets'], response: { 200: RulesetDocument } },
    },
    async (request, reply) => {
      const ruleset = rulesetOf(audienceOf(request));
      return answer(request, reply, { version: rulesetVersion(ruleset), ruleset });
    },
  );
  app.post(
    '/v1/ruleset/compare',
    {
      config: readers,
      schema: {
        summary: 'What another ruleset would make of the signals of your audience, beside the running one',
        tags: ['rulesets'],
        body: Ruleset,
        response: { 200: ComparisonDocument },
      },
    },
    async (request) => {
      const audience = audienceOf(request);
      if (comparing) throw new ServiceError('pipeline-behind', 'Another comparison is running here.', { retryAfterSeconds: 10 });
      comparing = true;
      try {
        const partition = audiences.findIndex(({ id }) => id === audience);
        const compared = await compareRulesets({ log, audience, partition, current: rulesetOf(audience), candidate: request.body });
        return { ...compared, changed: compared.changed.map(({ becomes, ...rest }) => ({ ...rest, becomes: [...becomes] })) };
      } finally {
        comparing = false;
      }
    },
  );
};
