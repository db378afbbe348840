import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeAuditTrail } from '@samenhang/ports/contract';
import { openAuditFile } from './audit-file.ts';

describeAuditTrail('files', async () => {
  const data = mkdtempSync(join(tmpdir(), 'audit-'));
  return {
    open: () =>
      openAuditFile({ directory: join(data, 'audit'), anchors: join(data, 'anchors'), service: 'test', now: () => 0, gatherMs: 1 }),
    async [Symbol.asyncDispose]() {
      rmSync(data, { recursive: true });
    },
  };
});
