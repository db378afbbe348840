import {
  highestMarking,
  type Marking,
  type ObservedAt,
  type Place,
  PostedSignal,
  type SignalDraft,
  type SourceType,
  signalLimits,
  type Technique,
} from '@samenhang/domain';
import type { Remark } from '../parsed-file.ts';
import { cleanLine, cleanText, cut } from './clean-text.ts';

/** What a signal must say from the start; everything else is added while its objects are read. */
export interface DraftHead {
  /** Where in the file it stands, for remarks. */
  readonly at: string;
  readonly source: string;
  readonly externalId: string;
  readonly sourceType: SourceType;
  readonly title: string;
  readonly observedAt: ObservedAt;
  /** The marking when nothing that is added carries one. */
  readonly defaultMarking: Marking;
  readonly revision?: number;
  readonly kind?: PostedSignal['kind'];
  readonly reportedAt?: string | undefined;
  readonly lang?: string | undefined;
  readonly reliability?: PostedSignal['reliability'] | undefined;
  readonly credibility?: number | undefined;
  readonly raw?: unknown;
}

/** A signal in the making: gathers what the objects of a file say, each thing once, and finishes as valid signals. */
export interface SignalDrafting {
  observable(type: string, value: string): void;
  technique(technique: Technique): void;
  place(place: Place): void;
  list(field: 'themes' | 'sectors' | 'targets', value: string): void;
  url(url: string): void;
  derivedFrom(id: string): void;
  attachment(name: string, sha256: string): void;
  line(text: string): void;
  marking(marking: Marking): void;
  /** How many things were added, also those that were there before: an object that adds none says nothing. */
  readonly said: number;
  /** The signals: one, or several parts when there are more observables than one signal holds. What does not fit is remarked on. */
  finish(): { readonly signals: readonly PostedSignal[]; readonly dropped: readonly Remark[] };
}

const lineLimits = { themes: 100, sectors: 200, targets: 400 } as const;
const rawLimitChars = 262_144;

