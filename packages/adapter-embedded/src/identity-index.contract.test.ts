import { describeIdentityIndex } from '@samenhang/ports/contract';
import { openIdentityIndexUnderTest } from './under-test.ts';

describeIdentityIndex('embedded', openIdentityIndexUnderTest);
