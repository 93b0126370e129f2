/**
 * Main classes, and {@link org.exposureatlas.job.JobRunner}, which alone opens and stops the
 * session. It may use every other package; none uses it. Start reading at {@link
 * org.exposureatlas.job.NightlyJob}.
 */
package org.exposureatlas.job;
