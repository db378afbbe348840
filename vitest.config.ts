import { defineConfig } from 'vitest/config';

const code = ['packages', 'services', 'tests', 'scripts'];
const everywhere = (name: string): string[] => code.map((folder) => `${folder}/**/${name}`);
const never = ['**/node_modules/**'];
const special = ['**/*.contract.test.ts', '**/*.int.test.ts', '**/*.e2e.test.ts', 'tests/architecture/**'];

/** End-to-end tests that need a Chromium besides Node. */
const inBrowser = ['tests/e2e/console*.e2e.test.ts'];

/** What a test file needs is in its name, and so is the project it belongs to. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: everywhere('*.test.ts'), exclude: [...never, ...special], testTimeout: 120_000 } },
      { test: { name: 'contract', include: everywhere('*.contract.test.ts'), exclude: never, testTimeout: 60_000 } },
      { test: { name: 'integration', include: everywhere('*.int.test.ts'), exclude: never, testTimeout: 120_000, hookTimeout: 180_000 } },
      {
        test: {
          name: 'e2e',
          include: everywhere('*.e2e.test.ts'),
          exclude: [...never, ...inBrowser],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'browser', include: inBrowser, exclude: never, testTimeout: 300_000, hookTimeout: 120_000 } },
      { test: { name: 'architecture', include: ['tests/architecture/**/*.test.ts'], exclude: never, testTimeout: 60_000 } },
    ],
  },
});
