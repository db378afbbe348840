import type { Audience } from '@samenhang/domain';
import { type HttpApp, ServiceError } from '@samenhang/runtime';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { QueryDeps } from '../query-deps.ts';
import { instantOf } from './catalogue-entry.ts';
import type { ExportCatalogue } from './export-catalogue.ts';
import type { ExportLedger } from './export-ledger.ts';
import { exportedIn } from './exported-in.ts';
import { exporters } from './exporters.ts';
import type { ExportCatalogues } from './follow-logs.ts';
import { objectBodies } from './object-bodies.ts';
import {
  answerErrorsAsTaxii,
  answerTaxii,
  collectionIdOf,
  requireAccept,
  requireContentType,
  stixType,
  taxiiType,
} from './taxii-protocol.ts';
import { addedHeaders, moreOf, type TaxiiPage, TaxiiParameters, taxiiPage, taxiiQueryOf } from './taxii-query.ts';

export interface PartnerDeps extends Pick<QueryDeps, 'log' | 'store' | 'audiences' | 'now'> {
  readonly catalogues: ExportCatalogues;
  readonly ledger: ExportLedger;
}

const root = '/taxii2/root/';
const policy = { ...exporters, basic: true } as const;
const hide = { hide: true } as const;
const Empty = z.strictObject({});
const CollectionParameters = z.strictObject({ collection: z.string().max(100) });
const ObjectParameters = CollectionParameters.extend({ object: z.string().max(300) });

/** The read-only TAXII 2.1 server under `/taxii2/`: one collection for every audience that the asker may act for, with what of it may leave. */
export function registerTaxiiRoutes(app: HttpApp, deps: PartnerDeps): void {
  app.register(async (scope: HttpApp) => {
    answerErrorsAsTaxii(scope);
    scope.addHook('preValidation', async ({ headers }) => requireAccept(headers.accept));
    registerServerRoutes(scope);
    registerContentRoutes(scope, deps);
    registerRefusals(scope);
  });
}

function registerServerRoutes(scope: HttpApp): void {
  const schema = { ...hide, querystring: Empty };
  scope.get('/taxii2/', { config: policy, schema }, async (_request, reply) =>
    answerTaxii(reply, {
      title: 'Samenhang',
      description: 'Reports and incidents, for each audience what of it may leave.',
      default: root,
      api_roots: [root],
    }),
  );
  scope.get(root, { config: policy, schema }, async (_request, reply) =>
    answerTaxii(reply, { title: 'Samenhang', versions: [taxiiType], max_content_length: 1 }),
  );
  scope.get(`${root}collections/`, { config: policy, schema }, async ({ principal }, reply) => {
    const collections = (principal?.audiences ?? []).map(collectionOf);
    return answerTaxii(reply, collections.length === 0 ? {} : { collections });
  });
  scope.get(
    `${root}collections/:collection/`,
    { config: policy, schema: { ...schema, params: CollectionParameters } },
    async (request, reply) => answerTaxii(reply, collectionOf(actFor(request, request.params.collection))),
  );
}

const collectionOf = ({ id, name }: Audience) => ({
  id: collectionIdOf(id),
  title: name,
  alias: id,
  can_read: true,
  can_write: false,
  media_types: [stixType],
});

/** The audience of a collection, named by its id or alias; from here on the request is for that. One that is not granted is answered as one that there is not. */
function actFor(request: FastifyRequest, collection: string): Audience {
  const { principal } = request;
  const audience = principal?.audiences.find(({ id }) => id === collection || collectionIdOf(id) === collection);
  if (principal === null || audience === undefined) throw new ServiceError('not-found', 'There is no collection with this id.');
  request.principal = { ...principal, audience };
  return audience;
}