/** Starts a signal. */
export function draftSignal(head: DraftHead): SignalDrafting {
  const observables = new Map<string, { type: string; value: string }>();
  const techniques = new Map<string, Technique>();
  const places = new Map<string, Place>();
  const lists = { themes: new Set<string>(), sectors: new Set<string>(), targets: new Set<string>() };
  const urls = new Set<string>();
  const derivedFrom = new Set<string>();
  const attachments = new Map<string, { name: string; sha256: string }>();
  const lines = new Set<string>();
  const markings: Marking[] = [];
  let textChars = 0;
  let excessChars = 0;
  let said = 0;
  const addLine = (to: Set<string>, value: string, maximum: number): void => {
    const cleaned = cleanLine(value, maximum);
    if (cleaned === '') return;
    to.add(cleaned);
    said += 1;
  };

  const finish = () => {
    const dropped: Remark[] = [];
    const kept = <T>(items: Iterable<T>, what: string, limit: number): T[] => {
      const all = [...items];
      if (all.length > limit)
        dropped.push({ at: head.at, reason: `${all.length - limit} ${what} more than the ${limit} that a signal holds` });
      return all.slice(0, limit);
    };
    const text = cleanText([...lines].join('\n\n'));
    const tooLong = Math.max(0, text.length - signalLimits.textChars) + excessChars;
    if (tooLong > 0)
      dropped.push({ at: head.at, reason: `the last ${tooLong} characters of the text: a signal holds ${signalLimits.textChars}` });
    const title = cleanLine(head.title, signalLimits.titleChars) || head.externalId;
    const common = {
      source: cleanLine(head.source, 200) || 'unnamed source',
      sourceType: head.sourceType,
      ...(head.revision === undefined ? {} : { revision: head.revision }),
      ...(head.kind === undefined ? {} : { kind: head.kind }),
      text: cut(text, signalLimits.textChars),
      ...(head.lang !== undefined && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(head.lang) ? { lang: head.lang } : {}),
      observedAt: head.observedAt,
      ...(head.reportedAt === undefined ? {} : { reportedAt: head.reportedAt }),
      places: kept(places.values(), 'places', signalLimits.list),
      themes: kept(lists.themes, 'themes', signalLimits.list),
      sectors: kept(lists.sectors, 'sectors', signalLimits.list),
      targets: kept(lists.targets, 'targets', signalLimits.list),
      techniques: kept(techniques.values(), 'techniques', signalLimits.list),
      ...(head.reliability === undefined ? {} : { reliability: head.reliability }),
      ...(head.credibility === undefined ? {} : { credibility: head.credibility }),
      marking: markings.length === 0 ? head.defaultMarking : highestMarking(markings),
      attachments: kept(attachments.values(), 'attachments', signalLimits.list),
      ...originOf(kept(derivedFrom, 'origins', signalLimits.list), kept(urls, 'references', signalLimits.list)),
    };
    const all = [...observables.values()];
    const parts = Math.max(1, Math.ceil(all.length / signalLimits.observables));
    const signals: PostedSignal[] = [];
    for (let part = 0; part < parts; part += 1) {
      const draft: SignalDraft = {
        ...common,
        externalId: cleanLine(part === 0 ? head.externalId : `${head.externalId}#${part + 1}`, 512),
        title: parts === 1 ? title : `${cut(title, signalLimits.titleChars - 40)} (part ${part + 1} of ${parts})`,
        observables: all.slice(part * signalLimits.observables, (part + 1) * signalLimits.observables),
      };
      // `raw` is what the partner sent: kept as it is, once, unless it is too large to travel with every copy.
      const raw =
        part === 0 && head.raw !== undefined && JSON.stringify(head.raw).length + text.length <= rawLimitChars ? { raw: head.raw } : {};
      const parsed = PostedSignal.safeParse({ ...draft, ...raw });
      if (parsed.success) signals.push(parsed.data);
      else
        dropped.push({
          at: head.at,
          reason: `makes no valid signal: ${parsed.error.issues[0]?.path.map(String).join('/')} ${parsed.error.issues[0]?.message}`.slice(
            0,
            300,
          ),
        });
    }
    return { signals, dropped };
  };

  return {
    observable(type, value) {
      const observable = { type: cleanLine(type, 64), value: cleanLine(value, 4_096) };
      if (observable.type === '' || observable.value === '') return;
      observables.set(`${observable.type}\u0000${observable.value}`, observable);
      said += 1;
    },
    technique(technique) {
      techniques.set(`${technique.framework} ${technique.id}`, technique);
      said += 1;
    },
    place(place) {
      const name = place.name === undefined ? undefined : cleanLine(place.name, 200);
      const cleaned: Place = {
        ...(name ? { name } : {}),
        ...(place.country === undefined ? {} : { country: place.country }),
        ...pointOf(place),
      };
      if (Object.keys(cleaned).length === 0) return;
      places.set(JSON.stringify(cleaned), cleaned);
      said += 1;
    },
    list: (field, value) => addLine(lists[field], value, lineLimits[field]),
    url: (url) => addLine(urls, url, 4_096),
    derivedFrom: (id) => addLine(derivedFrom, id, 512),
    attachment(name, sha256) {
      attachments.set(sha256, { name: cleanLine(name, 400) || 'unnamed', sha256 });
      said += 1;
    },
    line(text) {
      if (text.trim() === '') return;
      said += 1;
      // What goes beyond the limit is counted, not kept.
      if (textChars > signalLimits.textChars) {
        excessChars += text.length;
        return;
      }
      const cleaned = cleanText(text);
      if (cleaned === '' || lines.has(cleaned)) return;
      lines.add(cleaned);
      textChars += cleaned.length + 2;
    },
    marking: (marking) => void markings.push(marking),
    get said() {
      return said;
    },
    finish,
  };
}

const pointOf = ({ lat, lon }: Place): Place =>
  lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : {};

function originOf(derivedFrom: readonly string[], urls: readonly string[]): { origin?: { derivedFrom?: string[]; urls?: string[] } } {
  if (derivedFrom.length === 0 && urls.length === 0) return {};
  return {
    origin: { ...(derivedFrom.length > 0 ? { derivedFrom: [...derivedFrom] } : {}), ...(urls.length > 0 ? { urls: [...urls] } : {}) },
  };
}
