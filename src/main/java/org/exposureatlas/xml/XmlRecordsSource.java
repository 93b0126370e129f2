package org.exposureatlas.xml;

import org.exposureatlas.raw.RawSource;

/**
 * The data source {@code xml-records}: one row per element of a given path in the {@code .xml}
 * files of a folder, plain, {@code .gz} or {@code .zst}.
 *
 * <p>Columns are the wanted fields, all of them strings, then {@code file}, {@code line} (of the
 * element's start, from 1), {@code reason} and {@code detail}. A record that cannot be used has
 * NULL fields and says why. A document that ends early, or is not well-formed from some place on,
 * keeps the records before that place and has one more row, which says where it is and why.
 *
 * <p>Options: {@code record} (elements from the root to the record, separated by slashes), {@code
 * fields} ({@link XmlField#encode}), {@code root} (folder that {@code file} is relative to), {@code
 * endings} (of the names to read in a folder, comma separated), {@code maxLineBytes} (longer
 * records are rejected, and a longer tag or text ends the reading; default 16 MiB).
 */
public final class XmlRecordsSource extends RawSource {

  /** Called by Spark. */
  public XmlRecordsSource() {
    super("xml-records", ".xml", XmlPlan::of);
  }
}
