package org.exposureatlas.source;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RawValuesTest {

  private static List<Object> of(SparkSession spark, Column value, String... texts) {
    List<Row> rows = Arrays.stream(texts).map(RowFactory::create).toList();
    StructType type = new StructType().add("text", DataTypes.StringType);
    List<Object> values = new ArrayList<>();
    spark
        .createDataFrame(rows, type)
        .select(value)
        .collectAsList()
        .forEach(r -> values.add(r.get(0)));
    return values;
  }

  @Test
  void onlyWholeNumbersOf64BitsAreNumbers(SparkSession spark) {
    assertThat(
            of(
                spark,
                RawValues.whole(col("text")),
                "0",
                "12",
                " 12.0 ",
                "1e3",
                "-5",
                "9223372036854775807",
                "9223372036854775808",
                "1.5",
                "1,234",
                "5 GB",
                "NaN",
                "Infinity",
                "1e400",
                "",
                "0x10",
                null))
        .containsExactly(
            0L,
            12L,
            12L,
            1_000L,
            -5L,
            Long.MAX_VALUE,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
  }

  @Test
  void whatIsGivenAndNoNumberIsUnreadableAndWhatIsNotGivenIsNot(SparkSession spark) {
    assertThat(of(spark, RawValues.unreadable(col("text")), "12", "1,234", null))
        .containsExactly(false, true, false);
  }

  @Test
  void placeholdersAreNoIdentity(SparkSession spark) {
    assertThat(
            of(
                spark,
                RawValues.identity(col("text")),
                "aB3_dE5-fG7hI9jK1lMnOp",
                "_na_",
                "0000000000000000",
                "two words here",
                null))
        .containsExactly("aB3_dE5-fG7hI9jK1lMnOp", null, null, null, null);
  }

  @Test
  void timesWithoutZoneAreUtc(SparkSession spark) {
    assertThat(
            of(
                spark,
                RawValues.instant(col("text")).cast(DataTypes.StringType),
                "2014-01-15T05:49:56.283713",
                "2021-10-12T09:50:50-07:00",
                "2022-07-20T11:12:13.123456789Z",
                "0001-01-01T00:00:00Z",
                "yesterday"))
        .containsExactly(
            "2014-01-15 05:49:56.283713",
            "2021-10-12 16:50:50",
            "2022-07-20 11:12:13.123456",
            null,
            null);
  }
}
