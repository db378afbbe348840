import { join } from 'node:path';
import type { AuditPlaces } from './audit-chain.ts';
import type { ProcessSettings } from './config.ts';

/** Where the audit trail and its anchors are: as the settings say, otherwise in the data directory. */
export const auditPlacesOf = ({ data, audit, auditAnchors }: Pick<ProcessSettings, 'data' | 'audit' | 'auditAnchors'>): AuditPlaces => ({
  directory: audit ?? join(data, 'audit'),
  anchors: auditAnchors ?? join(data, 'audit-anchors'),
});
