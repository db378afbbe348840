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
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * A MongoDB-protocol server for tests and local runs: arguments FILE PORT COMMIT_BYTES. A write is answered only after its command is in FILE.log, and the documents' file is
 * brought up to date from there, so whatever was answered survives a SIGKILL of this process. Writes must name the `_id` of what they insert: a command is carried
 * out again after a kill, and an `_id` that this server made up would be another one then.
 */
public final class MongoProtocolServer {
  private record Version(List<Integer> getVersionArray, int getWireVersion) implements MongoVersion {}

  private static final Set<String> writes = Set.of("insert", "update", "delete", "findAndModify", "findandmodify", "createIndexes", "create", "drop", "dropDatabase");
  private static final class DurableBackend extends H2Backend {
    /** Writers share it and a commit has it alone: a document and its index entries are written one after the other, and a commit between them would keep one without the other. */
    private final ReadWriteLock wholeWrites = new ReentrantReadWriteLock(true);
    /** Writes to one collection follow each other, so that the log has them in the order in which they were carried out. */
    private final Map<Object, Object> order = new ConcurrentHashMap<>();
    private final MVMap<String, Long> applied;
    private final CommandLog log;
    /** So much is in the log before the documents are committed: a page that many writes touched is then written once. */
    private final long commitBytes;

    DurableBackend(MVStore store, Path logFile, long commitBytes) throws IOException {
      super(store);
      this.commitBytes = commitBytes;
      applied = store.openMap("samenhang.applied");
      long before = applied.getOrDefault("last", 0L);
      log = new CommandLog(logFile, before);
      EmbeddedChannel nobody = new EmbeddedChannel();
      log.replay((number, command) -> {
        if (number <= before) return;
        try {
          super.handleMessage(new MongoMessage(nobody, null, command));
        } catch (RuntimeException refused) {
          // It was refused in the same way when it came.
        }
      });
      commitBeyond(0);
    }

    /** The documents and how far they go are committed together; only then is the log empty. */
    private void commitBeyond(long bytes) throws IOException {
      if (log.bytes() < bytes) return;
      wholeWrites.writeLock().lock();
      try {
        if (log.bytes() < bytes) return;
        applied.put("last", log.last());
        commit();
        log.clear();
      } finally {
        wholeWrites.writeLock().unlock();
      }
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

    @Override
    public Document handleMessage(MongoMessage message) {
      Document command = message.getDocument();
      String name = command.keySet().iterator().next();
      if (!writes.contains(name)) return super.handleMessage(message);
      ByteBuf bytes = CommandLog.encode(command);
      try {
        Document answer = carryOut(message, List.of(message.getDatabaseName(), String.valueOf(command.get(name))), bytes);
        commitBeyond(commitBytes);
        return answer;
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }

    private Document carryOut(MongoMessage message, Object collection, ByteBuf bytes) throws IOException {
      wholeWrites.readLock().lock();
      try {
        synchronized (order.computeIfAbsent(collection, (key) -> new Object())) {
          try {
            return super.handleMessage(message);
          } finally {
            log.append(bytes);
          }
        }
      } finally {
        wholeWrites.readLock().unlock();
      }
    }

    /** H2 commits once more when it closes, after the last connection was: what it keeps then must be numbered. */
    @Override
    public void close() {
      try {
        commitBeyond(0);
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
      super.close();
    }
  }

  public static void main(String[] arguments) throws Exception {
    // Every commit writes whole pages, with every document on them: small pages keep that in proportion to what was written.
    // H2 itself may not commit, neither every second nor when much has changed: it would keep half a write. Without its writer thread a commit also ends only when it is in the file.
    MVStore store = new MVStore.Builder().fileName(arguments[0]).cacheSize(256).pageSplitSize(2048).autoCompactFillRate(0).autoCommitDisabled().autoCommitBufferSize(0).open();
    // Compacting behind the writers costs more than all the writing does; chunks with nothing live in them are used again soon enough.
    store.setRetentionTime(5_000);
    // The driver refuses less than wire version 9; everything Samenhang uses of 6.0 is there.
    MongoServer server = new MongoServer(new DurableBackend(store, Path.of(arguments[0] + ".log"), Long.parseLong(arguments[2])).version(new Version(List.of(6, 0, 0), 17)));
    server.bind("127.0.0.1", Integer.parseInt(arguments[1]));
    System.err.println("listening on 127.0.0.1:" + arguments[1]);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    new CountDownLatch(1).await();
  }
}
