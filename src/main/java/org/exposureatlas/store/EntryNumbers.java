package org.exposureatlas.store;

import java.util.Arrays;

/**
 * Numbers of entries by the hash of their value: open addressing with linear probing, in a table
 * that is at most half full. A slot is one word, because looking up is waiting for memory.
 */
final class EntryNumbers {

  private static final int INITIAL_SLOTS = 1 << 8;
  private static final long FREE = 0;

  /** A hash in the high half, the number of its entry and 1 in the low half. */
  private long[] slots = new long[INITIAL_SLOTS];

  private int used;

  /** The first slot to look into for a value of {@code hash}. */
  int slot(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ mixed >>> 16) & slots.length - 1;
  }

  /** The slot to look into when {@code slot} holds another value. */
  int next(int slot) {
    return slot + 1 & slots.length - 1;
  }

  boolean isFree(int slot) {
    return slots[slot] == FREE;
  }

  /** Whether the entry in a slot, which is not free, may be the value of {@code hash}. */
  boolean isOf(int slot, int hash) {
    return (int) (slots[slot] >>> Integer.SIZE) == hash;
  }

  /** The entry in a slot that is not free. */
  int entry(int slot) {
    return (int) slots[slot] - 1;
  }

  /** Puts {@code entry} into a free slot that {@code hash} led to. */
  void put(int slot, int hash, int entry) {
    slots[slot] = (long) hash << Integer.SIZE | entry + 1;
    used++;
    if (2 * used > slots.length) {
      grow();
    }
  }

  private void grow() {
    long[] full = slots;
    slots = new long[2 * full.length];
    for (long taken : full) {
      if (taken != FREE) {
        int slot = slot((int) (taken >>> Integer.SIZE));
        while (!isFree(slot)) {
          slot = next(slot);
        }
        slots[slot] = taken;
      }
    }
  }

  void clear() {
    Arrays.fill(slots, FREE);
    used = 0;
  }
}
