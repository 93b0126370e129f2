package org.exposureatlas.source;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

@ExtendWith(SparkExtension.class)
class RansomNamesTest {

  private static final String LISTED = "^Found (?:index |(?:collection|table) (?:[^\\s.]+\\.)?)";

  @ParameterizedTest(name = "{2}")
  @CsvFileSource(resources = "/cases/ransom-names.csv", numLinesToSkip = 1)
  void namesOfExtortionistsAreToldFromThoseOfOwners(
      String name, boolean isRansom, String description) {
    assertThat(RansomNames.contain(name)).as(name + ": " + description).isEqualTo(isRansom);
  }

  @Test
  void oneNameIsEnoughAndNoArrayIsUnknown(SparkSession spark) {
    List<Row> rows =
        List.of(
            RowFactory.create((Object) new String[] {"users", "READ_ME"}),
            RowFactory.create((Object) new String[] {"users", "orders"}),
            RowFactory.create((Object) new String[] {}),
            RowFactory.create((Object) null));
    StructType type =
        new StructType().add("names", DataTypes.createArrayType(DataTypes.StringType));
    assertThat(
            spark
                .createDataFrame(rows, type)
                .select(RansomNames.among(col("names")))
                .collectAsList())
        .extracting(row -> row.get(0))
        .containsExactly(true, false, false, null);
  }

  @Test
  void namesInTextCountOnlyWhereNamesStand(SparkSession spark) {
    String head = "Indices: 2, document count: 7, size: 1 kB\nFound index a with 1 documents\n";
    List<String> texts =
        Arrays.asList(
            head + "Found index read_note_for_details with 1 documents (6.0 kB)\n",
            head + "Found index warning with 1 documents (6.0 kB)\n",
            head + "Found index log.warning with 1 documents (6.0 kB)\n",
            "Found collection READ_ME.README  with 1 documents (1 kB)\n",
            "Found collection shop.WARNING \n",
            "Found table shop.recover_your_data with 1 records\n",
            head + "please read_me: your data is safe\n",
            "Found index shop with 1 documents\nnot a Found index meow with 1 documents\n",
            "please read_me: your data is safe\nFound index meow with 1 documents\n",
            "Found index log.warning with 1 documents\nFound index r\u00e9sum\u00e9-meow\n",
            "Found collection shop.read\nme \n",
            null);
    List<Row> rows = texts.stream().map(RowFactory::create).toList();
    StructType type = new StructType().add("text", DataTypes.StringType);
    assertThat(
            spark
                .createDataFrame(rows, type)
                .select(RansomNames.in(col("text"), LISTED))
                .collectAsList())
        .extracting(row -> row.get(0))
        .containsExactly(true, true, false, true, true, true, false, false, true, true, true, null);
  }
}
