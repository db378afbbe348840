import type { ViewStore } from '@samenhang/ports';
import { z } from 'zod';
import { answer } from './answer.ts';
import { audienceOf, fullAudienceOf } from './audience-of.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type AnyJudgement, createJudgementBook } from './judgement-book.ts';
import { pageSize, yesOrNo } from './parameters.ts';
import { JudgementPage } from './part-schemas.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';

const kinds = [
  'same',
  'not-same',
  'status',
  'severity',
  'assessment',
  'attribution',
  'note',
] as const satisfies readonly AnyJudgement['kind'][];

const Parameters = z.strictObject({
  limit: pageSize(50, 500).describe('Judgements per page, at most 500.'),
  cursor: z.string().min(1).max(500).optional().describe('The "next" of the page before, with the same filters.'),
  kind: z.enum(kinds).optional(),
  about: z.uuid().optional().describe('Only those about this signal, or about a pair that it is in.'),
  incident: z.uuid().optional().describe('Only those about a signal that this incident holds now.'),
  by: z.string().min(1).max(300).optional().describe('Who judged, as the judgement names them.'),
  revoked: yesOrNo().optional().describe('true: only those that were taken back; false: only those that hold.'),
});
type Parameters = z.infer<typeof Parameters>;

/** `GET /v1/judgements`: what was decided about signals that the audience sees now, newest first. */
export const registerJudgementRoutes: RegisterRoutes = (app, { store, log }) => {
  const book = createJudgementBook(log);
  app.get(
    '/v1/judgements',
    {
      config: readers,
      schema: {
        summary: 'Judgements about signals that you see, newest first: by whom, when, why',
        tags: ['judgements'],
        querystring: Parameters,
        response: { 200: JudgementPage },
      },
    },
    async (request, reply) => {
      const wanted = request.query;
      const audience = audienceOf(request);
      const chosen = await chosenOf(store, audience, { judgements: await book.of(fullAudienceOf(request)), wanted });
      return answer(request, reply, await pageOf(store, audience, { chosen, wanted }));
    },
  );
};

/** What a judgement is about: one signal, or two. */
const signalsOf = (judgement: AnyJudgement): readonly string[] => ('about' in judgement ? [judgement.about] : [judgement.a, judgement.b]);

interface Given {
  readonly judgements: readonly AnyJudgement[];
  readonly wanted: Parameters;
}

async function chosenOf(store: ViewStore, audience: string, { judgements, wanted }: Given): Promise<readonly AnyJudgement[]> {
  const { kind, about, incident, by, revoked } = wanted;
  const members = incident === undefined ? undefined : new Set(await store.members(audience, incident.toLowerCase()));
  return judgements.filter((judgement) => {
    const signals = signalsOf(judgement);
    if (kind !== undefined && judgement.kind !== kind) return false;
    if (by !== undefined && judgement.by !== by) return false;
    if (revoked !== undefined && judgement.revoked !== revoked) return false;
    if (about !== undefined && !signals.includes(about.toLowerCase())) return false;
    return members === undefined || signals.some((id) => members.has(id));
  });
}

interface Chosen {
  readonly chosen: readonly AnyJudgement[];
  readonly wanted: Parameters;
}

/** The first judgements after the cursor whose signals the audience sees: what was said about a signal goes with it when it is taken away. */
async function pageOf(store: ViewStore, audience: string, { chosen, wanted }: Chosen) {
  const { limit, cursor, ...question } = wanted;
  const asked = { route: 'judgements', audience, ...question };
  const after = cursor === undefined ? undefined : readCursor(asked, cursor);
  const rest = after === undefined ? chosen : chosen.filter(({ at, id }) => at < String(after.key) || (at === after.key && id > after.id));
  const shown: AnyJudgement[] = [];
  for (let from = 0; from < rest.length && shown.length <= limit; from += limit) {
    const part = rest.slice(from, from + limit);
    const found = await store.findSignals(audience, [...new Set(part.flatMap(signalsOf))]);
    const seen = new Set(found.filter(({ signal }) => signal !== null).map(({ id }) => id));
    shown.push(...part.filter((judgement) => signalsOf(judgement).every((id) => seen.has(id))));
  }
  const items = shown.slice(0, limit);
  const last = shown.length > limit ? items.at(-1) : undefined;
  return { items, next: last === undefined ? null : writeCursor(asked, { key: last.at, id: last.id }) };
}
