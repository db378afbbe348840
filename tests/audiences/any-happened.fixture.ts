import {
  type Audience,
  type IncidentJudgement,
  idOfPosted,
  type Judgement,
  type Marking,
  maySee,
  type PostedSignal,
} from '@samenhang/domain';
import { anyMarking, aPostedSignal } from '@samenhang/testing';
import fc from 'fast-check';

type AnyJudgement = IncidentJudgement | Judgement;

/** Something that came in: a revision of a signal, or what was decided about one. */
export type Happening =
  | { readonly kind: 'post'; readonly atMs: number; readonly posted: PostedSignal }
  | { readonly kind: 'judge'; readonly atMs: number; readonly judgement: AnyJudgement };
/** What happened in a world, in order. */
export type Happened = readonly Happening[];

export const hosts = ['a.example', 'b.example', 'c.example', 'd.example'];

/** The ids of all signals of a world, oldest first. */
export const signalsOf = (happened: Happened): readonly string[] => [
  ...new Set(happened.flatMap((thing) => (thing.kind === 'post' ? [idOf(thing.posted)] : []))),
];

/** All that an audience may see, and of a revision that takes a signal away from it no more than that. */
export function visibleTo(audience: Audience, happened: Happened): Happened {
  const shown = new Map<string, number>();
  return happened.flatMap((thing): Happened => {
    if (thing.kind === 'judge') return maySee(audience, thing.judgement.marking) ? [thing] : [];
    const { posted } = thing;
    const id = idOf(posted);
    if (maySee(audience, posted.marking)) {
      shown.set(id, posted.revision);
      return [thing];
    }
    const before = shown.get(id);
    shown.delete(id);
    return before === undefined ? [] : [{ ...thing, posted: withdrawn(posted, before + 1) }];
  });
}

const withdrawn = ({ source, externalId }: PostedSignal, revision: number): PostedSignal =>
  aPostedSignal({ source, externalId, revision, title: 'withdrawn', marking: { tlp: 'red' } });

const idOf = (posted: PostedSignal): string => idOfPosted(posted, '');

interface Given {
  readonly source: string;
  readonly revision?: number;
  readonly marking: Marking;
  readonly hosts: readonly string[];
  readonly title?: string;
}

const reported = ({ source, revision = 1, marking, hosts: seen, title = 'harbour' }: Given): PostedSignal =>
  aPostedSignal({ source, externalId: 'told', revision, title, marking, observables: seen.map((value) => ({ type: 'domain', value })) });

const red: Marking = { tlp: 'red' };
const clear: Marking = { tlp: 'clear' };

/** There is always something to see: two reports that everyone may read. */
const open = [1, 2].map((number) => reported({ source: `open-${number}`, marking: clear, hosts: ['b.example'] }));
/** There is always something to hide: a signal that collides with the others and that only the fusion cell may see. */
const secret = reported({ source: 'cell', marking: red, hosts });
/** There is always something to hide that others are given to take away: a report for one community. */
const guild = reported({ source: 'guild', marking: { tlp: 'amber', communities: ['ports'] }, hosts: ['c.example'] });
/** There is always something that is taken away, changed where it cannot be seen, and given back. */
const moved = [clear, red, red, clear].map((marking, at) =>
  reported({ source: 'mover', revision: at + 1, marking, hosts: [hosts[at] ?? ''] }),
);
/** There is always something that comes late: what was secret is shown. */
const released = [red, red, clear].map((marking, at) =>
  reported({ source: 'released', revision: at + 1, marking, hosts: ['b.example', 'c.example'] }),
);

const anyRevision = fc.record({
  signal: fc.nat(4),
  kind: fc.constantFrom('report' as const, 'report' as const, 'correction' as const, 'retraction' as const),
  marking: anyMarking,
  title: fc.constantFrom('harbour', 'cable', 'Maasdam outage'),
  hosts: fc.subarray(hosts, { maxLength: 2 }),
  day: fc.integer({ min: 10, max: 28 }),
});

/** Posts in an order in which the revisions of a signal rise. */
const anyPosts: fc.Arbitrary<readonly PostedSignal[]> = fc
  .tuple(fc.array(anyRevision, { maxLength: 12 }), fc.array(fc.nat(99), { minLength: 11, maxLength: 11 }))
  .map(([drawn, places]) => {
    const posts = drawn.map(({ signal, kind, marking, title, hosts: seen, day }) =>
      aPostedSignal({ ...reported({ source: `drawn-${signal}`, marking, hosts: seen, title }), kind, observedAt: `2026-03-${day}` }),
    );
    for (const [at, fixed] of [...open, secret, guild, ...moved, ...released].entries())
      posts.splice((places[at] ?? 0) % (posts.length + 1), 0, fixed);
    const revisions = new Map<string, number>();
    // The fixed ones may have changed places: each becomes the revision that its turn makes it.
    return posts.map((posted) => {
      const revision = (revisions.get(posted.source) ?? 0) + 1;
      revisions.set(posted.source, revision);
      return { ...posted, revision };
    });
  });

const anyDecision = fc.record({
  about: fc.nat(99),
  other: fc.nat(99),
  after: fc.nat(99),
  hidden: fc.boolean(),
  kind: fc.constantFrom('status' as const, 'note' as const, 'same' as const, 'not-same' as const),
  revoked: fc.boolean(),
});

type Decision = typeof anyDecision extends fc.Arbitrary<infer T> ? T : never;

/** What is decided about signals that came before, marked as they are or for the fusion cell alone; at times taken back at once. */
function judged(posts: readonly PostedSignal[], { about, other, hidden, kind, revoked }: Decision, at: number): readonly AnyJudgement[] {
  const [one, two] = [posts[about % posts.length], posts[other % posts.length]];
  if (one === undefined || two === undefined) return [];
  const stamped = {
    id: `00000000-0000-4000-8000-00000000000${at}`,
    by: 'Ann',
    at: `2026-03-31T12:00:00.00000${at}Z`,
    reason: 'said so',
    marking: hidden ? { ...one.marking, tlp: 'red' as const } : one.marking,
  };
  const say = (taken: boolean): readonly AnyJudgement[] => {
    if (kind === 'note') return [{ ...stamped, revoked: taken, kind, about: idOf(one), text: 'look' }];
    if (kind === 'status') return [{ ...stamped, revoked: taken, kind, about: idOf(one), status: 'resolved' }];
    return idOf(one) === idOf(two) ? [] : [{ ...stamped, revoked: taken, kind, a: idOf(one), b: idOf(two) }];
  };
  return [...say(false), ...(revoked ? say(true) : [])];
}

/** Worlds in which signals change, move between audiences, are taken back, and are judged. */
export const anyHappened: fc.Arbitrary<Happened> = fc.tuple(anyPosts, fc.array(anyDecision, { maxLength: 5 })).map(([posts, decisions]) => {
  const said = (after: number): readonly AnyJudgement[] =>
    decisions.flatMap((decision, at) => (decision.after % posts.length === after ? judged(posts.slice(0, after + 1), decision, at) : []));
  const things = posts.flatMap((posted, at) => [
    { kind: 'post' as const, posted },
    ...said(at).map((judgement) => ({ kind: 'judge' as const, judgement })),
  ]);
  return things.map((thing, at) => ({ ...thing, atMs: Date.UTC(2026, 2, 30, 12, at) }));
});
