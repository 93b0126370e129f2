/**
 * One adapter per scan source: its JSON paths, and how its records become {@code observation}. It
 * uses {@code schema}, {@code function}, the look-up columns of {@code geoip} and the field names
 * of {@code ndjson}. Start reading at {@link org.exposureatlas.source.ScanSource}.
 */
package org.exposureatlas.source;
