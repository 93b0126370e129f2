package org.exposureatlas.source;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** The closed list of service types, and the protocol names that scan sources give them. */
public final class ServiceType {

  /** Every other protocol. */
  public static final String OTHER = "other";

  /** Service type by protocol name in lower case. */
  static final Map<String, String> BY_PROTOCOL =
      Map.ofEntries(
          entry("mongo", "mongodb"),
          entry("mongodb", "mongodb"),
          entry("mongod", "mongodb"),
          entry("elasticsearch", "elasticsearch"),
          entry("elastic", "elasticsearch"),
          entry("opensearch", "elasticsearch"),
          entry("kibana", "kibana"),
          entry("couchdb", "couchdb"),
          entry("redis", "redis"),
          entry("memcached", "memcached"),
          entry("memcache", "memcached"),
          entry("mysql", "mysql"),
          entry("mariadb", "mysql"),
          entry("postgres", "postgresql"),
          entry("postgresql", "postgresql"),
          entry("mssql", "mssql"),
          entry("ms-sql-s", "mssql"),
          entry("cassandra", "cassandra"),
          entry("hdfs", "hdfs"),
          entry("hadoop", "hdfs"),
          entry("hdfs-namenode", "hdfs"),
          entry("hadoop-namenode", "hdfs"),
          entry("hive", "hive"),
          entry("kafka", "kafka"),
          entry("zookeeper", "zookeeper"),
          entry("influxdb", "influxdb"),
          entry("rsync", "rsync"),
          entry("smb", "smb"),
          entry("microsoft-ds", "smb"),
          entry("netbios-ssn", "smb"),
          entry("ftp", "ftp"),
          entry("nfs", "nfs"),
          entry("s3", "s3"),
          entry("docker-registry", "docker_registry"),
          entry("docker_registry", "docker_registry"),
          entry("http", "http"),
          entry("https", "http"),
          entry("http-simple", "http"),
          entry("https-simple", "http"),
          entry("http-simple-new", "http"),
          entry("https-simple-new", "http"));

  /** Every service type. */
  static final Set<String> ALL =
      Stream.concat(BY_PROTOCOL.values().stream(), Stream.of(OTHER))
          .collect(Collectors.toUnmodifiableSet());

  private ServiceType() {}

  /** Service type of a protocol name in any case; never NULL. */
  public static Column ofProtocol(Column protocol) {
    return RecordFunctions.call(ServiceTypeFunction.NAME, protocol);
  }
}
