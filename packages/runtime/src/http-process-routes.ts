import type { HttpApp, HttpAppOptions } from './http-app.ts';

const registerMeasures = ({ metrics, readiness }: HttpAppOptions): void => {
  metrics.gauge('process_resident_memory_bytes', 'Memory that the process holds', () => process.memoryUsage.rss());
  metrics.gauge('process_uptime_seconds', 'Time since the process began', () => process.uptime());
  metrics.gauge('samenhang_ready', '1 when it can work', () => (readiness.causes().length === 0 ? 1 : 0));
};

/** `/live` (the process answers), `/ready` (it can work, or why not), `/metrics` (operators), `/openapi.json`. */
export function registerProcessRoutes(app: HttpApp, options: HttpAppOptions): void {
  const { readiness, metrics } = options;
  registerMeasures(options);
  app.get('/live', { config: { roles: 'anyone' }, schema: { summary: 'The process is up' } }, async () => ({ status: 'live' }));
  app.get('/ready', { config: { roles: 'anyone' }, schema: { summary: 'It can work, or why not' } }, async (_request, reply) => {
    const causes = readiness.causes();
    return reply.code(causes.length === 0 ? 200 : 503).send({ status: causes.length === 0 ? 'ready' : 'not ready', causes });
  });
  app.get(
    '/metrics',
    { config: { roles: ['operator'] }, schema: { summary: 'Counts and measurements as Prometheus text' } },
    async (_request, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.text()),
  );
  app.get('/openapi.json', { config: { roles: 'anyone' }, schema: { hide: true } }, async () => app.swagger());
}
