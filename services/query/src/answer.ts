import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Answers with the value as JSON and an ETag of exactly these bytes; 304 without them when the client has them already (RFC 9110). */
export function answer(request: FastifyRequest, reply: FastifyReply, value: unknown): FastifyReply {
  return answerBytes(request, reply, { type: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(value)) });
}

/** Answers with these bytes under an ETag of their content. */
export function answerBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, body }: { readonly type: string; readonly body: Buffer },
): FastifyReply {
  const etag = `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
  reply.header('etag', etag).header('cache-control', 'private, no-cache').header('vary', 'Authorization, Samenhang-Audience');
  if (holds(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type(type).send(body);
}

function holds(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((known) => known.trim().replace(/^W\//, '') === etag) ?? false;
}
