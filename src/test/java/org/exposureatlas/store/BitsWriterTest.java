package org.exposureatlas.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;

class BitsWriterTest {

  private static byte[] bytes(ValuesWriter writer, List<Boolean> values) throws IOException {
    values.forEach(writer::writeBoolean);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.getBytes().writeAllTo(bytes);
    writer.reset();
    return bytes.toByteArray();
  }

  @Property(tries = 100)
  void bitsAreThoseOfParquetsWriter(
      @ForAll @Size(max = 20_000) List<Boolean> first, @ForAll @Size(max = 100) List<Boolean> next)
      throws IOException {
    BitsWriter writer = new BitsWriter();
    for (List<Boolean> values : List.of(first, next)) {
      byte[] expected = bytes(new BooleanPlainValuesWriter(), values);
      assertThat(bytes(writer, values)).startsWith(expected).hasSize((values.size() + 7) / 8);
    }
  }
}
