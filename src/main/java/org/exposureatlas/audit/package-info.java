/**
 * Data-quality rules: what every row of a table must satisfy before the table is published. It uses
 * {@code schema} only. Start reading at {@link org.exposureatlas.audit.AuditRule}.
 */
package org.exposureatlas.audit;
