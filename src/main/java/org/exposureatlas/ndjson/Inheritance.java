package org.exposureatlas.ndjson;

import java.util.List;
import java.util.stream.IntStream;

/** Where the values stand that the elements of a carrier take over from it. */
final class Inheritance {

  private final int[] fields;
  private final boolean[] always;
  private final byte[] kinds;
  private final int[] starts;
  private final int[] ends;

  Inheritance(List<JsonField> all) {
    fields =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).scope() != JsonField.Scope.RECORD)
            .toArray();
    always = new boolean[fields.length];
    for (int i = 0; i < fields.length; i++) {
      always[i] = all.get(fields[i]).scope() == JsonField.Scope.OUTERMOST;
    }
    kinds = new byte[fields.length];
    starts = new int[fields.length];
    ends = new int[fields.length];
  }

  /** Notes the values of the carrier just scanned. */
  void note(JsonScanner carrier) {
    for (int i = 0; i < fields.length; i++) {
      kinds[i] = carrier.kind(fields[i]);
      starts[i] = carrier.start(fields[i]);
      ends[i] = carrier.end(fields[i]);
    }
  }

  /** Gives the element just scanned the carrier's values, where their scope says so. */
  void complete(JsonScanner element) {
    for (int i = 0; i < fields.length; i++) {
      if (always[i] || element.kind(fields[i]) <= JsonScanner.NULL) {
        element.place(fields[i], kinds[i], starts[i], ends[i]);
      }
    }
  }
}
