package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.DataContractException;
import org.exposureatlas.schema.ExposureIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of counts that a file tells. */
class IndexJobTest {

  private static final String DAY = "2017-06-14";

  @TempDir Path folder;

  private Atlas atlas(String... lines) throws IOException {
    Path counts = Files.write(folder.resolve("counts.csv"), List.of(lines));
    return new Atlas(folder).with("spark.atlas.index.counts", counts);
  }

  @Test
  void anyTableOfCountsPerCountryAndServiceCanBePlaced() throws IOException {
    Atlas atlas =
        atlas(
            "service_type,country_code,count,address_count",
            "all,AF,13327,167936",
            "all,CN,8800498,338182144",
            "all,NA,0,1000",
            "telnet,AF,500,167936",
            "telnet,CN,2000000,338182144",
            "telnet,NA,0,1000");
    atlas.run(IndexJob::run, DAY);

    assertThat(
            atlas
                .table(ExposureIndex.TABLE)
                .where(ExposureIndex.LIST.col().isin("telnet", "index"))
                .collectAsList())
        .extracting(
            row -> row.getAs("list"),
            row -> row.getAs("country_code"),
            row -> row.getAs("exposed_count"),
            row -> row.getAs("weight"),
            row -> row.getAs("rank"))
        .containsExactlyInAnyOrder(
            tuple("telnet", "AF", 500L, 4, 2),
            tuple("telnet", "CN", 2_000_000L, 4, 1),
            tuple("telnet", "NA", 0L, 4, null),
            tuple("index", "AF", 13_327L, null, 2),
            tuple("index", "CN", 8_800_498L, null, 1),
            tuple("index", "NA", 0L, null, null));
  }

  @Test
  void whatCannotBePlacedIsRefused() throws IOException {
    assertThatThrownBy(
            () ->
                atlas("country_code,service_type,count,address_count", "AF,gopher,5,10")
                    .run(IndexJob::run, DAY))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining("found service_type 'gopher', expected all or one of");
    assertThatThrownBy(
            () ->
                atlas("country_code,service_type,count,address_count", "AF,telnet,-5,10")
                    .run(IndexJob::run, DAY))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining("found count '-5', expected a whole number");
    assertThatThrownBy(
            () ->
                atlas("country_code,service_type,count,address_count", "World,telnet,5,10")
                    .run(IndexJob::run, DAY))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining("found country_code 'World'");
    assertThatThrownBy(() -> atlas("country,count", "AF,5").run(IndexJob::run, DAY))
        .isInstanceOf(DataContractException.class)
        .hasMessageContaining("expected country_code, service_type and count");
    assertThatThrownBy(
            () ->
                atlas("country_code,service_type,count", "AF,telnet,5")
                    .run(IndexJob::run, DAY, "2017-06-15"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected one day");
  }
}
