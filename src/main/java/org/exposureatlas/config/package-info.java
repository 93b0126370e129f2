/**
 * Configuration: {@code spark.atlas.*} keys and command-line arguments as validated, immutable
 * records. It uses no other package of the project. Start reading at {@link
 * org.exposureatlas.config.JobConfig}.
 */
package org.exposureatlas.config;
