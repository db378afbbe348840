import { describeViewStore } from '@samenhang/ports/contract';
import { openViewStoreUnderTest } from './under-test.ts';

describeViewStore('embedded', openViewStoreUnderTest);
