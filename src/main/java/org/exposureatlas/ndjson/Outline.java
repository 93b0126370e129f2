package org.exposureatlas.ndjson;

import java.util.Arrays;

/** Where the members of one object of a {@link Precedent} start, counted from its own start. */
final class Outline {

  /** An object of more members has no outline. */
  static final int MAX_MEMBERS = 64;

  private PathTrie node;
  private int count;
  private int[] starts = new int[9];
  private int[] values = new int[9];
  private int[] valueEnds = new int[9];
  private int[] numbers = new int[9];
  private int[] firstPlaced = new int[9];
  private int[] endPlaced = new int[9];
  private Outline[] inners = new Outline[9];
  private final byte[] memberOfNumber = new byte[MAX_MEMBERS];

  /** Forgets all and starts with the first member of an object. */
  void begin(PathTrie object) {
    node = object;
    count = 0;
    Arrays.fill(memberOfNumber, (byte) -1);
  }

  /** Whether the object was in the same place of the wanted paths. */
  boolean isOf(PathTrie object) {
    return node == object;
  }

  boolean isFull() {
    return count == MAX_MEMBERS;
  }

  /**
   * Adds a member.
   *
   * @param number the one it was expected to have
   * @return the outline of its value, should that be an object
   */
  Outline add(int number, int start) {
    if (count + 1 == starts.length) {
      grow(2 * count);
    }
    if (number < MAX_MEMBERS) {
      memberOfNumber[number] = (byte) count;
    }
    starts[count] = start;
    numbers[count] = number;
    if (inners[count] == null) {
      inners[count] = new Outline();
    }
    inners[count].node = null;
    return inners[count++];
  }

  private void grow(int length) {
    starts = Arrays.copyOf(starts, length + 1);
    values = Arrays.copyOf(values, length + 1);
    valueEnds = Arrays.copyOf(valueEnds, length + 1);
    numbers = Arrays.copyOf(numbers, length + 1);
    firstPlaced = Arrays.copyOf(firstPlaced, length + 1);
    endPlaced = Arrays.copyOf(endPlaced, length + 1);
    inners = Arrays.copyOf(inners, length + 1);
  }

  /** The value of the member last added starts and ends in these places. */
  void value(int start, int end) {
    values[count - 1] = start;
    valueEnds[count - 1] = end;
  }

  /** The member last added has what was found between these two places of the precedent's list. */
  void placed(int from, int to) {
    firstPlaced[count - 1] = from;
    endPlaced[count - 1] = to;
  }

  /** The object ends behind the member last added. */
  void end(int behind) {
    starts[count] = behind;
    numbers[count] = MAX_MEMBERS;
  }

  int count() {
    return count;
  }

  /** Start of a member; of the one behind the last, the end of the object. */
  int start(int member) {
    return starts[member];
  }

  /** Start of the value of a member. */
  int value(int member) {
    return values[member];
  }

  /** Behind the value of a member. */
  int valueEnd(int member) {
    return valueEnds[member];
  }

  /** Number that a member was expected to have; of the one behind the last, that of none. */
  int number(int member) {
    return numbers[member];
  }

  int firstPlaced(int member) {
    return firstPlaced[member];
  }

  int endPlaced(int member) {
    return endPlaced[member];
  }

  /** The member that was expected to have this number; -1: none. */
  int member(int number) {
    return number < MAX_MEMBERS ? memberOfNumber[number] : -1;
  }

  /** Outline of the value of the member that was expected to have this number; null: none. */
  Outline inner(int number) {
    int member = member(number);
    return member < 0 ? null : inners[member];
  }
}
