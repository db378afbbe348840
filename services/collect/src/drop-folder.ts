import { constants, lstat, mkdir, open, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParseOptions, parseFile } from '@samenhang/formats';
import type { Channel, DropFolder } from './config.ts';
import type { Outcome } from './outcome.ts';
import type { Posted } from './post-signals.ts';

export interface FolderOptions {
  readonly channel: Channel;
  readonly folder: DropFolder;
  readonly maxBytes: number;
  readonly nowMs: () => number;
  readonly post: (signals: Awaited<ReturnType<typeof parseFile>>['signals']) => Promise<Posted>;
}

/**
 * Takes every settled file of a drop folder once, in the order of their names: posts its signals and then moves it to `done/`, or to `refused/` with the reason
 * in a file beside it. A file that was posted but not yet moved when the process died is posted again, which ingest knows as duplicates.
 */
export async function collectFolder(options: FolderOptions): Promise<Outcome> {
  const { folder } = options;
  for (const name of ['done', 'refused']) await mkdir(join(folder.folder, name), { recursive: true });
  const names = (await readdir(folder.folder)).filter(isWanted).sort();
  let posted = 0;
  let refused = 0;
  for (const name of names) {
    const path = join(folder.folder, name);
    const entry = await lstat(path);
    if (!entry.isFile() || options.nowMs() - entry.mtimeMs < folder.settleSeconds * 1_000) continue;
    if (entry.size > options.maxBytes) {
      await refuse(folder.folder, name, { at: `byte ${options.maxBytes}`, reason: `the file is larger than ${options.maxBytes} bytes` });
      refused += 1;
      continue;
    }
    const parsed = await parseFile(await readWhole(path), name, parseOptions(options));
    if (parsed.refused === null) {
      const result = await options.post(parsed.signals);
      await settle(folder.folder, name, { format: parsed.format, ...result, relationships: parsed.relationships, dropped: parsed.dropped });
      posted += parsed.signals.length;
    } else {
      await refuse(folder.folder, name, parsed.refused);
      refused += 1;
    }
  }
  return { kind: 'done', posted, refused };
}

/** Hidden files and names under which programs write what they have not finished. */
const isWanted = (name: string): boolean =>
  !name.startsWith('.') && !/\.(tmp|part|partial|new|crdownload)$/i.test(name) && name !== 'done' && name !== 'refused';

function parseOptions({ channel, folder }: FolderOptions): ParseOptions {
  return {
    // A folder of a post names its source; a sector's folder too, so that no file can speak for another.
    source: folder.name,
    sourceType: channel,
    ...(folder.marking === undefined ? {} : { marking: folder.marking }),
    ...(folder.mapping === undefined ? {} : { mapping: folder.mapping }),
  };
}

/** Reads without following a symbolic link that was put in the file's place. */
async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function settle(folder: string, name: string, report: unknown): Promise<void> {
  const target = await freeName(join(folder, 'done'), name);
  await writeFile(`${target}.report.json`, `${JSON.stringify(report, null, 1)}\n`);
  await rename(join(folder, name), target);
}

async function refuse(folder: string, name: string, reason: { readonly at: string; readonly reason: string }): Promise<void> {
  const target = await freeName(join(folder, 'refused'), name);
  await writeFile(`${target}.reason.json`, `${JSON.stringify(reason)}\n`);
  await rename(join(folder, name), target);
}

/** The name, or the name with a number behind it when a file of that name was there before: nothing is overwritten. */
async function freeName(folder: string, name: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const target = join(folder, count === 1 ? name : `${name}.${count}`);
    const taken = await stat(target).then(
      () => true,
      () => false,
    );
    if (!taken) return target;
  }
}
