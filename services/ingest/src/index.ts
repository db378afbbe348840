// The only way in: validates posted signals, gives ids, makes them durable, and answers per item.
export { type Acceptor, type AcceptorPorts, openAcceptor } from './acceptor.ts';
export { type Backlog, openBacklog, type Reader } from './backlog.ts';
export { type JudgementDeps, registerJudgementRoutes } from './judgement-routes.ts';
export { createReceiptClock, type ReceiptClock } from './receipt-clock.ts';
export { type ReleaseDeps, registerReleaseRoute } from './release-routes.ts';
export { type IngestDeps, registerIngestRoutes } from './signal-routes.ts';
