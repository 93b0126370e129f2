/**
 * The published tables: one class per table, bound to {@code data-schemas/*.json}, and what can be
 * counted of their rows. It uses Spark's types and nothing else of the project. Start reading at
 * {@link org.exposureatlas.schema.TableSchema}.
 */
package org.exposureatlas.schema;
