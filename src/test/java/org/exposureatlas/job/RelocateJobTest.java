package org.exposureatlas.job;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.MissingInputException;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.GeoRestatement;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.SnapshotQuality;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A simulated day, whose later edition gave some networks back to their owners. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelocateJobTest {

  private static final String DAY = "2022-07-21";
  private static final String EARLIER = "simulated/2022-06-01";
  private static final String IN_FORCE = "simulated/2022-07-12";

  private Atlas atlas;

  @BeforeAll
  void world(@TempDir Path folder) {
    atlas =
        new Atlas(folder)
            .run(SimulateJob::run, DAY)
            .run(IngestJob::run, DAY)
            .run(ExposeJob::run, DAY);
  }

  private void relocate(String edition) {
    atlas.with("spark.atlas.relocate.edition", edition).run(RelocateJob::run, DAY);
  }

  private static List<String> perCountry(Dataset<Row> rows, Field country, Column count) {
    return rows.groupBy(country.col()).agg(count).collectAsList().stream()
        .map(Row::mkString)
        .sorted()
        .toList();
  }

  private List<String> cells() {
    return perCountry(
        atlas.table(SnapshotCell.TABLE),
        SnapshotCell.COUNTRY_CODE,
        sum(SnapshotCell.OBSERVATION_COUNT.col()));
  }

  private long unlocated() {
    return atlas
        .table(SnapshotQuality.TABLE)
        .agg(sum(SnapshotQuality.UNLOCATED_COUNT.col()))
        .head()
        .getLong(0);
  }

  private List<String> published() {
    return perCountry(atlas.table(Exposure.TABLE), Exposure.COUNTRY_CODE, count(lit(1)));
  }

  private List<String> restated(Field country) {
    return perCountry(
        atlas.table(GeoRestatement.TABLE), country, sum(GeoRestatement.EXPOSURE_COUNT.col()));
  }

  @Test
  void whatMovesIsToldAndMovingBackGivesTheSameTables() {
    List<String> observations = atlas.rows(Observation.TABLE);
    List<String> quality = atlas.rows(SnapshotQuality.TABLE);
    List<String> cells = cells();
    List<String> before = published();

    relocate(EARLIER);
    List<String> moves = atlas.rows(GeoRestatement.TABLE);
    assertThat(editions()).containsExactly(IN_FORCE + " " + EARLIER);
    assertThat(restated(GeoRestatement.FROM_COUNTRY_CODE)).isEqualTo(before);
    assertThat(cells())
        .isNotEqualTo(cells)
        .isEqualTo(
            perCountry(atlas.table(Observation.TABLE), Observation.COUNTRY_CODE, count(lit(1))));
    assertThat(unlocated())
        .isPositive()
        .isEqualTo(
            atlas
                .table(Observation.TABLE)
                .where(Observation.COUNTRY_CODE.col().equalTo("ZZ"))
                .count());
    relocate(EARLIER);
    assertThat(atlas.rows(GeoRestatement.TABLE)).isEqualTo(moves);

    atlas.run(ExposeJob::run, DAY);
    assertThat(published())
        .isNotEqualTo(before)
        .isEqualTo(restated(GeoRestatement.TO_COUNTRY_CODE));
    assertThat(atlas.rows(SnapshotQuality.TABLE)).isNotEqualTo(quality).hasSameSizeAs(quality);

    relocate(IN_FORCE);
    assertThat(atlas.rows(Observation.TABLE)).isEqualTo(observations);
    assertThat(atlas.rows(SnapshotQuality.TABLE)).isEqualTo(quality);
    assertThat(cells()).isEqualTo(cells);
  }

  private List<String> editions() {
    return atlas
        .table(GeoRestatement.TABLE)
        .select(GeoRestatement.FROM_GEO_EDITION.col(), GeoRestatement.TO_GEO_EDITION.col())
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  @Test
  void anEditionMustBeChosenAndThere() {
    assertThatThrownBy(() -> relocate(""))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "spark.atlas.relocate.edition: found '', expected an edition such as rir/2022-07-01");
    assertThatThrownBy(() -> relocate("simulated/2022-01-01"))
        .isInstanceOf(MissingInputException.class)
        .hasMessageContaining("simulated/2022-01-01");
  }
}
