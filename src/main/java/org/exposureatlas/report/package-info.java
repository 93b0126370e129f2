/**
 * The report: one self-contained HTML page made of a release. It uses {@code schema}. Start reading
 * at {@link org.exposureatlas.report.Report}.
 */
package org.exposureatlas.report;
