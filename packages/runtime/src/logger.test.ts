import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

test('the logger never prints what stands under the name of a secret', () => {
  const lines: string[] = [];
  const logger = createLogger('test', 'info', { write: (line) => void lines.push(line) });

  logger.info({ headers: { authorization: 'Bearer hush' }, key: 'hush', deep: { in: { token: 'hush' } } }, 'said');

  expect(lines.join('')).toContain('said');
  expect(lines.join('')).not.toContain('hush');
});
