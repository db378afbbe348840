import type { Collection, Db } from 'mongodb';
import type {
  HoldersDocument,
  IncidentDocument,
  LineageDocument,
  LinkDocument,
  MembershipDocument,
  NeighbourDocument,
  ProgressDocument,
  SignalBody,
  SignalLookup,
} from './documents.ts';

/** The collections of the view store. */
export interface Collections {
  readonly bodies: Collection<SignalBody>;
  readonly lookups: Collection<SignalLookup>;
  readonly memberships: Collection<MembershipDocument>;
  readonly holders: Collection<HoldersDocument>;
  readonly incidents: Collection<IncidentDocument>;
  readonly lineage: Collection<LineageDocument>;
  readonly links: Collection<LinkDocument>;
  readonly neighbours: Collection<NeighbourDocument>;
  readonly progress: Collection<ProgressDocument>;
}

export const collectionsOf = (db: Db): Collections => ({
  bodies: db.collection('bodies'),
  lookups: db.collection('lookups'),
  memberships: db.collection('memberships'),
  holders: db.collection('holders'),
  incidents: db.collection('incidents'),
  lineage: db.collection('lineage'),
  links: db.collection('links'),
  neighbours: db.collection('neighbours'),
  progress: db.collection('progress'),
});
