package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SmallWorkTest {

  private static final String CODE = "spark.sql.codegen.wholeStage";
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  @Test
  void plansAreInterpretedUntilAStepReadsMore(SparkSession spark) {
    SmallWork work = SmallWork.begin(spark, key -> false);
    work.readsRows(SmallWork.MOST_ROWS - 1);
    work.readsFiles(150);
    assertThat(spark.conf().get(CODE)).isEqualTo("false");
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("1");

    work.readsRows(1);
    assertThat(spark.conf().get(CODE)).isEqualTo("true");
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("6");
    work.readsRows(1_000_000);
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("56");
    work.readsRows(1_000_000_000);
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("200");

    SmallWork.begin(spark, key -> false);
    assertThat(spark.conf().get(CODE)).isEqualTo("false");
  }

  @Test
  void workBesideOthersStaysSmall(SparkSession spark) {
    SmallWork.begin(spark, key -> false).settled().readsRows(SmallWork.MOST_ROWS + 1);
    assertThat(spark.conf().get(CODE)).isEqualTo("false");
  }

  @Test
  void whatTheUserSetIsLeftAlone(SparkSession spark) {
    spark.conf().set(PARTITIONS, "7");
    SmallWork work = SmallWork.begin(spark, PARTITIONS::equals);
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("7");
    work.readsRows(SmallWork.MOST_ROWS + 1);
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("7");
  }
}
