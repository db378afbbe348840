import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;

/**
 * Write commands in the order in which they were carried out, each in the file before `append` returns. What a killed process wrote in part is at the end and
 * is not read again. Every command has a number, one more than the one before.
 */
final class CommandLog {
  /** Length and check sum of what follows, then the command's number. */
  private static final int HEAD = 4 + 8 + 8;

  private final FileChannel file;
  private long last;

  CommandLog(Path path, long last) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.last = last;
  }

  static ByteBuf encode(Document command) {
    ByteBuf bytes = Unpooled.buffer(4096);
    bytes.writeZero(HEAD);
    BsonEncoder.encodeDocument(command, bytes);
    return bytes;
  }

  /** Takes what `encode` gave. */
  synchronized void append(ByteBuf bytes) throws IOException {
    bytes.setLong(12, ++last);
    bytes.setInt(0, bytes.readableBytes() - HEAD);
    bytes.setLong(4, sumOf(bytes.nioBuffer(12, bytes.readableBytes() - 12)));
    ByteBuffer rest = bytes.nioBuffer();
    while (rest.hasRemaining()) file.write(rest);
  }

  synchronized long last() {
    return last;
  }

  synchronized long bytes() throws IOException {
    return file.position();
  }

  synchronized void clear() throws IOException {
    file.truncate(0);
    file.position(0);
  }

  /** Gives every whole command with its number, in order. */
  void replay(BiConsumer<Long, Document> command) throws IOException {
    long at = 0;
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    while (fill(head.clear(), at)) {
      int length = head.getInt(0);
      if (length < 5 || length > file.size() - at - HEAD) return;
      ByteBuffer whole = ByteBuffer.allocate(8 + length);
      if (!fill(whole, at + 12) || sumOf(whole.duplicate().rewind()) != head.getLong(4)) return;
      long number = whole.getLong(0);
      command.accept(number, BsonDecoder.decodeBson(Unpooled.wrappedBuffer(whole.array(), 8, length)));
      last = Math.max(last, number);
      at += HEAD + length;
    }
  }

  /** False when the file ends before. */
  private boolean fill(ByteBuffer target, long from) throws IOException {
    while (target.hasRemaining()) if (file.read(target, from + target.position()) < 0) return false;
    return true;
  }

  private static long sumOf(ByteBuffer bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return sum.getValue();
  }
}
