package org.exposureatlas.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.apache.spark.unsafe.types.UTF8String;

class RecurringTextsTest {

  /** Texts of few letters: many begin and end alike, or differ in their length alone. */
  @Property(tries = 500)
  void aTextIsFoundAsItIsOrNotAtAll(
      @ForAll @Size(max = 60)
          List<@StringLength(max = 70) @CharRange(from = '\0', to = '\1') String> texts,
      @ForAll @IntRange(max = 9) int start) {
    RecurringTexts recurring = new RecurringTexts();
    for (String text : texts) {
      byte[] bytes = ("\0".repeat(start) + text + "\1").getBytes(StandardCharsets.US_ASCII);
      int end = start + text.length();
      UTF8String found = recurring.find(bytes, start, end);
      if (found != null) {
        assertThat(found).hasToString(text);
      } else if (RecurringTexts.isShort(start, end)) {
        UTF8String kept = recurring.keep(bytes, start, end);
        assertThat(kept).hasToString(text);
        assertThat(recurring.find(bytes, start, end)).isSameAs(kept);
      } else {
        assertThat(text.length()).isGreaterThan(64);
      }
    }
  }
}