function registerContentRoutes(scope: HttpApp, { log, audiences, now, catalogues, ledger }: PartnerDeps): void {
  const collection = `${root}collections/:collection/`;
  const exporting = { ...policy, audit: 'export' } as const;
  const open = async (request: FastifyRequest, id: string) => {
    const audience = actFor(request, id);
    const partition = audiences.findIndex((known) => known.id === audience.id);
    return { audience, partition, catalogue: await catalogues.of(partition) };
  };
  /** The objects of a page, once it is kept who was given them. */
  const give = async (request: FastifyRequest, audience: Audience, partition: number, page: TaxiiPage) => {
    await ledger.record(exportedIn(page.entries, request, { audience: audience.id, how: 'taxii', nowMs: now() }));
    const objects = await objectBodies(log, partition, page.entries);
    return objects.length === 0 ? {} : { ...moreOf(page), objects };
  };

  const schema = { ...hide, params: CollectionParameters, querystring: TaxiiParameters };
  scope.get(`${collection}objects/`, { config: exporting, schema }, async (request, reply) => {
    const { audience, partition, catalogue } = await open(request, request.params.collection);
    const page = taxiiPage(catalogue, taxiiQueryOf(request.query));
    return answerTaxii(reply, await give(request, audience, partition, page), addedHeaders(page));
  });
  scope.get(`${collection}manifest/`, { config: policy, schema }, async (request, reply) => {
    const { catalogue } = await open(request, request.params.collection);
    const page = taxiiPage(catalogue, taxiiQueryOf(request.query));
    const objects = page.entries.map(({ id, addedMicros, version }) => ({
      id,
      date_added: instantOf(addedMicros),
      version,
      media_type: stixType,
    }));
    return answerTaxii(reply, objects.length === 0 ? {} : { ...moreOf(page), objects }, addedHeaders(page));
  });
  const one = { ...hide, params: ObjectParameters, querystring: TaxiiParameters.omit({ 'match[id]': true, 'match[type]': true }) };
  scope.get(`${collection}objects/:object/`, { config: exporting, schema: one }, async (request, reply) => {
    const { audience, partition, catalogue } = await open(request, request.params.collection);
    const page = taxiiPage(catalogue, { ...taxiiQueryOf(request.query), ids: new Set([knownObject(catalogue, request.params.object)]) });
    return answerTaxii(reply, await give(request, audience, partition, page), addedHeaders(page));
  });
  const versions = {
    ...hide,
    params: ObjectParameters,
    querystring: TaxiiParameters.omit({ 'match[id]': true, 'match[type]': true, 'match[version]': true }),
  };
  scope.get(`${collection}objects/:object/versions/`, { config: policy, schema: versions }, async (request, reply) => {
    const { catalogue } = await open(request, request.params.collection);
    const ids = new Set([knownObject(catalogue, request.params.object)]);
    const page = taxiiPage(catalogue, { ...taxiiQueryOf(request.query), ids, versions: new Set(['all']) });
    const found = page.entries.map(({ version }) => version);
    return answerTaxii(reply, found.length === 0 ? {} : { ...moreOf(page), versions: found }, addedHeaders(page));
  });
}

function knownObject(catalogue: ExportCatalogue, id: string): string {
  if (catalogue.versionsOf(id).length === 0) throw new ServiceError('not-found', 'There is no object with this id in the collection.');
  return id;
}

/** Collections take nothing: whoever may read one is told so, and for everybody else there is none (TAXII 2.1 sections 5.5 and 5.7). */
function registerRefusals(scope: HttpApp): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null, undefined);
  });
  const collection = `${root}collections/:collection/objects/`;
  const refuse = (request: FastifyRequest<{ Params: z.infer<typeof CollectionParameters> }>): never => {
    actFor(request, request.params.collection);
    throw new ServiceError('forbidden', 'This collection can only be read.');
  };
  scope.post(collection, { config: policy, schema: { ...hide, params: CollectionParameters } }, async (request) => {
    requireContentType(request.headers['content-type']);
    return refuse(request);
  });
  scope.delete(`${collection}:object/`, { config: policy, schema: { ...hide, params: ObjectParameters } }, async (request) =>
    refuse(request),
  );
  scope.get(`${root}status/:id/`, { config: policy, schema: hide }, async () => {
    throw new ServiceError('not-found', 'There is no status with this id: nothing can be added here.');
  });
}
