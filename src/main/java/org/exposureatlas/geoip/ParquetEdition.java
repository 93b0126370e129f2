package org.exposureatlas.geoip;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** IPinfo Lite as Parquet: {@code network}, {@code country_code}, {@code asn}, {@code as_name}. */
final class ParquetEdition {

  private final Path file;
  private final Entry entry;
  private long rowNumber;

  private ParquetEdition(Path file, GeoIndex.Builder index) {
    this.file = file;
    entry = new Entry(index, problem -> broken(problem, null));
  }

  static void read(Configuration hadoop, Path file, GeoIndex.Builder index) {
    new ParquetEdition(file, index).read(hadoop);
  }

  private void read(Configuration hadoop) {
    try (ParquetReader<Group> rows =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(hadoop).build()) {
      for (Group row = rows.read(); row != null; row = rows.read()) {
        rowNumber++;
        add(row);
      }
    } catch (BrokenEditionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw broken("found a damaged Parquet file: " + e.getMessage(), e);
    }
    if (rowNumber == 0) {
      throw broken("found no prefix, expected at least one", null);
    }
  }

  private void add(Group row) {
    entry.row(
        text(row, "network"), text(row, "country_code"), text(row, "asn"), text(row, "as_name"));
  }

  private static String text(Group row, String column) {
    boolean isGiven =
        row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0;
    return isGiven ? row.getString(column, 0) : "";
  }

  private BrokenEditionException broken(String problem, Throwable cause) {
    return new BrokenEditionException(file + ", row " + rowNumber, problem, cause);
  }
}
