import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/** Keys of an index. H2 would serialize both keys as Java objects to compare them; one string, as every `_id` of ours is, is compared as it is. */
final class IndexKeyType extends BasicDataType<KeyValue> {
  private static final ObjectDataType others = new ObjectDataType();

  private static String textOf(KeyValue key) {
    return key.size() == 1 && key.get(0) instanceof String text ? text : null;
  }

  @Override
  public int compare(KeyValue one, KeyValue other) {
    String text = textOf(one);
    String otherText = textOf(other);
    if (text != null && otherText != null) return text.compareTo(otherText);
    if (text == null && otherText == null) return others.compare(one, other);
    return text == null ? -1 : 1;
  }

  @Override
  public int getMemory(KeyValue key) {
    String text = textOf(key);
    return text == null ? others.getMemory(key) : 80 + text.length();
  }

  @Override
  public void write(WriteBuffer buffer, KeyValue key) {
    String text = textOf(key);
    buffer.put((byte) (text == null ? 0 : 1));
    if (text == null) others.write(buffer, key);
    else buffer.putVarInt(text.length()).putStringData(text, text.length());
  }

  @Override
  public KeyValue read(ByteBuffer buffer) {
    return buffer.get() == 0 ? (KeyValue) others.read(buffer) : new KeyValue(DataUtils.readString(buffer));
  }

  @Override
  public KeyValue[] createStorage(int size) {
    return new KeyValue[size];
  }
}
