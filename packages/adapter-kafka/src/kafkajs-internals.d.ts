// kafkajs has no way to read a partition outside a group. 2.2.4 is its last release, so its own cluster and broker are as stable as its door.
declare module 'kafkajs/src/cluster/index.js' {
  import type { ISocketFactory, KafkaConfig, KafkaMessage, Logger } from 'kafkajs';

  interface FetchedPartition {
    readonly partition: number;
    readonly highWatermark: string;
    readonly messages: readonly (KafkaMessage & { readonly isControlRecord?: boolean })[];
  }

  interface Broker {
    fetch(request: {
      readonly maxWaitTime: number;
      readonly minBytes: number;
      readonly maxBytes: number;
      readonly isolationLevel: number;
      readonly topics: readonly {
        readonly topic: string;
        readonly partitions: readonly { readonly partition: number; readonly fetchOffset: string; readonly maxBytes: number }[];
      }[];
    }): Promise<{ readonly responses: readonly { readonly topicName: string; readonly partitions: readonly FetchedPartition[] }[] }>;
  }

  export default class Cluster {
    constructor(
      options: KafkaConfig & {
        readonly logger: Logger;
        readonly socketFactory: ISocketFactory;
        readonly metadataMaxAge: number;
        readonly allowAutoTopicCreation: boolean;
      },
    );
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    addTargetTopic(topic: string): Promise<void>;
    refreshMetadata(): Promise<void>;
    findLeaderForPartitions(topic: string, partitions: readonly number[]): Readonly<Record<string, readonly number[]>>;
    findBroker(node: { readonly nodeId: string }): Promise<Broker>;
  }
}

declare module 'kafkajs/src/network/socketFactory.js' {
  import type { ISocketFactory } from 'kafkajs';
  export default function createSocketFactory(): ISocketFactory;
}

declare module 'kafkajs/src/network/requestQueue/index.js' {
  import type { Logger } from 'kafkajs';
  export default class RequestQueue {
    constructor(options: {
      readonly instrumentationEmitter: null;
      readonly maxInFlightRequests: number | null;
      readonly requestTimeout: number;
      readonly enforceRequestTimeout: boolean;
      readonly clientId: string;
      readonly broker: string;
      readonly logger: Logger;
    });
    readonly throttleCheckTimeoutId: unknown;
    checkPendingRequests(): void;
    destroy(): void;
  }
}
