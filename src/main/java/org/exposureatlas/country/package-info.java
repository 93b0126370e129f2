/**
 * From exposures to countries: aggregates and ranks. It uses {@code schema}. Start reading at
 * {@link org.exposureatlas.country.CountryAggregation}.
 */
package org.exposureatlas.country;
