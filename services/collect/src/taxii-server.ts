import type { GuardedFetch } from './guarded-fetch.ts';
import { failed, type Outcome, retryAfterMs } from './outcome.ts';
import { isObject, parsePage, type TaxiiPage } from './taxii-page.ts';

export const taxiiType = 'application/taxii+json;version=2.1';

/** One readable collection of a server. */
export interface TaxiiCollection {
  readonly id: string;
  readonly url: string;
}

export interface TaxiiClient {
  /** The readable collections behind the configured address: of every API root, of one, or the one collection itself. */
  collections(): Promise<readonly TaxiiCollection[] | Outcome>;
  page(
    collection: TaxiiCollection,
    query: { readonly addedAfter?: string | undefined; readonly next?: string | undefined; readonly limit: number },
  ): Promise<TaxiiPage | Outcome>;
}

/** A client of a TAXII 2.1 server that trusts nothing it says: types, sizes, addresses and the answers' shapes are checked. */
export function createTaxiiClient(options: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: GuardedFetch;
  readonly nowMs: () => number;
}): TaxiiClient {
  const base = options.url.endsWith('/') ? options.url : `${options.url}/`;

  async function get(url: string): Promise<{ readonly value: unknown; readonly headers: Readonly<Record<string, string>> } | Outcome> {
    const answer = await options.fetch(url, { ...options.headers, accept: taxiiType });
    if (answer.kind !== 'answered') return failed(answer.reason);
    const after = retryAfterMs(answer.headers['retry-after'], options.nowMs());
    if (answer.status === 401 || answer.status === 403) return failed(`the server refuses our credentials (${answer.status})`, after);
    if (answer.status !== 200) return failed(`the server answered ${answer.status}`, after);
    const type = (answer.headers['content-type'] ?? '').toLowerCase();
    if (!type.startsWith('application/taxii+json') && !type.startsWith('application/vnd.oasis.taxii+json'))
      return failed(`the server answered with the type "${type.slice(0, 60)}" instead of TAXII`);
    const value = parsePage(answer.bytes);
    return value === undefined ? failed('the answer is no whole JSON') : { value, headers: answer.headers };
  }

  async function collectionsOf(root: string): Promise<readonly TaxiiCollection[] | Outcome> {
    const answer = await get(new URL('collections/', root).href);
    if ('kind' in answer) return answer;
    const listed = isObject(answer.value) && Array.isArray(answer.value.collections) ? answer.value.collections : undefined;
    if (listed === undefined) return failed('the list of collections has no collections');
    return listed
      .slice(0, 1_000)
      .flatMap((item) =>
        isObject(item) && typeof item.id === 'string' && /^[A-Za-z0-9_.-]{1,200}$/.test(item.id) && item.can_read !== false
          ? [{ id: item.id, url: new URL(`collections/${item.id}/`, root).href }]
          : [],
      );
  }

  return {
    async collections() {
      const single = /^(.*\/)collections\/([A-Za-z0-9_.-]{1,200})\/$/.exec(base);
      if (single !== null) return [{ id: single[2] ?? '', url: base }];
      const answer = await get(base);
      if ('kind' in answer) return answer;
      const roots =
        isObject(answer.value) && Array.isArray(answer.value.api_roots)
          ? answer.value.api_roots.filter((root) => typeof root === 'string')
          : undefined;
      if (roots === undefined) return await collectionsOf(base);
      const found: TaxiiCollection[] = [];
      for (const root of roots.slice(0, 50)) {
        const url = URL.parse(root.endsWith('/') ? root : `${root}/`, base);
        const part = url === null ? failed(`the API root "${root.slice(0, 100)}" is no address`) : await collectionsOf(url.href);
        if ('kind' in part) return part;
        found.push(...part);
      }
      return found;
    },
    async page(collection, { addedAfter, next, limit }) {
      const url = new URL('objects/', collection.url);
      url.searchParams.set('limit', String(limit));
      if (addedAfter !== undefined) url.searchParams.set('added_after', addedAfter);
      if (next !== undefined) url.searchParams.set('next', next);
      const answer = await get(url.href);
      if ('kind' in answer) return answer;
      if (!isObject(answer.value)) return failed('a page of objects is no object');
      const objects = Array.isArray(answer.value.objects) ? answer.value.objects : [];
      const following = typeof answer.value.next === 'string' ? answer.value.next : undefined;
      return { objects, more: answer.value.more === true, next: following, lastAdded: addedOf(answer.headers['x-taxii-date-added-last']) };
    },
  };
}

/** A timestamp as TAXII writes it; anything else would poison the cursor. */
const addedOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) ? text : undefined;
