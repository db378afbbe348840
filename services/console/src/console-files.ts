import { readdirSync, readFileSync } from 'node:fs';

/** A file of the console, ready to be sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly body: Buffer;
}

const types: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['svg', 'image/svg+xml'],
]);

/** Every file of the console by the path it is served at: `/` and `/docs` are pages, the rest is under `/console/`. */
export function consoleFiles(): ReadonlyMap<string, ConsoleFile> {
  const directory = new URL('../public/', import.meta.url);
  const files = new Map<string, ConsoleFile>();
  for (const name of readdirSync(directory).sort()) {
    const type = types.get(name.slice(name.lastIndexOf('.') + 1));
    if (type !== undefined) files.set(pathOf(name), { type, body: readFileSync(new URL(name, directory)) });
  }
  return files;
}

function pathOf(name: string): string {
  if (name === 'index.html') return '/';
  return name.endsWith('.html') ? `/${name.slice(0, -5)}` : `/console/${name}`;
}
