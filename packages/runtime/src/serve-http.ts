import type { HttpApp } from './http-app.ts';

/** Listens with the app. Disposing stops taking connections and lets the requests in hand end. */
export async function serveHttp(app: HttpApp, { host, port }: { readonly host: string; readonly port: number }): Promise<AsyncDisposable> {
  await app.listen({ host, port });
  return { [Symbol.asyncDispose]: () => app.close() };
}
