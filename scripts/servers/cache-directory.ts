import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where downloaded and built servers are kept: outside the repository, in the user's cache directory (XDG Base Directory Specification). */
export const cacheDirectory = (name: string): string =>
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'samenhang', 'servers', name);
