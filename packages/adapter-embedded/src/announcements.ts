import { BroadcastChannel } from 'node:worker_threads';

/** Tells the other threads of this process that a topic has more; other processes find it by looking. */
export interface Announcements extends Disposable {
  tell(topic: string): void;
}

/** Hears what other threads tell about the same directory; never keeps the process alive. */
export function openAnnouncements(directory: string, heard: (topic: string) => void): Announcements {
  const channel = new BroadcastChannel(`samenhang log ${directory}`);
  channel.unref();
  channel.onmessage = (event) => {
    if (typeof event === 'object' && event !== null && 'data' in event && typeof event.data === 'string') heard(event.data);
  };
  return {
    tell: (topic) => channel.postMessage(topic),
    [Symbol.dispose]: () => channel.close(),
  };
}
