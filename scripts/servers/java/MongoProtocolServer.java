import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVStore;

/** A MongoDB-protocol server for tests and local runs: arguments FILE PORT. A write is answered only after it is in the file, so it survives a SIGKILL of this process. */
public final class MongoProtocolServer {
  private record Version(List<Integer> getVersionArray, int getWireVersion) implements MongoVersion {}

  private static final Set<String> writes = Set.of("insert", "update", "delete", "findAndModify", "findandmodify", "createIndexes", "create", "drop", "dropDatabase");

  private static final class DurableBackend extends H2Backend {
    private final AtomicLong written = new AtomicLong();
    private final Object committing = new Object();
    private long durable;

    DurableBackend(MVStore store) {
      super(store);
    }

    /** Returns once everything written before the call is in the file; writers that wait share one commit. */
    private void makeDurable() {
      long mine = written.incrementAndGet();
      synchronized (committing) {
        if (durable >= mine) return;
        long upTo = written.get();
        commit();
        durable = upTo;
      }
    }

    @Override
    public Document handleMessage(MongoMessage message) {
      Document answer = super.handleMessage(message);
      if (writes.contains(message.getDocument().keySet().iterator().next())) makeDurable();
      return answer;
    }
  }

  public static void main(String[] arguments) throws Exception {
    // Every commit writes whole pages, with every document on them: small pages keep that in proportion to what was written.
    MVStore store = new MVStore.Builder().fileName(arguments[0]).cacheSize(256).pageSplitSize(2048).autoCompactFillRate(0).open();
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
