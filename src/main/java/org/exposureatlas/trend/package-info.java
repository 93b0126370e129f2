/**
 * From the history of countries to their trends. It uses {@code schema} and {@code statistics}.
 * Start reading at {@link org.exposureatlas.trend.CountryTrends}.
 */
package org.exposureatlas.trend;
