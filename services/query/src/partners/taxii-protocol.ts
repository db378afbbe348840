import { hash } from 'node:crypto';
import { type HttpApp, ServiceError, toProblem } from '@samenhang/runtime';
import type { FastifyReply } from 'fastify';

export const taxiiType = 'application/taxii+json;version=2.1';
/** The type of what collections hold. */
export const stixType = 'application/stix+json;version=2.1';

const taxiiName = /^application\/taxii\+json(?:;version=(\d+\.\d+))?(?:;q=[\d.]+)?$/;

/** Throws `not-acceptable` unless the Accept header takes TAXII 2.1, by name or as anything. */
export function requireAccept(header: string | undefined): void {
  const kinds = (header ?? '').replace(/\s/g, '').toLowerCase().split(',');
  const takes = (kind: string): boolean => {
    const [, version = '2.1'] = taxiiName.exec(kind) ?? [undefined, ''];
    return version === '2.1' || kind.startsWith('*/*') || kind.startsWith('application/*');
  };
  if (!kinds.some(takes)) throw new ServiceError('not-acceptable', `This server speaks ${taxiiType}; send it in Accept.`);
}

/** Throws `media-type-unsupported` unless a body is announced as TAXII 2.1. */
export function requireContentType(header: string | undefined): void {
  const [, version = '2.1'] = taxiiName.exec((header ?? '').replace(/\s/g, '').toLowerCase()) ?? [undefined, ''];
  if (version !== '2.1') throw new ServiceError('media-type-unsupported', `This server takes ${taxiiType}.`);
}

/** Answers with a TAXII resource. */
export function answerTaxii(reply: FastifyReply, resource: object, headers: Readonly<Record<string, string>> = {}): FastifyReply {
  return reply
    .headers({ ...headers, 'cache-control': 'private, no-store' })
    .type(taxiiType)
    .serializer(JSON.stringify)
    .send(resource);
}

/** Tells what was thrown on these routes as the error message of TAXII 2.1 (section 3.6.1). */
export function answerErrorsAsTaxii(scope: HttpApp): void {
  scope.setErrorHandler((error, request, reply) => {
    // What is no failure of ours but of the request comes from the framework with its status.
    const known =
      error instanceof ServiceError || !isClientError(error) ? error : new ServiceError('request-invalid', error.message, { cause: error });
    const { title, status, detail, type } = toProblem(known, request.url);
    if (status === 401) reply.header('www-authenticate', ['Bearer', 'Basic realm="samenhang"']);
    if (known instanceof ServiceError && known.retryAfterSeconds !== undefined)
      reply.header('retry-after', String(known.retryAfterSeconds));
    return answerTaxii(reply.code(status), { title, description: detail, http_status: String(status), external_details: type });
  });
}

const isClientError = (error: unknown): error is Error =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500;

/** The identifier of an audience's collection: as the specification wants it in the form of a UUID of version 4, and the same everywhere for one audience. */
export function collectionIdOf(audience: string): string {
  const hex = hash('sha256', `samenhang taxii collection ${audience}`, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
