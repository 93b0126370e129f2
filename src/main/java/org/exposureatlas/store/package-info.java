/**
 * The warehouse: reads tables and publishes them through an Iceberg branch after their audit. It
 * uses {@code schema}, {@code audit} and {@code config}, and alone knows the catalog. Start reading
 * at {@link org.exposureatlas.store.TableStore}.
 */
package org.exposureatlas.store;
