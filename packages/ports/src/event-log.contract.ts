import { afterAll, beforeAll, describe } from 'vitest';
import { createSuite, type SuiteSettings, uniqueName } from './contract-suite.ts';
import type { EventLog } from './event-log.ts';
import { guaranteeAppends } from './event-log-append.contract.ts';
import { guaranteeReads } from './event-log-read.contract.ts';
import { guaranteeSubscriptions } from './event-log-subscribe.contract.ts';

/** An adapter as the suite drives it. */
export interface EventLogUnderTest extends AsyncDisposable {
  readonly log: EventLog;
  /** Closes the log and opens it anew on nothing but what is durable; `log` is the new one from then on. */
  reopen(): Promise<void>;
  /** Writes a record as a foreign program would, past the port. */
  writeBytes(at: { readonly topic: string; readonly partition: number; readonly key: string }, bytes: Uint8Array): Promise<void>;
}

/** What the tests of the suite share: the log as it is now, and topics of their own. */
export interface EventLogTestBed {
  log(): EventLog;
  under(): EventLogUnderTest;
  /** A new topic with so many partitions. */
  topic(partitions: number): Promise<string>;
}

/** Holds an adapter to every guarantee of the EventLog port. */
export function describeEventLog(adapter: string, open: () => Promise<EventLogUnderTest>, settings?: SuiteSettings): void {
  describe(`event log: ${adapter}`, () => {
    const suite = createSuite(settings);
    let under: EventLogUnderTest | undefined;
    beforeAll(async () => {
      under = await open();
    }, suite.patienceMs * 4);
    afterAll(() => under?.[Symbol.asyncDispose](), suite.patienceMs * 4);

    const opened = (): EventLogUnderTest => {
      if (under === undefined) throw new Error('the adapter did not open');
      return under;
    };
    const bed: EventLogTestBed = {
      under: opened,
      log: () => opened().log,
      async topic(partitions) {
        const name = uniqueName('contract');
        await opened().log.ensureTopics([{ name, partitions }]);
        return name;
      },
    };

    guaranteeAppends(suite, bed);
    guaranteeReads(suite, bed);
    guaranteeSubscriptions(suite, bed);
    suite.guarantees('check resolves while the log can append and read', () => bed.log().check());
  });
}
