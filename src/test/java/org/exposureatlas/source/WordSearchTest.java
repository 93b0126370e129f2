package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class WordSearchTest {

  private static final List<String> WORDS = List.of("abc", "abcd", "bca", "ccc");

  @Property(tries = 500)
  void aWordIsFoundWhereverItStandsInAnyCase(
      @ForAll @StringLength(max = 12) @CharRange(from = 'A', to = 'D') String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    assertThat(new WordSearch(WORDS).standIn(text))
        .isEqualTo(WORDS.stream().anyMatch(lower::contains));
  }
}
