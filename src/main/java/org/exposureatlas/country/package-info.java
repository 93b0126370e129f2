/**
 * From exposures to countries: aggregates, intervals and ranks. It uses {@code schema} and {@code
 * statistics}. Start reading at {@link org.exposureatlas.country.CountryAggregation}.
 */
package org.exposureatlas.country;
