import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import type { Audience } from '@samenhang/domain';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  fastify,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Limits } from './config.ts';
import { apiDescription } from './describe-api.ts';
import { ServiceError } from './errors.ts';
import { type HttpAudit, registerAudit } from './http-audit.ts';
import { createMethodTable } from './http-methods.ts';
import { answerBrokenRequest, answerProblem, problemFromHttp } from './http-problems.ts';
import { registerProcessRoutes } from './http-process-routes.ts';
import type { KeyRing } from './key-ring.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { authenticate, type Policy, type Principal } from './principal.ts';
import type { Readiness } from './readiness.ts';
import { createTracer, type TracedWork } from './telemetry.ts';
import type { TokenVerifier } from './token-verifier.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route: anyone, or keys with one of these roles. A route without it fails at registration. */
    readonly roles?: Policy;
    /** Also takes the key as the password of HTTP Basic. */
    readonly basic?: boolean;
  }
  interface FastifyRequest {
    /** Who asks; set on every route that is not for anyone. */
    principal: Principal | null;
    traced: TracedWork | null;
  }
}

/** A Fastify app whose schemas are zod's and whose errors are problem documents. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface HttpAppOptions {
  readonly name: string;
  readonly logger: Logger;
  readonly keys: KeyRing;
  /** Takes tokens of an issuer besides keys; without it none are. */
  readonly tokens?: TokenVerifier | undefined;
  readonly audiences: readonly Audience[];
  /** Where changes and reads are recorded; without it they are not, which is for tests. */
  readonly audit?: HttpAudit | undefined;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly limits: Limits;
}

const documentHeaders = Object.freeze({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });

const pageHeaders = Object.freeze({
  ...documentHeaders,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
});

/** Half-sent requests end within these times. An idle connection is kept for ten minutes: a client that was busy must not meet a connection that was just closed. */
const times = {
  headersTimeout: 10_000,
  requestTimeout: 120_000,
  connectionTimeout: 120_000,
  keepAliveTimeout: 600_000,
  connectionsCheckingInterval: 2_000,
};

function bareApp({ limits, logger }: HttpAppOptions): HttpApp {
  const app = fastify({
    bodyLimit: limits.jsonBytes,
    connectionTimeout: times.connectionTimeout,
    requestTimeout: times.requestTimeout,
    keepAliveTimeout: times.keepAliveTimeout,
    http: { headersTimeout: times.headersTimeout, connectionsCheckingInterval: times.connectionsCheckingInterval },
    routerOptions: { maxParamLength: 16_384 },
    forceCloseConnections: 'idle',
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    requestIdHeader: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => answerProblem(problemFromHttp(error, request, logger), request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  return app;
}

/** An app with authentication, policies, limits, problem documents, `/live`, `/ready`, `/metrics` and `/openapi.json`; its routes are registered by plain calls. */
export async function createHttpApp(options: HttpAppOptions): Promise<HttpApp> {
  const { name, keys, tokens, audiences, limits, logger } = options;
  const app = bareApp(options);
  const tracer = createTracer();
  const methods = createMethodTable();
  app.decorateRequest('principal', null);
  app.decorateRequest('traced', null);
  app.addHook('onRoute', (route) => {
    if (route.config?.roles === undefined) throw new TypeError(`route ${route.method} ${route.url} has no policy: set config.roles`);
    methods.add(route.method, route.url);
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(request.url.startsWith('/v1/') ? documentHeaders : pageHeaders);
    request.traced = tracer.request(request.method, request.routeOptions.url ?? 'unknown', request.headers);
    const { roles: policy, basic = false } = request.routeOptions.config;
    if (policy !== undefined && policy !== 'anyone')
      request.principal = await authenticate(request.headers, { policy, keys, tokens, audiences, basic });
  });
  if (tracer.records)
    app.addHook('onResponse', (request, reply, done) => {
      request.traced?.end(String(reply.statusCode));
      done();
    });
  app.setErrorHandler((error, request, reply) => answerProblem(problemFromHttp(error, request, logger), request, reply));
  app.setNotFoundHandler((request, reply) => {
    const allowed = methods.allowed(request.url);
    if (allowed.length > 0) reply.header('allow', allowed.join(', '));
    const error =
      allowed.length > 0
        ? new ServiceError('method-not-allowed', `This address takes ${allowed.join(', ')}.`)
        : new ServiceError('not-found', 'There is nothing at this address.');
    return answerProblem({ error }, request, reply);
  });
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => request.principal?.keyId ?? request.ip,
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': false },
    errorResponseBuilder: (_request, { ttl }) =>
      new ServiceError('too-many-requests', `This key may make ${limits.requestsPerMinute} requests a minute.`, {
        retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1_000)),
      }),
  });
  await app.register(swagger, apiDescription(name));
  if (options.audit !== undefined) registerAudit(app, options.audit);
  registerProcessRoutes(app, options);
  return app;
}
