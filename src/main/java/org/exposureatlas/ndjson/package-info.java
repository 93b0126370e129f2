/**
 * The raw reader of JSON: records of plain or compressed files, projected to a few paths, as
 * columnar batches. It takes files from {@code raw} and knows nothing of scan sources. Start
 * reading at {@link org.exposureatlas.ndjson.NdjsonPathsSource}.
 */
package org.exposureatlas.ndjson;
