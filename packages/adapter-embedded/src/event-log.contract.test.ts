import { describeEventLog } from '@samenhang/ports/contract';
import { openEventLogUnderTest } from './under-test.ts';

describeEventLog('embedded', openEventLogUnderTest);
