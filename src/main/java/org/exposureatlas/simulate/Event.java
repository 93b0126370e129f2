package org.exposureatlas.simulate;

/**
 * One finding of one plugin, as a scanner reports it.
 *
 * @param type synack, service or leak
 * @param plugin who found it
 * @param stage open, explore or empty
 * @param endpoint where
 * @param network network of the address
 * @param store the data store whose figures are told; null: none are
 * @param secrets whether the record carries credentials
 * @param text choice of all text that means nothing
 */
record Event(
    String type,
    String plugin,
    String stage,
    Endpoint endpoint,
    Network network,
    Store store,
    Secrets secrets,
    long text) {

  enum Secrets {
    NONE,
    PLANTED
  }

  boolean isInfected() {
    return store != null && store.isInfected();
  }

  /** Whether the plugin says so; the one for Elasticsearch knows few of the names left behind. */
  boolean isMarkedInfected() {
    return isInfected() && (!endpoint.protocol().equals("elasticsearch") || store.id() % 2 == 0);
  }
}
