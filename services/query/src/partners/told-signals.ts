import type { Signal } from '@samenhang/domain';
import type { CorrelationInputMessage } from '@samenhang/events';
import { type JsonObject, mayLeave, stixOfSignal } from '@samenhang/formats';
import { type About, type Content, textIn } from './catalogue-entry.ts';
import type { ObjectVersions } from './object-versions.ts';

interface KnownSignal {
  readonly revision: number;
  readonly firstReceivedMs: number;
  /** The id it is told under, and the objects that are its own; undefined while it is not told. */
  readonly told: { readonly id: string; readonly objects: readonly string[] } | undefined;
}

export interface ToldSignals {
  take(message: Exclude<CorrelationInputMessage, { kind: 'judgement' }>, offset: number): void;
  /** The report that tells of a signal now; undefined while none does. */
  reportOf(id: string): string | undefined;
  /** When a signal was first received; undefined when it never was. */
  firstReceivedMs(id: string): number | undefined;
}

const ownTypes = new Set(['report', 'observed-data', 'sighting']);

/** Tells of every signal that may leave, in its highest revision, and takes back what may not any more. */
export function createToldSignals(versions: ObjectVersions): ToldSignals {
  const known = new Map<string, KnownSignal>();

  /** Under a new id where an object of its would come back after it was revoked, which STIX knows no way to say. */
  function objectsOf(signal: Signal): { readonly signalId: string; readonly objects: readonly JsonObject[] } {
    for (;;) {
      const signalId = versions.nameOf('signal', signal.id);
      const objects = stixOfSignal({ ...signal, id: signalId });
      if (!objects.some((object) => versions.isRevoked(textIn(object, 'id')))) return { signalId, objects };
      versions.rename('signal', signal.id);
    }
  }

  function tell(signal: Signal, offset: number): void {
    const about: About = { kind: 'signal', id: signal.id, revision: signal.revision };
    const { signalId, objects } = objectsOf(signal);
    const content: Content = { kind: 'signal', offset, signalId };
    const own: string[] = [];
    for (const object of objects) {
      const id = textIn(object, 'id');
      if (!ownTypes.has(textIn(object, 'type'))) versions.addOnce(object, content, about);
      else {
        versions.addVersion({ id, content, about }, Date.parse(signal.receivedAt));
        own.push(id);
      }
    }
    for (const id of known.get(signal.id)?.told?.objects ?? []) if (!own.includes(id)) versions.revoke(id);
    const firstReceivedMs = Date.parse(signal.firstReceivedAt);
    known.set(signal.id, { revision: signal.revision, firstReceivedMs, told: { id: signalId, objects: own } });
  }

  function withhold(id: string, revision: number, firstReceivedMs: number): void {
    for (const object of known.get(id)?.told?.objects ?? []) versions.revoke(object);
    known.set(id, { revision, firstReceivedMs, told: undefined });
  }

  return {
    take(message, offset) {
      const { id, revision } = message.kind === 'signal' ? message.signal : message;
      const before = known.get(id);
      // The highest revision wins, and of two equal ones that which takes away: as in the views.
      if (before !== undefined && (revision < before.revision || (revision === before.revision && message.kind === 'signal'))) return;
      if (message.kind === 'withdrawal') withhold(id, revision, before?.firstReceivedMs ?? versions.nowMs());
      else if (message.signal.kind === 'retraction' || !mayLeave(message.signal.marking))
        withhold(id, revision, Date.parse(message.signal.firstReceivedAt));
      else tell(message.signal, offset);
    },
    reportOf(id) {
      const told = known.get(id)?.told;
      return told === undefined ? undefined : `report--${told.id}`;
    },
    firstReceivedMs: (id) => known.get(id)?.firstReceivedMs,
  };
}
