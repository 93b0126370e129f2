/**
 * From observations to exposures: validity, endpoint, cluster, decoy and history rules. It uses
 * {@code schema}, {@code statistics}, {@code function} and {@code config} records. Start reading at
 * {@link org.exposureatlas.exposure.Exposures}.
 */
package org.exposureatlas.exposure;
