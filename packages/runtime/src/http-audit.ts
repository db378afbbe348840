import { type AuditEvent, compareTlp, type Tlp, tlpLevels } from '@samenhang/domain';
import type { AuditTrail } from '@samenhang/ports';
import type { FastifyRequest } from 'fastify';
import type { HttpApp } from './http-app.ts';
import type { Principal } from './principal.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the audit trail calls a use of this route. Without it: `read` for a GET that is answered for an audience above TLP green, `change` for anything else that an adapter does not do. */
    readonly audit?: AuditEvent['action'];
    /** The answer is a stream without an end: it is recorded when it begins. */
    readonly streams?: boolean;
  }
}

export interface HttpAudit {
  readonly trail: AuditTrail;
  readonly now: () => number;
}

/**
 * Records every change and every read above TLP green with who, when, for which audience and by which route and ids, and never what was in it. A change is
 * durable in the trail before it is answered; reads are gathered for a moment. While the trail cannot be written, what it must hold is answered with 503.
 */
export function registerAudit(app: HttpApp, { trail, now }: HttpAudit): void {
  const eventOf = (request: FastifyRequest, answer: unknown): AuditEvent | undefined => {
    const action = actionOf(request);
    const { principal } = request;
    if (action === undefined || principal === null) return undefined;
    return {
      at: new Date(now()).toISOString(),
      by: `${principal.name.slice(0, 120)}/${principal.keyId}`,
      action,
      audience: principal.audience?.id ?? null,
      object: objectOf(request, answer),
      tlp: tlpOf(answer, action, principal),
    };
  };
  app.addHook('preHandler', async (request) => {
    if (actionOf(request) === undefined) return;
    await trail.check();
    const event = request.routeOptions.config.streams === true ? eventOf(request, undefined) : undefined;
    if (event !== undefined) trail.record(event, 'soon').catch(() => undefined);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode >= 400) return payload;
    const event = eventOf(request, payload);
    if (event === undefined) return payload;
    const recorded = trail.record(event, isRead(event) ? 'soon' : 'now');
    // A read that could not be recorded makes the trail broken, and with it the next request.
    if (isRead(event)) recorded.catch(() => undefined);
    else await recorded;
    return payload;
  });
}

const isRead = ({ action }: AuditEvent): boolean => action === 'read' || action === 'export';

function actionOf({ method, principal, routeOptions }: FastifyRequest): AuditEvent['action'] | undefined {
  const { audit } = routeOptions.config;
  if (principal === null || audit !== undefined) return principal === null ? undefined : audit;
  if (method !== 'GET' && method !== 'HEAD') return principal.role === 'adapter' ? undefined : 'change';
  return principal.audience !== null && compareTlp(principal.audience.tlpMax, 'green') > 0 ? 'read' : undefined;
}

/** Parameters that name things and hold no content. */
const names = ['id', 'collection', 'object'];

/** The route, the ids in it, and the id of what was made: never a text, a value or a search. */
function objectOf({ method, routeOptions, params }: FastifyRequest, answer: unknown): string {
  const given = Object.entries(typeof params === 'object' && params !== null ? params : {});
  const ids = given.filter(([name]) => names.includes(name)).map(([, value]) => String(value));
  return [method, routeOptions.url ?? '', ...(ids.length > 0 || method === 'GET' ? ids : madeIn(answer))].join(' ').slice(0, 2_000);
}

function madeIn(answer: unknown): readonly string[] {
  const id = typeof answer === 'string' ? /^\{"id":"([A-Za-z0-9.-]{1,100})"/.exec(answer)?.[1] : undefined;
  return id === undefined ? [] : [id];
}

/** The highest level that the answer states, otherwise the highest that its audience may see, of which no more than amber may leave. A quote within a text is escaped in JSON, so no text can state one. */
function tlpOf(answer: unknown, action: AuditEvent['action'], { audience }: Principal): Tlp | null {
  if (typeof answer === 'string' || Buffer.isBuffer(answer))
    for (const level of tlpLevels.toReversed()) if (answer.includes(`"tlp":"${level}"`)) return level;
  const most = audience?.tlpMax ?? null;
  return action === 'export' && most !== null && compareTlp(most, 'amber') > 0 ? 'amber' : most;
}
