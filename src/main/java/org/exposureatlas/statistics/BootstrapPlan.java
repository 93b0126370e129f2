package org.exposureatlas.statistics;

import java.io.Serializable;

/**
 * What is resampled of every unit.
 *
 * @param replicates number of replicates; 0: none
 * @param figures number of figures of a unit
 * @param heavyFigures so many of them, the first ones, may be heavy tailed
 */
public record BootstrapPlan(int replicates, int figures, int heavyFigures)
    implements Serializable {}
