import { z } from 'zod';
import { type Command, UsageError } from '../command.ts';
import { Incident, Member, SignalDocument } from '../documents.ts';
import { incidentLines, shownTime } from '../show-incident.ts';

/** Shows one signal with the times at which it passed each stage. */
export const signalCommand: Command = {
  name: 'signal',
  takes: 'ID',
  says: 'One signal as it was received, and what became of it',
  async run({ words: [id], connect, out }) {
    if (id === undefined) throw new UsageError('signal needs the ID of one');
    const signal = await connect('analyst').get(`/v1/signals/${encodeURIComponent(id)}`, SignalDocument);
    if (out.json) await out.value(signal);
    else await out.line(signalPage(signal, out.paint).join('\n'));
    return 0;
  },
};

function signalPage(signal: SignalDocument, paint: { bold(text: string): string; dim(text: string): string }): readonly string[] {
  const { title, source, sourceType, observedAt, text, observables, marking, trace } = signal;
  return [
    paint.bold(title),
    `${source} (${sourceType}) · observed ${shownTime(observedAt)} · TLP:${marking.tlp.toUpperCase()}`,
    ...(text === '' ? [] : ['', text]),
    ...(observables.length === 0 ? [] : ['', 'Observables', ...observables.map(({ type, value }) => `  ${type.padEnd(10)} ${value}`)]),
    '',
    ...Object.entries(trace).map(([stage, when]) => `${paint.dim(stage.padEnd(12))} ${when ?? '-'}`),
  ];
}

const ObservableDocument = z.looseObject({
  type: z.string(),
  value: z.string(),
  signals: z.array(Member),
  incidents: z.array(Incident),
});

/** Shows which signals and incidents hold an observable. */
export const observableCommand: Command = {
  name: 'observable',
  takes: 'TYPE VALUE',
  says: 'The signals and incidents that hold an observable',
  async run({ words: [type, value], connect, out }) {
    if (type === undefined || value === undefined) throw new UsageError('observable needs a TYPE and a VALUE, such as domain example.org');
    const found = await connect('analyst').get(
      `/v1/observables/${encodeURIComponent(type)}/${encodeURIComponent(value)}`,
      ObservableDocument,
    );
    if (out.json) {
      await out.value(found);
      return 0;
    }
    await out.line(`${found.type} ${out.paint.bold(found.value)}: ${found.signals.length} signals, ${found.incidents.length} incidents\n`);
    for (const { id, source, title, observedAt } of found.signals)
      await out.line(`  ${shownTime(observedAt)}  ${source}  ${title}\n  ${out.paint.dim(id)}`);
    if (found.incidents.length > 0) await out.line('');
    for (const incident of found.incidents) await out.line(incidentLines(incident, out.paint).join('\n'));
    return 0;
  },
};
