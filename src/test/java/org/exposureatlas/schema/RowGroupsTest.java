package org.exposureatlas.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RowGroupsTest {

  private static final StructType HOSTS =
      new StructType()
          .add("country_code", DataTypes.StringType)
          .add("service_type", DataTypes.StringType)
          .add("host_count", DataTypes.LongType);
  private static final StructType SUMS =
      new StructType()
          .add("country_code", DataTypes.StringType)
          .add("hosts", DataTypes.LongType)
          .add("others", DataTypes.LongType);
  private static final Field COUNTRY = new Field("country_code", DataTypes.StringType);
  private static final Field SERVICE = new Field("service_type", DataTypes.StringType);

  private static Dataset<Row> hosts(SparkSession spark, Row... rows) {
    return spark.createDataFrame(List.of(rows), HOSTS);
  }

  private static Row row(String country, String service, long hosts) {
    return RowFactory.create(country, service, hosts);
  }

  private static long sumOf(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.getLong(2)).sum();
  }

  @Test
  void aGroupHasAllRowsOfItsKeyAndMayBeMadeToNoneOrMany(SparkSession spark) {
    Dataset<Row> hosts =
        hosts(
                spark,
                row("DE", "mongodb", 3),
                row("NL", "redis", 5),
                row(null, "redis", 2),
                row("DE", "redis", 4),
                row(null, "mongodb", 9))
            .repartition(3);

    Dataset<Row> made =
        RowGroups.made(
            hosts,
            List.of(COUNTRY),
            rows ->
                rows.size() == 1
                    ? List.of()
                    : List.of(
                        RowFactory.create(rows.get(0).getString(0), sumOf(rows), null),
                        RowFactory.create(rows.get(0).getString(0), 0L, (long) rows.size())),
            SUMS);

    assertThat(made.schema()).isEqualTo(SUMS);
    assertThat(made.collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("DE", 7L, null),
            RowFactory.create("DE", 0L, 2L),
            RowFactory.create(null, 11L, null),
            RowFactory.create(null, 0L, 2L));
  }

  @Test
  void aGroupHasTheOthersOfItsKeyOrNone(SparkSession spark) {
    Dataset<Row> made =
        RowGroups.made(
            hosts(spark, row("DE", "redis", 3), row("NL", "redis", 5), row("DE", "mongodb", 4)),
            hosts(spark, row("DE", "redis", 10), row("BR", "redis", 20), row("DE", "redis", 1)),
            List.of(COUNTRY, SERVICE),
            (rows, others) ->
                List.of(
                    RowFactory.create(
                        rows.get(0).getString(0) + rows.get(0).getString(1),
                        sumOf(rows),
                        sumOf(others))),
            SUMS);

    assertThat(made.collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("DEredis", 3L, 11L),
            RowFactory.create("NLredis", 5L, 0L),
            RowFactory.create("DEmongodb", 4L, 0L));
  }

  /** Spark compiles code for them, whatever the settings say. */
  @Test
  void noRowIsMadeAnObjectByAnOperatorOfThePlan(SparkSession spark) {
    Dataset<Row> hosts = hosts(spark, row("DE", "redis", 3));

    String plan =
        RowGroups.made(hosts, hosts, List.of(COUNTRY), (rows, others) -> List.of(), SUMS)
            .queryExecution()
            .executedPlan()
            .toString();

    assertThat(plan)
        .contains("Generate inline")
        .doesNotContain("DeserializeToObject", "SerializeFromObject", "AppendColumns");
  }
}
