package org.exposureatlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;
import org.exposureatlas.schema.TableSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaContractTest {

  private static final Path SCHEMAS = Path.of("data-schemas");

  static List<String> tables() throws IOException {
    try (Stream<Path> files = Files.list(SCHEMAS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  private static Class<?> classOf(String table) throws ClassNotFoundException {
    StringBuilder name = new StringBuilder("org.exposureatlas.schema.");
    for (String word : table.split("_")) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return Class.forName(name.toString());
  }

  private static TableSchema schema(String table) throws ReflectiveOperationException {
    return (TableSchema) classOf(table).getField("TABLE").get(null);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyColumnHasAConstantAndEveryConstantAColumn(String table)
      throws ReflectiveOperationException {
    List<String> constants =
        Arrays.stream(classOf(table).getFields())
            .filter(field -> field.getType() == Field.class)
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .map(field -> field.getName().toLowerCase(Locale.ROOT))
            .toList();
    assertThat(constants).containsExactly(schema(table).structType().fieldNames());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyColumnHasACommentAndEveryNumberAUnit(String table) throws ReflectiveOperationException {
    for (StructField field : schema(table).structType().fields()) {
      assertThat(field.getComment().isDefined()).as(table + "." + field.name()).isTrue();
      if (field.dataType() instanceof NumericType) {
        assertThat(field.metadata().contains("unit")).as(table + "." + field.name()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyTableStandsInTheIndex(String table) throws IOException {
    assertThat(Files.readString(SCHEMAS.resolve("README.md"))).contains("`" + table + "`");
  }

  @Test
  void anUndeclaredColumnFailsAtOnce() {
    assertThatThrownBy(() -> Observation.TABLE.field("nonsense")).hasMessageContaining("nonsense");
  }
}
