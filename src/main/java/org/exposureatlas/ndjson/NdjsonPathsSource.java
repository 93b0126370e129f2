package org.exposureatlas.ndjson;

import org.exposureatlas.raw.RawSource;

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
public final class NdjsonPathsSource extends RawSource {

  /** Called by Spark. */
  public NdjsonPathsSource() {
    super("ndjson-paths", ".json,.ndjson,.jsonl", ReadPlan::of);
  }
}
