package org.exposureatlas.simulate;

/** What sort of store it is: its service, the plugins that find it and what they tell. */
enum Kind {
  ELASTIC(
      "elasticsearch",
      "elasticsearch",
      9200,
      "ElasticSearchOpenPlugin",
      "ElasticSearchExplorePlugin"),
  MONGO("mongodb", "mongo", 27017, "MongoOpenPlugin", "MongoSchemaPlugin"),
  MYSQL("mysql", "mysql", 3306, "MysqlWeakPlugin", "MysqlSchemaPlugin"),
  COUCH("couchdb", "couchdb", 5984, null, "CouchDbOpenPlugin"),
  INFECTED_MONGO("mongodb", "mongo", 27017, "MongoOpenPlugin", "MongoSchemaPlugin"),
  INFECTED_ELASTIC(
      "elasticsearch",
      "elasticsearch",
      9200,
      "ElasticSearchOpenPlugin",
      "ElasticSearchExplorePlugin"),
  REDIS("redis", "redis", 6379, "RedisOpenPlugin", null),
  KAFKA("kafka", "kafka", 9092, "KafkaOpenPlugin", null),
  ZOOKEEPER("zookeeper", "zookeeper", 2181, "ZookeeperOpenPlugin", null),
  UNSIZED_MONGO("mongodb", "mongo", 27017, "MongoOpenPlugin", null),
  UNSIZED_COUCH("couchdb", "couchdb", 5984, "CouchDbOpenPlugin", null),
  FILES("http", "https", 443, "DotDsStoreOpenPlugin", null);

  /** Of twenty stores in a row, these; the first ones suffice for a small country. */
  static final Kind[] PATTERN = {
    ELASTIC,
    MONGO,
    MYSQL,
    REDIS,
    ELASTIC,
    INFECTED_MONGO,
    COUCH,
    KAFKA,
    MONGO,
    REDIS,
    UNSIZED_MONGO,
    ELASTIC,
    FILES,
    MONGO,
    ZOOKEEPER,
    INFECTED_ELASTIC,
    UNSIZED_MONGO,
    REDIS,
    ELASTIC,
    UNSIZED_COUCH
  };

  private final String serviceType;
  private final String protocol;
  private final int port;
  private final String openPlugin;
  private final String explorePlugin;

  Kind(String serviceType, String protocol, int port, String openPlugin, String explorePlugin) {
    this.serviceType = serviceType;
    this.protocol = protocol;
    this.port = port;
    this.openPlugin = openPlugin;
    this.explorePlugin = explorePlugin;
  }

  String serviceType() {
    return serviceType;
  }

  String protocol() {
    return protocol;
  }

  int port() {
    return port;
  }

  /** Plugin of the stage that finds the store open; null: the one below does both. */
  String openPlugin() {
    return openPlugin;
  }

  /** Plugin of the stage that measures a size; null: none does. */
  String explorePlugin() {
    return explorePlugin;
  }

  /** Whether its size is part of the volume that the country is set to. */
  boolean isCalibrated() {
    return this == ELASTIC || this == MONGO || this == MYSQL || this == COUCH;
  }

  boolean isInfected() {
    return this == INFECTED_MONGO || this == INFECTED_ELASTIC;
  }
}
