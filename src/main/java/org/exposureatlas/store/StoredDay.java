package org.exposureatlas.store;

/**
 * What is known of the published rows of a day without reading them.
 *
 * @param version names the files that hold them: another one whenever they may be other rows
 */
public record StoredDay(String version, long rowCount) {}
