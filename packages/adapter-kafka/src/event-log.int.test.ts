import { describeEventLog } from '@samenhang/ports/contract';
import { openKafkaUnderTest } from './under-test.ts';

describeEventLog('kafka', () => openKafkaUnderTest(), { runs: 4, patienceMs: 30_000 });
