/**
 * What the raw readers share: finding, opening and decompressing files of a folder, one partition a
 * file. It knows Spark and Hadoop's file systems, no format and no scan source. Start reading at
 * {@link org.exposureatlas.raw.RawTable}.
 */
package org.exposureatlas.raw;
