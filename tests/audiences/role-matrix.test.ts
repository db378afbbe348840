import { type HttpApp, type KeyRing, type Role, roles } from '@samenhang/runtime';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { withReferenceApp } from '../../scripts/docs/reference-app.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const Operation = z.looseObject({ 'x-roles': z.array(z.enum(['anyone', ...roles])).min(1) });
const Document = z.looseObject({ paths: z.record(z.string(), z.partialRecord(z.enum(methods), Operation)) });

type Asking = Role | 'none';
interface Pair {
  readonly method: (typeof methods)[number];
  readonly path: string;
  readonly allowed: readonly string[];
  readonly asking: Asking;
}

/** Every role, and no key at all, on every route that the OpenAPI document tells of. */
const pairsOf = (document: z.infer<typeof Document>): readonly Pair[] =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    methods.flatMap((method) => {
      const allowed = operations[method]?.['x-roles'];
      return allowed === undefined ? [] : [...roles, 'none' as const].map((asking) => ({ method, path, allowed, asking }));
    }),
  );

/** What the policy makes of a request before anything else is looked at. */
function expectedOf({ allowed, asking }: Pair): 'unauthenticated' | 'forbidden' | 'let in' {
  if (allowed.includes('anyone') || allowed.includes(asking)) return 'let in';
  return asking === 'none' ? 'unauthenticated' : 'forbidden';
}

/** Asks for nothing that exists, with a parameter that no route knows, so that no stream is opened and nothing is changed. */
async function outcomeOf(app: HttpApp, keyOf: ReadonlyMap<Asking, string>, { method, path, asking }: Pair): Promise<string> {
  const key = keyOf.get(asking);
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const url = `${path.replace(/\{[^}]+\}/g, '00000000-0000-5000-8000-000000000000')}?no-such-parameter=1`;
  const answer = await app.inject({ method, url, headers, ...(method === 'get' ? {} : { payload: {} }) });
  const refused = /"type":"[^"]*\/(unauthenticated|forbidden)"/.exec(answer.body)?.[1];
  const status = { unauthenticated: 401, forbidden: 403 }[refused ?? ''] ?? answer.statusCode;
  expect(answer.statusCode).toBe(status);
  return refused ?? 'let in';
}

const keysFor = (ring: KeyRing): ReadonlyMap<Asking, string> =>
  new Map(roles.map((role) => [role, ring.create({ name: role, role, audiences: 'all', sources: 'all' }).key]));

test('every role, and who has no key, is let in by exactly the routes whose policy in the OpenAPI document names it', async () => {
  await withReferenceApp(async (app, ring) => {
    const keyOf = keysFor(ring);
    const pairs = pairsOf(Document.parse(app.swagger()));
    expect(pairs.length).toBeGreaterThan(80);

    const wrong: string[] = [];
    for (const pair of pairs) {
      const outcome = await outcomeOf(app, keyOf, pair);
      if (outcome !== expectedOf(pair)) wrong.push(`${pair.asking} on ${pair.method} ${pair.path}: ${outcome}`);
    }
    expect(wrong).toEqual([]);
  });
});

test('a route whose policy is not in the OpenAPI document is found out', () => {
  const undescribed = { paths: { '/v1/things': { get: { summary: 'Things' } } } };

  expect(Document.safeParse(undescribed).success).toBe(false);
});

test('the OpenAPI document tells what a policy lets in besides: the key it needs', async () => {
  await withReferenceApp(async (app) => {
    const { paths } = Document.parse(app.swagger());
    const operations = Object.values(paths).flatMap((one) => Object.values(one));

    for (const operation of operations) {
      expect(operation.security).toEqual(operation['x-roles'].includes('anyone') ? [] : [{ key: [] }]);
    }
  });
});
