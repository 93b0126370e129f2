package org.exposureatlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.testing.Command;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real standalone cluster on loopback: a Master, two Workers, and what they compute. */
@ExtendWith(SparkExtension.class)
class ClusterIT {

  private static final List<String> TABLES =
      List.of(
          "observation",
          "rejected",
          "snapshot_cell",
          "snapshot_quality",
          "source_overlap",
          "exposure",
          "country_exposure",
          "country_service_exposure",
          "country_rank",
          "exposure_index",
          "country_churn",
          "country_trend",
          "exposure_survival");

  @TempDir Path folder;

  private final List<Process> daemons = new ArrayList<>();

  @AfterEach
  void stopTheCluster() throws InterruptedException {
    for (Process daemon : daemons) {
      daemon.descendants().forEach(ProcessHandle::destroy);
      daemon.destroy();
      daemon.waitFor();
    }
  }

  @Test
  void aClusterMakesTheSameTablesAndReleaseAsTheEmbeddedEngineOnOneCore(SparkSession spark)
      throws Exception {
    submit(
        "simulate",
        "--scale",
        "1000",
        "--conf",
        "spark.atlas.simulate.snapshots=3",
        "--conf",
        "spark.atlas.raw=" + folder.resolve("raw"),
        "--conf",
        "spark.atlas.geoip=" + folder.resolve("geoip"));
    nightly("embedded", "local[1]");
    nightly("cluster", startCluster());
    for (String table : TABLES) {
      Dataset<Row> embedded = table(spark, "embedded", table);
      Dataset<Row> cluster = table(spark, "cluster", table);
      assertThat(embedded.count()).as(table).isPositive();
      assertThat(rows(cluster)).as(table).isEqualTo(rows(embedded));
    }
    assertThat(checksums("cluster")).isEqualTo(checksums("embedded"));
  }

  private String checksums(String run) throws IOException {
    return Files.readString(folder.resolve(run + "/releases/2022-07-21/SHA256SUMS"));
  }

  private static List<String> rows(Dataset<Row> table) {
    return table.toJSON().collectAsList().stream().sorted().toList();
  }

  private Dataset<Row> table(SparkSession spark, String run, String table) {
    spark.conf().set("spark.sql.catalog." + run, "org.apache.iceberg.spark.SparkCatalog");
    spark.conf().set("spark.sql.catalog." + run + ".type", "hadoop");
    spark
        .conf()
        .set(
            "spark.sql.catalog." + run + ".warehouse",
            folder.resolve(run + "/warehouse").toString());
    return spark.table(run + ".exposure_atlas." + table);
  }

  private void nightly(String run, String master) throws Exception {
    submit(
        "nightly",
        "--from",
        "2022-07-19",
        "--to",
        "2022-07-21",
        "--master",
        master,
        "--conf",
        "spark.executor.memory=1g",
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.driver.bindAddress=127.0.0.1",
        "--conf",
        "spark.atlas.raw=" + folder.resolve("raw"),
        "--conf",
        "spark.atlas.geoip=" + folder.resolve("geoip"),
        "--conf",
        "spark.atlas.warehouse=" + folder.resolve(run + "/warehouse"),
        "--conf",
        "spark.atlas.releases=" + folder.resolve(run + "/releases"));
  }

  private void submit(String... arguments) throws Exception {
    Command.Result result = Command.in(folder).submit(arguments);
    assertThat(result.status()).as(result.errors()).isZero();
  }

  private String startCluster() throws Exception {
    Path home = Files.createDirectories(folder.resolve("spark-home"));
    Path jars = Files.createDirectories(home.resolve("jars"));
    String classPath = Files.readString(Path.of("target/spark.classpath")).strip();
    for (String jar : classPath.split(File.pathSeparator)) {
      Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
    }
    int port = freePort();
    String master = "spark://127.0.0.1:" + port;
    daemon(
        home,
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--webui-port",
        "0");
    waitFor(port);
    for (int worker = 1; worker <= 2; worker++) {
      daemon(
          home,
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          "127.0.0.1",
          "--webui-port",
          "0",
          "--cores",
          "1",
          "--memory",
          "1g",
          "--work-dir",
          folder.resolve("worker-" + worker).toString(),
          master);
    }
    return master;
  }

  private void daemon(Path home, String main, String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(Files.readString(Path.of("target/classes/java-options")).strip().split(" ")));
    words.addAll(List.of("-Xmx256m", "-cp", home.resolve("jars") + "/*", main));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("daemon-" + daemons.size() + ".log").toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    daemons.add(builder.start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void waitFor(int port) throws InterruptedException {
    for (int attempt = 0; attempt < 300; attempt++) {
      try {
        new Socket("127.0.0.1", port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("the master does not listen on port " + port);
  }
}
