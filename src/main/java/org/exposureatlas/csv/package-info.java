/**
 * The raw reader of CSV: rows of plain, compressed or archived files, projected to a few columns by
 * header name. It takes files from {@code raw} and knows nothing of scan sources. Start reading at
 * {@link org.exposureatlas.csv.CsvColumnsSource}.
 */
package org.exposureatlas.csv;
