import { describeIdentityIndex } from '@samenhang/ports/contract';
import { openMongoIdentityIndex } from './mongo-identity-index.ts';
import { databaseUnderTest } from './under-test.ts';

describeIdentityIndex(
  'mongodb',
  async () => {
    const settings = databaseUnderTest();
    let index = await openMongoIdentityIndex(settings);
    return {
      get index() {
        return index;
      },
      async reopen() {
        await index[Symbol.asyncDispose]();
        index = await openMongoIdentityIndex(settings);
      },
      async [Symbol.asyncDispose]() {
        await index[Symbol.asyncDispose]();
      },
    };
  },
  { runs: 5 },
);
