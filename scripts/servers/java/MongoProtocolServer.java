import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * A MongoDB-protocol server for tests and local runs: arguments FILE PORT. A write is answered only after it is in the file, and the file never holds half of
 * one, so whatever was answered survives a SIGKILL of this process, and nothing else does in part.
 */
public final class MongoProtocolServer {
  private record Version(List<Integer> getVersionArray, int getWireVersion) implements MongoVersion {}

  private static final Set<String> writes = Set.of("insert", "update", "delete", "findAndModify", "findandmodify", "createIndexes", "create", "drop", "dropDatabase");

  private static final class DurableBackend extends H2Backend {
    private final AtomicLong written = new AtomicLong();
    private final Object committing = new Object();
    /** Writers share it and a commit has it alone: a document and its index entries are written one after the other, and a commit between them would keep one without the other. */
    private final ReadWriteLock wholeWrites = new ReentrantReadWriteLock(true);
    private long durable;

    DurableBackend(MVStore store) {
      super(store);
    }

    /** Maps that are open already are taken as they are, so opening them first decides how their keys and documents are kept. */
    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
      MVStore store = getMvStore();
      return new H2Database(name, store, getCursorRegistry()) {
        @Override
        protected Index<Object> openOrCreateUniqueIndex(String collection, String index, List<IndexKey> keys, boolean sparse) {
          store.openMap(getFullCollectionNamespace(collection) + "._index_" + index, new MVMap.Builder<KeyValue, Object>().keyType(new IndexKeyType()));
          return super.openOrCreateUniqueIndex(collection, index, keys, sparse);
        }

        @Override
        protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
          store.openMap("databases." + getFullCollectionNamespace(collection), new MVMap.Builder<Object, Document>().valueType(new DocumentType()));
          return super.openOrCreateCollection(collection, options);
        }
      };
    }

    /** Returns once everything written before the call is in the file; writers that wait share one commit. */
    private void makeDurable() {
      long mine = written.incrementAndGet();
      synchronized (committing) {
        if (durable >= mine) return;
        wholeWrites.writeLock().lock();
        try {
          long upTo = written.get();
          commit();
          durable = upTo;
        } finally {
          wholeWrites.writeLock().unlock();
        }
      }
    }

    @Override
    public Document handleMessage(MongoMessage message) {
      if (!writes.contains(message.getDocument().keySet().iterator().next())) return super.handleMessage(message);
      Document answer;
      wholeWrites.readLock().lock();
      try {
        answer = super.handleMessage(message);
      } finally {
        wholeWrites.readLock().unlock();
      }
      makeDurable();
      return answer;
    }
  }

  public static void main(String[] arguments) throws Exception {
    // Every commit writes whole pages, with every document on them: small pages keep that in proportion to what was written.
    // H2 itself may not commit, neither every second nor when much has changed: it would keep half a write. Without its writer thread a commit also ends only when it is in the file.
    MVStore store = new MVStore.Builder().fileName(arguments[0]).cacheSize(256).pageSplitSize(2048).autoCompactFillRate(0).autoCommitDisabled().autoCommitBufferSize(0).open();
    // Compacting behind the writers costs more than all the writing does; chunks with nothing live in them are used again soon enough.
    store.setRetentionTime(5_000);
    // The driver refuses less than wire version 9; everything Samenhang uses of 6.0 is there.
    MongoServer server = new MongoServer(new DurableBackend(store).version(new Version(List.of(6, 0, 0), 17)));
    server.bind("127.0.0.1", Integer.parseInt(arguments[1]));
    System.err.println("listening on 127.0.0.1:" + arguments[1]);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    new CountDownLatch(1).await();
  }
}
