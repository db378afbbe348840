import { readFile } from 'node:fs/promises';
import { type Command, UsageError } from '../command.ts';

/** Reads partners' files without a server. */
export const parseCommand: Command = {
  name: 'parse',
  takes: 'FILE...',
  says: 'Read partners’ files (STIX, CAP, MISP, mail, CSV) with no server: what is in them, what is not taken over and why',
  flags: {
    signals: { says: 'print the signals, ready for post -' },
    source: { value: 'NAME', says: 'the source of every signal; else the producer that the file names' },
    tlp: { value: 'LEVEL', says: 'the marking of what carries none (default amber)' },
  },
  async run({ words, out, on, flag }) {
    if (words.length === 0) throw new UsageError('parse needs at least one FILE');
    const { Tlp } = await import('@samenhang/domain');
    const { parseFile } = await import('@samenhang/formats');
    const tlp = Tlp.safeParse(flag('tlp') ?? 'amber');
    if (!tlp.success) throw new UsageError('--tlp takes clear, green, amber, amber+strict or red');
    const source = flag('source');
    const options = { marking: { tlp: tlp.data }, ...(source === undefined ? {} : { source }) };
    let code = 0;
    for (const file of words) {
      const parsed = await parseFile(await readFile(file), file, options);
      if (parsed.refused !== null) code = 1;
      const { format, signals, observables, relationships, dropped, refused } = parsed;
      if (on('signals')) for (const signal of signals) await out.value(signal);
      if (on('signals') && refused === null) continue;
      if (out.json) await out.value({ file, format, signals: signals.length, observables, relationships, dropped, refused });
      else if (refused !== null) out.note(`${out.paint.red('refused')} ${file} (${format}) at ${refused.at}: ${refused.reason}`);
      else {
        await out.line(
          `${file} (${format}): ${signals.length} signals, ${observables} observables, ${relationships} relationships, ${dropped.length} dropped`,
        );
        for (const { at, reason } of dropped.slice(0, 20)) await out.line(`  ${out.paint.yellow('dropped')} ${at}: ${reason}`);
        if (dropped.length > 20) await out.line(out.paint.dim(`  … and ${dropped.length - 20} more; --json lists them all`));
      }
    }
    return code;
  },
};
