import { BlockPool } from './block-pool.ts';
import { Int32Column } from './int32-column.ts';

/**
 * Ordered sets of slots by number. The usual set, of one slot, is kept in place; larger ones in pooled blocks of a power of two.
 * A head is 0 for none, slot + 1 for one, and minus (block number + 1) for more; counts of larger sets stand at the front of their block.
 */
export class SlotLists {
  readonly #heads = new Int32Column();
  readonly #pool = new BlockPool();

  count(list: number): number {
    const head = this.#heads.get(list);
    if (head >= 0) return head === 0 ? 0 : 1;
    const block = -head - 1;
    return this.#pool.array(block)[this.#pool.offset(block)] ?? 0;
  }

  /** The slot at a place below the count. */
  at(list: number, place: number): number {
    const head = this.#heads.get(list);
    if (head >= 0) return head - 1;
    const block = -head - 1;
    return this.#pool.array(block)[this.#pool.offset(block) + 1 + place] ?? -1;
  }

  /** Adds a slot that is not in the set, at the end or before the one at a place. */
  add(list: number, slot: number, place = this.count(list)): void {
    const head = this.#heads.get(list);
    if (head === 0) {
      this.#heads.set(list, slot + 1);
      return;
    }
    if (head > 0) {
      const block = this.#pool.take(4);
      this.#write(block, place === 0 ? [2, slot, head - 1] : [2, head - 1, slot]);
      this.#heads.set(list, -block - 1);
      return;
    }
    const count = this.count(list);
    const block = this.#withRoom(list, -head - 1, count);
    const array = this.#pool.array(block);
    const offset = this.#pool.offset(block);
    const at = offset + 1 + place;
    if (place < count) array.copyWithin(at + 1, at, offset + 1 + count);
    array[at] = slot;
    array[offset] = count + 1;
  }

  /** Drops a slot that is in the set; the others keep their order. */
  drop(list: number, slot: number): void {
    const head = this.#heads.get(list);
    if (head >= 0) {
      if (head === slot + 1) this.#heads.set(list, 0);
      return;
    }
    const block = -head - 1;
    const array = this.#pool.array(block);
    const offset = this.#pool.offset(block);
    const count = array[offset] ?? 0;
    const place = array.subarray(offset + 1, offset + 1 + count).indexOf(slot);
    if (place === -1) return;
    array.copyWithin(offset + 1 + place, offset + 2 + place, offset + 1 + count);
    array[offset] = count - 1;
    if (count === 2) {
      this.#heads.set(list, (array[offset + 1] ?? 0) + 1);
      this.#pool.give(block, blockSize(count));
    } else if (blockSize(count - 1) < blockSize(count)) this.#shrink(list, block, count);
  }

  get bytes(): number {
    return this.#heads.bytes + this.#pool.bytes;
  }

  #shrink(list: number, block: number, count: number): void {
    const size = blockSize(count - 1);
    const smaller = this.#pool.take(size);
    this.#copy(block, smaller, count);
    this.#pool.give(block, blockSize(count));
    this.#heads.set(list, -smaller - 1);
  }

  /** The block of the list, or a larger one in its stead, with room for one slot more. */
  #withRoom(list: number, block: number, count: number): number {
    const size = blockSize(count);
    if (count + 1 < size) return block;
    const larger = this.#pool.take(2 * size);
    this.#copy(block, larger, count + 1);
    this.#pool.give(block, size);
    this.#heads.set(list, -larger - 1);
    return larger;
  }

  #copy(from: number, to: number, length: number): void {
    const offset = this.#pool.offset(from);
    this.#pool.array(to).set(this.#pool.array(from).subarray(offset, offset + length), this.#pool.offset(to));
  }

  #write(block: number, values: readonly number[]): void {
    this.#pool.array(block).set(values, this.#pool.offset(block));
  }
}

/** The power of two that holds a count and so many slots. */
const blockSize = (count: number): number => (count < 4 ? 4 : 1 << (32 - Math.clz32(count)));
