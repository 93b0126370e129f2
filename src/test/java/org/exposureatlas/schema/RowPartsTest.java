package org.exposureatlas.schema;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RowPartsTest {

  @Test
  void everyRowOfEveryPartComesAndItsTaskSeesTheSettings(SparkSession spark) {
    UDF1<Long, String> read =
        id -> id + " " + SQLConf.get().getConfString("spark.sql.shuffle.partitions");
    spark.conf().set("spark.sql.shuffle.partitions", "7");
    List<String> found = new ArrayList<>();

    RowParts.forEach(
        spark.range(0, 4, 1, 3).select(udf(read, DataTypes.StringType).apply(col("id"))),
        row -> found.add(row.getString(0)));

    assertThat(found).containsExactly("0 7", "1 7", "2 7", "3 7");
  }
}
