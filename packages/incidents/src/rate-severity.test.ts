import { expect, test } from 'vitest';
import { rateSeverity } from './rate-severity.ts';

test.each([
  [['digital'], ['retail'], 1, 'low'],
  [['digital', 'legal'], ['retail', 'media'], 1, 'moderate'],
  [['digital', 'legal', 'social'], ['retail', 'media', 'sport'], 1, 'high'],
  [['digital', 'military', 'social'], ['energy', 'media', 'sport'], 4, 'severe'],
] as const)('rates an incident of the themes %j, the sectors %j and %i countries as %4$s', (themes, sectors, countries, severity) => {
  expect(rateSeverity({ themes, sectors, countries })).toBe(severity);
});
