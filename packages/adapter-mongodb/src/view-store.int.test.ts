import { describeViewStore } from '@samenhang/ports/contract';
import { openMongoViewStore } from './mongo-view-store.ts';
import { databaseUnderTest } from './under-test.ts';

describeViewStore(
  'mongodb',
  async () => {
    const settings = databaseUnderTest();
    let store = await openMongoViewStore(settings);
    return {
      get store() {
        return store;
      },
      async reopen() {
        await store[Symbol.asyncDispose]();
        store = await openMongoViewStore(settings);
      },
      async [Symbol.asyncDispose]() {
        await store[Symbol.asyncDispose]();
      },
    };
  },
  { runs: 6 },
);
