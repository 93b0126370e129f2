/**
 * IPv4 and IPv6 addresses, prefixes and special-purpose blocks, as plain Java on the JDK alone. It
 * uses no other package of the project. Start reading at {@link
 * org.exposureatlas.address.IpAddress}.
 */
package org.exposureatlas.address;
