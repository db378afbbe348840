import { type Command, type CommandContext, UsageError } from '../command.ts';
import { Pipeline, Rejected } from '../documents.ts';

/** Shows what became of the messages at every stage. */
export const pipelineCommand: Command = {
  name: 'pipeline',
  takes: '',
  says: 'What became of the messages at every stage, and what still waits',
  async run({ connect, out }) {
    const pipeline = await connect('operator').get('/v1/pipeline', Pipeline);
    if (out.json) {
      await out.value(pipeline);
      return 0;
    }
    const columns = ['received', 'sent', 'dropped', 'rejected', 'lag'] as const;
    await out.line(out.paint.dim(`${'stage'.padEnd(24)}${columns.map((name) => name.padStart(11)).join('')}`));
    for (const stage of pipeline.stages)
      await out.line(`${stage.name.padEnd(24)}${columns.map((name) => stage[name].toLocaleString('en').padStart(11)).join('')}`);
    await out.line(
      pipeline.settled ? out.paint.green('settled: everything acknowledged can be queried') : out.paint.yellow('still working'),
    );
    return 0;
  },
};

/** Lists, shows, retries or drops messages that a step could not handle. */
export const rejectedCommand: Command = {
  name: 'rejected',
  takes: 'list|show ID|retry ID|drop ID',
  says: 'Messages that a step could not handle, and what to do with them',
  async run(context) {
    const [verb, id] = context.words;
    if (verb === 'list') return list(context);
    if (id === undefined || (verb !== 'show' && verb !== 'retry' && verb !== 'drop'))
      throw new UsageError('rejected takes list, show ID, retry ID or drop ID');
    const client = context.connect('operator');
    const path = `/v1/rejected/${encodeURIComponent(id)}`;
    const message = verb === 'show' ? await client.get(path, Rejected) : await client.post(`${path}/${verb}`, Rejected);
    await context.out.line(context.out.json ? JSON.stringify(message) : JSON.stringify(message, null, 2));
    return 0;
  },
};

async function list({ connect, out }: CommandContext): Promise<number> {
  let shown = 0;
  for await (const page of connect('operator').pages('/v1/rejected?limit=1000', Rejected)) {
    for (const message of page) {
      shown++;
      if (out.json) await out.value(message);
      else
        await out.line(
          `${message.state.padEnd(8)} ${message.at.time}  ${message.id}  ${out.paint.red(message.code)}\n         ${message.detail}`,
        );
    }
  }
  if (shown === 0) out.note('nothing was rejected');
  return 0;
}
