package org.exposureatlas.store;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/**
 * Writes the pages of one column of a row group, whose different values are known beforehand:
 * numbers of entries with a dictionary, or the values themselves, whichever takes less. Parquet's
 * own writer looks every value up once more, and starts with a dictionary in any case.
 */
final class ColumnPages implements Closeable {

  /** In place of the number of an entry. */
  static final int NULL = -1;

  private final ColumnDescriptor column;
  private final PageWriter out;
  private final Entries entries;
  private final ValuesWriter repetitions;
  private final ValuesWriter definitions;
  private final ValuesWriter plain;
  private final RunLengthBitPackingHybridEncoder numbers;
  private final boolean isDictionary;
  private final boolean hasStatistics;
  private final int[] pageOf;
  private Statistics<?> statistics;
  private int page = 1;
  private int values;

  ColumnPages(ColumnDescriptor column, PageWriter out, ParquetProperties layout, Entries entries) {
    this.column = column;
    this.out = out;
    this.entries = entries;
    repetitions = layout.newRepetitionLevelWriter(column);
    definitions = layout.newDefinitionLevelWriter(column);
    plain = plainWriter(column, layout);
    numbers =
        new RunLengthBitPackingHybridEncoder(
            entries.width(),
            layout.getInitialSlabSize(),
            layout.getPageSizeThreshold(),
            layout.getAllocator());
    isDictionary = entries.isDictionary();
    hasStatistics = layout.getStatisticsEnabled(column);
    pageOf = new int[hasStatistics ? entries.count() : 0];
    begin();
  }

  /** Parquet's own choice of a writer is that of whoever set Parquet up last in this process. */
  private static ValuesWriter plainWriter(ColumnDescriptor column, ParquetProperties layout) {
    boolean isBoolean = column.getPrimitiveType().getPrimitiveTypeName() == BOOLEAN;
    return isBoolean
        ? new BitsWriter()
        : new PlainValuesWriter(
            layout.getInitialSlabSize(), layout.getPageSizeThreshold(), layout.getAllocator());
  }

  private void begin() {
    statistics =
        hasStatistics
            ? Statistics.createStats(column.getPrimitiveType())
            : Statistics.noopStats(column.getPrimitiveType());
    values = 0;
  }

  /** Writes an entry, or {@link #NULL}, with the levels that tell where it stands. */
  void write(int entry, int repetition, int definition) {
    repetitions.writeInteger(repetition);
    definitions.writeInteger(definition);
    values++;
    if (entry == NULL) {
      statistics.incrementNumNulls();
    } else {
      write(entry);
    }
  }

  private void write(int entry) {
    if (hasStatistics && pageOf[entry] != page) {
      pageOf[entry] = page;
      entries.note(entry, statistics);
    }
    if (!isDictionary) {
      entries.write(entry, plain);
      return;
    }
    try {
      numbers.writeInt(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a page of so many rows. */
  void endPage(int rows) throws IOException {
    BytesInput width = BytesInput.from(new byte[] {(byte) entries.width()});
    out.writePage(
        BytesInput.concat(
            repetitions.getBytes(),
            definitions.getBytes(),
            isDictionary ? BytesInput.concat(width, numbers.toBytes()) : plain.getBytes()),
        values,
        rows,
        statistics,
        repetitions.getEncoding(),
        definitions.getEncoding(),
        isDictionary ? Encoding.RLE_DICTIONARY : plain.getEncoding());
    repetitions.reset();
    definitions.reset();
    numbers.reset();
    plain.reset();
    page++;
    begin();
  }

  /** Writes the dictionary, behind the last page; Parquet puts it before the first. */
  void end() throws IOException {
    if (isDictionary) {
      for (int entry = 0; entry < entries.count(); entry++) {
        entries.write(entry, plain);
      }
      out.writeDictionaryPage(
          new DictionaryPage(plain.getBytes(), entries.count(), Encoding.PLAIN));
    }
  }

  @Override
  public void close() {
    repetitions.close();
    definitions.close();
    numbers.close();
    plain.close();
  }
}
