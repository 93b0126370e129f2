package org.exposureatlas.ndjson;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.exposureatlas.raw.RawFiles;
import org.exposureatlas.raw.RawTable;

/**
 * The data source {@code ndjson-paths}: one row per JSON record of the {@code .json}, {@code
 * .ndjson} and {@code .jsonl} files of a folder, plain, {@code .gz} or {@code .zst}.
 *
 * <p>A file is one record a line, one array whose elements are the records, or objects over several
 * lines whose first line is an opening brace alone. Columns are the wanted fields, then {@code
 * file}, {@code line} (of its first byte, from 1), {@code reason} and {@code detail}; a record that
 * cannot be used has NULL fields and says why, and reading goes on. Blank lines, and carriers
 * without records, have the reason {@code blank}.
 *
 * <p>Options: {@code fields} ({@link JsonField#encode}), {@code explode} (top-level members, comma
 * separated: a record with one that is no scalar is a carrier, and the elements of the array or the
 * member values of the object are the records), {@code root} (folder that {@code file} is relative
 * to), {@code endings} (of the names to read in a folder, comma separated), {@code maxLineBytes}
 * (longer records are rejected; default 16 MiB).
 */
public final class NdjsonPathsSource implements TableProvider, DataSourceRegister {

  private static final String ENDINGS = ".json,.ndjson,.jsonl";

  @Override
  public String shortName() {
    return "ndjson-paths";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return ReadPlan.of(options).columns();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(properties);
    ReadPlan plan = ReadPlan.of(options);
    return new RawTable(
        shortName(),
        RawFiles.of(options, ENDINGS),
        plan.columns(),
        (columns, hadoop) -> new RawReaderFactory(plan.withColumns(columns), hadoop));
  }
}
