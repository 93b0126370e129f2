package org.exposureatlas.store;

import java.io.Serializable;
import org.apache.spark.util.AccumulatorV2;
import org.exposureatlas.schema.Tally;

/**
 * A tally to take of rows while they are written.
 *
 * @param groups takes the groups of every row group written; a group may come several times
 */
public record Counting(Tally tally, AccumulatorV2<Tally.Group, ?> groups) implements Serializable {}
