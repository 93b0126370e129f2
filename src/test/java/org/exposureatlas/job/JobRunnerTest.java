package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.config.JobConfig;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class JobRunnerTest {

  private static final String KEPT_CLASSES = "spark.sql.codegen.cache.maxEntries";

  @Test
  void everyJobOfASessionCarriesTheNumberOfClassesToKeep(SparkSession spark) {
    spark.sparkContext().setLocalProperty(KEPT_CLASSES, null);
    Map<String, String> settings = Map.of("spark.sql.catalog.atlas", "of the test");
    SparkSession session = JobRunner.session("test", settings, JobConfig.of(settings));
    assertThat(session.sparkContext().getLocalProperty(KEPT_CLASSES))
        .isEqualTo(spark.conf().get(KEPT_CLASSES));
  }
}
