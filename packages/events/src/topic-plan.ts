import { rejectedTopic, topics } from './topics.ts';

/** Every topic, with its rejected messages' topic, and the partitions it needs for so many audiences. Partitions only ever grow. */
export const topicPlan = (audiences: number): readonly { readonly name: string; readonly partitions: number }[] =>
  Object.values(topics).flatMap(({ name, partitions }) => [
    { name, partitions: typeof partitions === 'number' ? partitions : audiences },
    { name: rejectedTopic(name), partitions: 1 },
  ]);
