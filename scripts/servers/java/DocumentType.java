import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Documents as BSON. H2 would serialize them as Java objects, which takes most of the server's time. */
final class DocumentType extends BasicDataType<Document> {
  @Override
  public int getMemory(Document document) {
    return memoryOf(document);
  }

  private static int memoryOf(Object value) {
    if (value instanceof String text) return 40 + text.length();
    int memory = 48;
    if (value instanceof Map<?, ?> map) for (Map.Entry<?, ?> entry : map.entrySet()) memory += memoryOf(entry.getKey()) + memoryOf(entry.getValue());
    if (value instanceof Collection<?> collection) for (Object item : collection) memory += memoryOf(item);
    return memory;
  }

  @Override
  public void write(WriteBuffer buffer, Document document) {
    ByteBuf bytes = Unpooled.buffer(256);
    BsonEncoder.encodeDocument(document, bytes);
    buffer.putVarInt(bytes.readableBytes()).put(bytes.nioBuffer());
  }

  @Override
  public Document read(ByteBuffer buffer) {
    byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
    buffer.get(bytes);
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
  }

  @Override
  public Document[] createStorage(int size) {
    return new Document[size];
  }
}
