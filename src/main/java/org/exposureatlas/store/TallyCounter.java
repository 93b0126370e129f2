package org.exposureatlas.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.Tally;

/** Counts the rows of a row group for a {@link Tally}, by the numbers of their values. */
final class TallyCounter {

  private final Counting counting;
  private final SingleValues[] keys;
  private final SingleValues[] given;

  /**
   * @param columns of the row group, as in {@code type}
   */
  TallyCounter(Counting counting, StructType type, ColumnValues... columns) {
    this.counting = counting;
    Tally tally = counting.tally();
    keys = values(tally.keys(), type, columns);
    given = values(tally.given().stream().map(Tally.Given::column).toList(), type, columns);
  }

  private static SingleValues[] values(
      List<String> names, StructType type, ColumnValues... columns) {
    return names.stream()
        .map(name -> (SingleValues) columns[type.fieldIndex(name)])
        .toArray(SingleValues[]::new);
  }

  /** Counts {@code rows}, faster where rows of a group stand together. */
  void count(int... rows) {
    boolean[][] isGiven = new boolean[given.length][];
    for (int i = 0; i < given.length; i++) {
      isGiven[i] = given[i].isNoneOf(counting.tally().given().get(i).nothing());
    }
    Map<Long, long[]> groups = new HashMap<>();
    long last = -1;
    long[] counts = {};
    for (int row : rows) {
      long group = group(row);
      if (group != last) {
        counts = groups.computeIfAbsent(group, none -> new long[given.length + 1]);
        last = group;
      }
      for (int i = 0; i < given.length; i++) {
        int number = given[i].number(row);
        counts[i] += number != ColumnPages.NULL && isGiven[i][number] ? 1 : 0;
      }
      counts[given.length]++;
    }
    groups.forEach(this::add);
  }

  /** The numbers of all keys as one. */
  private long group(int row) {
    long group = 0;
    for (SingleValues key : keys) {
      group = Math.addExact(Math.multiplyExact(group, radix(key)), key.number(row) + 1);
    }
    return group;
  }

  private void add(long group, long... counts) {
    Object[] values = new Object[keys.length];
    long rest = group;
    for (int i = keys.length - 1; i >= 0; i--) {
      values[i] = keys[i].value((int) (rest % radix(keys[i])) - 1);
      rest /= radix(keys[i]);
    }
    counting
        .groups()
        .add(
            new Tally.Group(
                RowFactory.create(values),
                counts[given.length],
                Arrays.copyOf(counts, given.length)));
  }

  private static long radix(SingleValues key) {
    return key.entries().count() + 1L;
  }
}
