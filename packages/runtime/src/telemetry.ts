import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { DeliveredRecord, LogRecord } from '@samenhang/ports';

type Headers = Readonly<Record<string, string>>;

/** The work on one message or request, as a span when tracing is on; `headers` carry the trace to whatever follows from it. */
export interface TracedWork {
  readonly headers: Headers;
  end(outcome: string, error?: unknown): void;
}

export interface Tracer {
  /** False where traces are only passed on: nothing needs to be told of how work ended. */
  readonly records: boolean;
  /** Work on one delivered record, as a child of the trace that its headers carry (OpenTelemetry messaging conventions). */
  message(step: string, record: DeliveredRecord): TracedWork;
  /** Work on one HTTP request, as a child of the trace that the caller sent. */
  request(method: string, route: string, headers: Readonly<Record<string, unknown>>): TracedWork;
}

const traceHeaders = ['traceparent', 'tracestate'] as const;
const none: Headers = Object.freeze({});
const wellFormed = /^[\x20-\x7e]{1,512}$/;

const nothing = (): void => undefined;

/** The trace headers among others, so that a trace passes through a process that does not trace itself. */
export function carriedTrace(headers: Readonly<Record<string, unknown>>): Headers {
  if (typeof headers.traceparent !== 'string') return none;
  const carried: Record<string, string> = {};
  for (const name of traceHeaders) {
    const value = headers[name];
    if (typeof value === 'string' && wellFormed.test(value)) carried[name] = value;
  }
  return carried;
}

/** The records with the trace headers added; the same array when there is no trace. */
export function withTrace(records: readonly LogRecord[], trace: Headers): readonly LogRecord[] {
  if (trace.traceparent === undefined) return records;
  return records.map((record) => ({ ...record, headers: { ...trace, ...record.headers } }));
}

const passing: Tracer = {
  records: false,
  message: (_step, record) => ({ headers: carriedTrace(record.headers), end: nothing }),
  request: (_method, _route, headers) => ({ headers: carriedTrace(headers), end: nothing }),
};

function startWork(
  name: string,
  kind: SpanKind,
  attributes: Record<string, string | number>,
  headers: Readonly<Record<string, unknown>>,
): TracedWork {
  const parent = propagation.extract(ROOT_CONTEXT, carriedTrace(headers));
  const span = trace.getTracer('samenhang').startSpan(name, { kind, attributes }, parent);
  const carrier: Record<string, string> = {};
  propagation.inject(trace.setSpan(parent, span), carrier);
  return {
    headers: carrier,
    end(outcome, error) {
      span.setAttribute('samenhang.outcome', outcome);
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

const recording: Tracer = {
  records: true,
  message: (step, record) =>
    startWork(
      `process ${record.topic}`,
      SpanKind.CONSUMER,
      {
        'messaging.system': 'samenhang',
        'messaging.operation.type': 'process',
        'messaging.destination.name': record.topic,
        'messaging.consumer.group.name': step,
      },
      record.headers,
    ),
  request: (method, route, headers) =>
    startWork(`${method} ${route}`, SpanKind.SERVER, { 'http.request.method': method, 'http.route': route }, headers),
};

/** Spans when an OpenTelemetry SDK was started in this process; otherwise traces are only passed on, which costs next to nothing. */
export const createTracer = (): Tracer => (propagation.fields().length > 0 ? recording : passing);

const exporterSettings = [
  'OTEL_TRACES_EXPORTER',
  'OTEL_METRICS_EXPORTER',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
];

/** Starts the OpenTelemetry SDK when the standard environment variables name an exporter; otherwise loads nothing. Disposing flushes it. */
export async function startTelemetry(service: string, env: Readonly<Record<string, string | undefined>>): Promise<AsyncDisposable> {
  const wanted = env.OTEL_SDK_DISABLED !== 'true' && exporterSettings.some((name) => (env[name] ?? 'none') !== 'none');
  if (!wanted) return { [Symbol.asyncDispose]: async () => nothing() };
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: env.OTEL_SERVICE_NAME ?? service });
  sdk.start();
  return { [Symbol.asyncDispose]: () => context.with(ROOT_CONTEXT, () => sdk.shutdown()) };
}
