package org.exposureatlas.csv;

import org.exposureatlas.raw.RawSource;

/**
 * The data source {@code csv-columns}: one row per row of the {@code .csv} files of a folder,
 * plain, {@code .gz}, {@code .zst} or in {@code .zip} archives.
 *
 * <p>Files are RFC 4180 in UTF-8: quoted values may hold separators, doubled quotes and line
 * breaks; lines end in LF or CRLF. Columns are the wanted values, found by header name, all of them
 * strings and NULL where empty, then {@code file}, {@code line} (on which the row begins, from 1),
 * {@code reason} and {@code detail}. A row that cannot be used has NULL values and says why, and
 * reading goes on: after a quote that nothing closes it goes on with the next line.
 *
 * <p>A row with more values than the header is rejected. One with fewer is rejected when a wanted
 * column is among those it lacks at its end, and read otherwise.
 *
 * <p>Options: {@code columns} ({@link CsvColumn#encode}), {@code headers} (header rows of files
 * that have none: a JSON object from a part of the file name to an array of names; it is used where
 * the first row lacks a required column), {@code separator}, {@code root} (folder that {@code file}
 * is relative to), {@code endings} (of the names to read in a folder, comma separated), {@code
 * maxLineBytes} (longer records are rejected; default 16 MiB).
 */
public final class CsvColumnsSource extends RawSource {

  /** Called by Spark. */
  public CsvColumnsSource() {
    super("csv-columns", ".csv,.zip", CsvPlan::of);
  }
}
