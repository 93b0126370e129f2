package org.exposureatlas.simulate;

/**
 * One endpoint of a store on a day.
 *
 * @param address its address
 * @param port its port
 * @param serviceType service type it is counted under
 * @param protocol protocol name in the raw record
 * @param openPlugin plugin that reports it without figures; null: none does
 * @param explorePlugin plugin that reports its figures; null: none does
 * @param second second of the day it is seen at
 */
record Endpoint(
    Address address,
    int port,
    String serviceType,
    String protocol,
    String openPlugin,
    String explorePlugin,
    int second) {}
