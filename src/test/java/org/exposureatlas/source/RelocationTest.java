package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exposureatlas.testing.Observations.observation;
import static org.exposureatlas.testing.RowBuilder.rows;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.testing.Netherlands;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RelocationTest {

  @Test
  void theLocationAndWhatFollowsFromItAreThoseOfTheOtherEdition(SparkSession spark) {
    Row located =
        Relocation.observations(
                rows(
                    spark,
                    Observation.TABLE,
                    observation("192.0.2.1", 9200, "elasticsearch")
                        .with(Observation.COUNTRY_CODE, "DE")
                        .with(Observation.SOURCE_COUNTRY_CODE, "DE")
                        .with(Observation.ASN, 64_496L)
                        .with(Observation.AS_NAME, "Example")
                        .with(Observation.GEO_EDITION, "test/2023-01-01")
                        .with(
                            Observation.QUALITY_FLAGS,
                            List.of("edition_after_snapshot", "implausible_size"))),
                new Netherlands())
            .head();

    assertThat(located.<String>getAs("country_code")).isEqualTo("NL");
    assertThat(located.<String>getAs("geo_edition")).isEqualTo("test/2022-07-01");
    assertThat(located.<Long>getAs("asn")).isEqualTo(64_496L);
    assertThat(located.<String>getAs("as_name")).isEqualTo("Example");
    assertThat(located.<String>getList(located.fieldIndex("quality_flags")))
        .containsExactly("country_disagrees", "implausible_size");
    assertThat(located.<String>getAs("cluster_key"))
        .isEqualTo("address:192.0.2.1/9200/tcp/elasticsearch");
  }
}
