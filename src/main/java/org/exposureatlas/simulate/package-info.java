/**
 * Simulated worlds of known truth, written as raw scan files. It uses {@code schema} and knows the
 * product's rules only by what they are meant to find. Start reading at {@link
 * org.exposureatlas.simulate.Simulation}.
 */
package org.exposureatlas.simulate;
