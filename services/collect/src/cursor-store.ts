import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';

/** Where each channel stands, kept through power cuts. */
export interface CursorStore {
  /** What was saved last under this name; undefined when nothing was, or nothing that the schema knows. */
  find<T>(name: string, schema: z.ZodType<T>): Promise<T | undefined>;
  /** Resolves once the value is on the disk, whole. */
  save(name: string, value: unknown): Promise<void>;
}

/** One small file per name in a directory; a new value replaces the old in one step. */
export async function openCursorStore(directory: string): Promise<CursorStore> {
  await mkdir(directory, { recursive: true });
  const fileOf = (name: string): string => join(directory, `${encodeURIComponent(name)}.json`);
  return {
    async find(name, schema) {
      const text = await readFile(fileOf(name), 'utf8').catch((error: unknown) => (isMissing(error) ? undefined : Promise.reject(error)));
      if (text === undefined) return undefined;
      const parsed = schema.safeParse(JSON.parse(text));
      return parsed.success ? parsed.data : undefined;
    },
    async save(name, value) {
      const temporary = `${fileOf(name)}.new`;
      const file = await open(temporary, 'w');
      try {
        await file.writeFile(JSON.stringify(value));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, fileOf(name));
      const folder = await open(directory, 'r');
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    },
  };
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
