import { type Command, UsageError } from '../command.ts';

/** Checks the audit trail on the machine that holds it. */
export const auditCommand: Command = {
  name: 'audit',
  takes: 'verify',
  says: 'Whether the audit trail of the service whose data directory is --data is as it was written',
  details:
    'Every entry is chained to the one before, and the head of each chain is kept apart: an edit, a removed entry, a cut tail and a removed chain are found. One chain belongs to one run of a process. The service may run meanwhile.',
  flags: {
    trail: { value: 'DIR', says: 'where the chains are (default audit in the data directory)' },
    anchors: { value: 'DIR', says: 'where their heads are (default audit-anchors in the data directory)' },
  },
  async run({ words, data, flag, out }) {
    if (words[0] !== 'verify' || words.length > 1) throw new UsageError('audit takes verify');
    const { auditPlacesOf, verifyAudit } = await import('@samenhang/runtime');
    const chains = verifyAudit(auditPlacesOf({ data, audit: flag('trail'), auditAnchors: flag('anchors') }));
    for (const chain of chains) {
      const { writer, entries, fault } = chain;
      if (out.json) await out.value(chain);
      else if (fault === null) await out.line(`${out.paint.green('whole')}  ${writer}  ${entries} entries`);
      else await out.line(`${out.paint.red('FAULT')}  ${writer}  ${sayFault(fault)}`);
    }
    const faults = chains.filter(({ fault }) => fault !== null).length;
    out.note(chains.length === 0 ? 'there is no audit trail here' : `${chains.length} chains, ${faults} of them not as they were written`);
    return faults === 0 && chains.length > 0 ? 0 : 1;
  },
};

interface Fault {
  readonly kind: 'edited' | 'missing' | 'cut' | 'no-anchor' | 'removed';
  readonly sequence?: number;
  readonly expected?: number;
}

function sayFault({ kind, sequence, expected }: Fault): string {
  switch (kind) {
    case 'edited':
      return `entry ${sequence} was changed`;
    case 'missing':
      return `entry ${sequence} is missing`;
    case 'cut':
      return `ends after entry ${sequence}, though ${expected} were written`;
    case 'removed':
      return `was removed, with ${expected} entries`;
    case 'no-anchor':
      return 'has no anchor: either that was removed, or the chain was not written by the service';
  }
}
