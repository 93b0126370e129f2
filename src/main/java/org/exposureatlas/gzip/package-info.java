/**
 * Reading gzip: RFC 1952 and the compressed blocks of RFC 1951 inside it. It knows nothing but
 * bytes. Start reading at {@link org.exposureatlas.gzip.GzipContent}.
 */
package org.exposureatlas.gzip;
