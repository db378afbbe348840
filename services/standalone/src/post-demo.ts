import { readFileSync } from 'node:fs';
import { createClient } from '@samenhang/client';
import { ClientFile, clientFileOf } from '@samenhang/runtime';

const scenario = new URL('../demo/signals.jsonl', import.meta.url);

/** Posts the fictional scenario through the front door, as an adapter would; posting it again changes nothing. */
export async function postDemo(url: string, data: string, print: (line: string) => void): Promise<void> {
  const { keys } = ClientFile.parse(JSON.parse(readFileSync(clientFileOf(data), 'utf8')));
  const lines = readFileSync(scenario, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const count = { accepted: 0, duplicate: 0, rejected: 0 };
  for await (const { status } of createClient({ url, key: keys.adapter }).postLines(lines)) count[status]++;
  print(
    `demo: ${count.accepted} signals posted${count.duplicate > 0 ? `, ${count.duplicate} already known` : ''}${count.rejected > 0 ? `, ${count.rejected} REJECTED` : ''}`,
  );
  print('try:  npm run samenhang -- incidents');
}
