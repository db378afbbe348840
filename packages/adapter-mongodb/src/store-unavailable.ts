import { ServiceError } from '@samenhang/runtime';
import { MongoError } from 'mongodb';

/** What the work gives; a failure of the server or the way to it is rejected as `store-unavailable`, one of our own as it is. */
export async function asking<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof MongoError) throw new ServiceError('store-unavailable', `MongoDB could not ${what}.`, { cause });
    throw cause;
  }
}
