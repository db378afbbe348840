// usage: node scripts/run.mjs scripts/create-topics.ts --brokers LIST [--config FILE]
// Makes every topic exist with the partitions that the configured audiences need, and says what is there; partitions are never taken away.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openKafkaEventLog } from '../packages/adapter-kafka/src/index.ts';
import { kafkaSettingsOf } from '../packages/backends/src/index.ts';
import { topicSettings } from '../packages/events/src/index.ts';
import { describeError, loadConfig } from '../packages/runtime/src/index.ts';
import { say } from './servers/say.ts';

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { brokers: { type: 'string' }, config: { type: 'string' } } });
  const config = await loadConfig({ file: values.config, env: process.env, flags: { kafkaBrokers: values.brokers } });
  const kafka = kafkaSettingsOf(config);
  if (kafka === undefined) {
    say('usage: create-topics --brokers HOST:PORT[,HOST:PORT...] [--config FILE]');
    return 2;
  }
  await using log = await openKafkaEventLog(kafka);
  const wanted = topicSettings(config.audiences.length);
  await log.ensureTopics(wanted);
  for (const { name, partitions } of wanted) {
    const there = (await log.ends(name)).length;
    say(`${name}: ${there} partitions${there > partitions ? `, more than the ${partitions} that are needed` : ''}`);
  }
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  say(describeError(error));
  return 1;
});
