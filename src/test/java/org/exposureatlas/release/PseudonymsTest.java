package org.exposureatlas.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.exposureatlas.config.ConfigException;
import org.junit.jupiter.api.Test;

class PseudonymsTest {

  @Test
  void theDigitsAreThoseOfRfc4231() {
    byte[] secret = new byte[20];
    Arrays.fill(secret, (byte) 0x0b);

    assertThat(Pseudonyms.of(secret, "test").of("Hi There")).isEqualTo("b0344c61d8db3853");
  }

  @Test
  void everyRunHasItsOwnWithoutASecret() {
    String key = "address:192.0.2.1/9200/tcp/elasticsearch";

    assertThat(Pseudonyms.ofThisRun().of(key))
        .matches("[0-9a-f]{16}")
        .isNotEqualTo(Pseudonyms.ofThisRun().of(key));
  }

  @Test
  void aShortSecretIsRefusedAndNotRepeated() {
    assertThatThrownBy(
            () -> Pseudonyms.of("hunter2".getBytes(StandardCharsets.UTF_8), "the key file"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("the key file: found '7 bytes', expected a secret of at least 16 bytes");
  }
}
