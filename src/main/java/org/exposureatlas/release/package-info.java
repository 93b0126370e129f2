/**
 * Releases: plain Parquet of the public tables with dictionary, checksums and manifest, and the
 * suppression of small cells. It uses {@code schema}. Start reading at {@link
 * org.exposureatlas.release.ReleaseWriter}.
 */
package org.exposureatlas.release;
