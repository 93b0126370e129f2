package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.schema.SnapshotCell;
import org.exposureatlas.schema.Tally;
import org.exposureatlas.source.SnapshotCounts;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CellCountsTest {

  private static final Date DAY = Date.valueOf("2022-07-21");
  private static final int GIVEN = SnapshotCounts.TALLY.given().size();

  private static Tally.Group group(String country, long rows) {
    long[] given = IntStream.range(0, GIVEN).mapToLong(i -> i).toArray();
    return new Tally.Group(RowFactory.create(DAY, "leakix", country, "redis"), rows, given);
  }

  private static List<String> cells(Dataset<Row> rows) {
    return SnapshotCell.TABLE
        .conform(rows)
        .orderBy(SnapshotCell.COUNTRY_CODE.col())
        .toJSON()
        .collectAsList();
  }

  /** One observation in {@code NZ}, of which only its access and size are given. */
  private static Dataset<Row> observations(SparkSession spark) {
    return spark.sql(
        "SELECT DATE '2022-07-21' AS snapshot_date, 'leakix' AS source, 'NZ' AS country_code, 'redis'"
            + " AS service_type, string(NULL) AS product, string(NULL) AS product_version, 5L AS"
            + " size_bytes, bigint(NULL) AS capacity_bytes, bigint(NULL) AS record_count,"
            + " bigint(NULL) AS container_count, bigint(NULL) AS file_count, boolean(NULL) AS"
            + " infected, string(NULL) AS severity, string(NULL) AS source_country_code, 'open' AS"
            + " access, 'address' AS cluster_key_quality");
  }

  @Test
  void cellsOfAllTasksAddUp(SparkSession spark) {
    CellCounts driver = new CellCounts();
    CellCounts task = driver.copy();
    task.add(group("NZ", 3));
    task.add(group("NZ", 4));
    driver.merge(task);
    task.reset();
    assertThat(task.isZero()).isTrue();
    task.add(group("NZ", 10));
    task.add(group("FJ", 1));
    driver.merge(task);
    assertThat(cells(driver.of(table -> observations(spark))))
        .satisfiesExactly(
            fiji -> assertThat(fiji).contains("\"FJ\"", "\"observation_count\":1,"),
            newZealand ->
                assertThat(newZealand)
                    .contains("\"NZ\"", "\"observation_count\":17,", "\"capacity_bytes\":3"));
  }

  @Test
  void tooManyCellsAreCountedInTheTable(SparkSession spark) {
    CellCounts driver = new CellCounts();
    CellCounts task = new CellCounts();
    IntStream.rangeClosed(0, CellCounts.MAX_KEPT).forEach(i -> task.add(group("X" + i, 1)));
    driver.merge(task);
    driver.add(group("FJ", 1));
    assertThat(driver.isZero()).isFalse();
    assertThat(cells(driver.of(table -> observations(spark))))
        .singleElement()
        .asString()
        .contains(
            "\"country_code\":\"NZ\"",
            "\"observation_count\":1,",
            "\"access\":1",
            "\"size_bytes\":1",
            "\"product\":0");
  }
}
