package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.spark.unsafe.types.UTF8String;

class WordSearchTest {

  @Property(tries = 500)
  void aWordIsFoundWhereverItStandsInAnyCase(
      @ForAll @StringLength(max = 12) @CharRange(from = 'A', to = 'D') String text) {
    assertFoundAsIn(text, List.of("abc", "abcd", "bca", "ccc"));
    assertFoundAsIn(text, List.of("abcda", "abcdb", "ddaab", "cccbab"));
  }

  private static void assertFoundAsIn(String text, List<String> words) {
    String lower = text.toLowerCase(Locale.ROOT);
    assertThat(new WordSearch(words).standIn(UTF8String.fromString(text)))
        .isEqualTo(words.stream().anyMatch(lower::contains));
  }
}
