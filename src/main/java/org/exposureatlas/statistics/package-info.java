/**
 * Estimators and tests as plain Java, without Spark. It uses Apache Commons Statistics for
 * distributions and nothing of the project. Start reading at {@link
 * org.exposureatlas.statistics.MannKendall}.
 */
package org.exposureatlas.statistics;
