package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.source.RawInput;
import org.exposureatlas.source.ScanSource;
import org.exposureatlas.source.Sources;
import org.junit.jupiter.api.Test;

class SourcesJobTest {

  private static String said(Map<String, String> settings) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream printer = new PrintStream(said, true, StandardCharsets.UTF_8);
    SourcesJob.print(JobConfig.of(settings), new Console(printer, printer));
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everySourceIsListedWithItsFilesAndFields() {
    String said = said(Map.of("spark.atlas.ingest.mappings", "jobs/mappings.json"));

    for (ScanSource source : Sources.all()) {
      assertThat(said).contains(source.name() + System.lineSeparator());
      assertThat(source.versions()).isNotBlank();
      for (RawInput input : source.inputs()) {
        assertThat(said).contains(input.reader()).contains(input.fields());
      }
    }
    assertThat(said)
        .contains("visible_databases", "leak.dataset.size", "has_password|password")
        .contains("example" + System.lineSeparator(), "data.size");
  }

  @Test
  void aMissingMappingFileIsNamed() {
    assertThatThrownBy(() -> said(Map.of("spark.atlas.ingest.mappings", "nowhere.json")))
        .isInstanceOf(MissingInputException.class)
        .hasMessageContaining("nowhere.json");
  }
}
