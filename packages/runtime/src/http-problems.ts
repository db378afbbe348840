import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ServiceError, toProblem } from './errors.ts';
import type { Logger } from './logger.ts';
import { type ProblemCode, problems } from './problems.ts';

/** An error as it will be told, and how. */
export interface HttpFailure {
  readonly error: ServiceError;
}

const says: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'The body is larger than this address takes.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media-type-unsupported', 'This address does not take that content type.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['body-unreadable', 'The body is empty where JSON was expected.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['body-unreadable', 'The body is not well-formed JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['body-unreadable', 'The body is not as long as its Content-Length says.'],
  FST_ERR_BAD_URL: ['request-invalid', 'The address is not well-formed.'],
  FST_ERR_MAX_PARAM_LENGTH: ['request-invalid', 'A part of the address is too long.'],
};

function invalidRequest(error: FastifyError): ServiceError {
  const where = error.validationContext ?? 'request';
  const errors = (error.validation ?? []).map(({ instancePath, keyword, message }) => ({
    pointer: `/${where}${instancePath}`,
    code: keyword ?? 'invalid',
    detail: message ?? 'is not valid',
  }));
  return new ServiceError(
    'request-invalid',
    `The ${where} of the request is not valid: ${errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ')}`,
    { errors },
  );
}

const isFastifyError = (error: unknown): error is FastifyError => error instanceof Error && 'code' in error && 'statusCode' in error;

function serviceErrorOf(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error);
  if (error instanceof SyntaxError) return new ServiceError('body-unreadable', 'The body is not well-formed JSON.');
  if (!isFastifyError(error)) return new ServiceError('internal', 'The request could not be handled.', { cause: error });
  const known = says[error.code];
  if (known !== undefined) return new ServiceError(known[0], known[1], { cause: error });
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new ServiceError('request-invalid', 'The request cannot be understood.', { cause: error });
  return new ServiceError('internal', 'The request could not be handled.', { cause: error });
}

/** What to tell of anything that was thrown while a request was handled; what is wrong on our side is logged with its cause. */
export function problemFromHttp(error: unknown, request: FastifyRequest, logger: Logger): HttpFailure {
  const told = serviceErrorOf(error);
  if (problems[told.code].status >= 500)
    logger.error({ err: error, method: request.method, route: request.routeOptions?.url }, 'request failed');
  return { error: told };
}

/** Answers with the problem document of a failure. */
export function answerProblem({ error }: HttpFailure, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error, request.url.split('?', 1)[0] ?? '');
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  if (problem.status === 401)
    reply.header('www-authenticate', request.routeOptions.config.basic === true ? ['Bearer', 'Basic realm="samenhang"'] : 'Bearer');
  if (!request.raw.complete) reply.header('connection', 'close');
  return reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
}

const brokenCodes: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'header-too-large',
};

/** Answers what is not even HTTP, or came too slowly, with a problem document, and closes the connection. */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const problem = toProblem(
    new ServiceError(brokenCodes[error.code ?? ''] ?? 'body-unreadable', 'The request is not well-formed HTTP, or did not arrive in time.'),
    '',
  );
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} Error\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
