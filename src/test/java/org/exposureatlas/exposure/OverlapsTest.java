package org.exposureatlas.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.exposureatlas.testing.Observations.DAY;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.Exposure;
import org.exposureatlas.schema.SourceOverlap;
import org.exposureatlas.testing.RowBuilder;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class OverlapsTest {

  private static RowBuilder seenBy(String service, String... sources) {
    return RowBuilder.of(Exposure.TABLE)
        .with(Exposure.SNAPSHOT_DATE, DAY)
        .with(Exposure.SERVICE_TYPE, service)
        .with(Exposure.SOURCES, List.of(sources))
        .with(Exposure.IS_CLEAN, true);
  }

  @Test
  void everyPairOfSourcesIsComparedPerService(SparkSession spark) {
    List<RowBuilder> exposures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      exposures.add(seenBy("mongodb", "leakix"));
      exposures.add(seenBy("mongodb", "leakix", "shodan"));
      exposures.add(seenBy("mongodb", "shodan"));
      exposures.add(seenBy("mongodb", "shodan"));
    }
    exposures.add(seenBy("redis", "censys"));
    exposures.add(seenBy("redis", "leakix").with(Exposure.IS_CLEAN, false));
    List<Row> found =
        Overlaps.between(
                RowBuilder.rows(spark, Exposure.TABLE, exposures.toArray(RowBuilder[]::new)))
            .orderBy("service_type", "source_a", "source_b")
            .collectAsList();

    assertThat(found)
        .extracting(
            row -> row.get(1),
            row -> row.getAs(SourceOverlap.SOURCE_A.name()),
            row -> row.getAs(SourceOverlap.SOURCE_B.name()),
            row -> row.getAs(SourceOverlap.ONLY_A_COUNT.name()),
            row -> row.getAs(SourceOverlap.ONLY_B_COUNT.name()),
            row -> row.getAs(SourceOverlap.BOTH_COUNT.name()))
        .containsExactly(
            tuple("mongodb", "leakix", "leakix", 0L, 0L, 10L),
            tuple("mongodb", "leakix", "shodan", 5L, 10L, 5L),
            tuple("mongodb", "shodan", "shodan", 0L, 0L, 15L),
            tuple("redis", "censys", "censys", 0L, 0L, 1L));
    assertThat(found.get(0).isNullAt(7)).isTrue();
    assertThat(found.get(1).getDouble(7)).isCloseTo(28.33, within(0.01));
    assertThat(found.get(1).getDouble(8)).isCloseTo(21.9, within(0.1));
    assertThat(found.get(1).getDouble(9)).isCloseTo(64.7, within(0.1));
  }
}
