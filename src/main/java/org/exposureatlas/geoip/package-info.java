/**
 * Geo-IP editions: which one was in force, their formats, and the look-up of an address. It uses
 * {@code address}, {@code function}, and Spark for the look-up functions. Start reading at {@link
 * org.exposureatlas.geoip.GeoEditions}.
 */
package org.exposureatlas.geoip;
