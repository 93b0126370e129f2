package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class WordSearchTest {

  @Property(tries = 2_000)
  void aWordIsFoundWhereverItStandsInAnyCase(
      @ForAll @StringLength(max = 40) @CharRange(from = 'A', to = 'D') String text,
      @ForAll @IntRange(max = 9) int before,
      @ForAll @IntRange(max = 9) int behind) {
    assertFoundAsIn(text, before, behind, List.of("abcd", "bcaa", "cccc", "dddd"));
    assertFoundAsIn(text, before, behind, List.of("abcda", "abcdb", "ddaab", "cccbab"));
  }

  @Test
  void shortWordsAreRefused() {
    assertThatThrownBy(() -> new WordSearch(List.of("note", "abc")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("four characters");
  }

  /** The text stands in an array with words on both sides of it, which do not count. */
  private static void assertFoundAsIn(String text, int before, int behind, List<String> words) {
    String around = words.get(0).repeat(3);
    byte[] bytes =
        (around.substring(0, before) + text + around.substring(0, behind))
            .getBytes(StandardCharsets.US_ASCII);
    String lower = text.toLowerCase(Locale.ROOT);
    assertThat(new WordSearch(words).find(UTF8String.fromBytes(bytes, before, text.length())))
        .isEqualTo(
            words.stream().mapToInt(lower::indexOf).filter(place -> place >= 0).min().orElse(-1));
  }
}
