package org.exposureatlas.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.exposureatlas.source.NseFindings.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NseScriptsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static NseFindings read(String id, String output) {
    return NseScripts.read(scripts(id, output).toString());
  }

  private static ArrayNode scripts(String... idsAndOutputs) {
    ArrayNode scripts = MAPPER.createArrayNode();
    for (int i = 0; i < idsAndOutputs.length; i += 2) {
      scripts.addObject().put("id", idsAndOutputs[i]).put("output", idsAndOutputs[i + 1]);
    }
    return scripts;
  }

  @ParameterizedTest
  @CsvSource({
    "780.16K, 798884",
    "85 TB, 93458488360960",
    "14.5 TB, 15942918602752",
    "500 GB, 536870912000",
    "1.00M, 1048576",
    "512B, 512",
    "512, 512",
    "2GiB, 2147483648",
    "9000 PB, ",
    "-5K, ",
    "many, ",
    "1e3K, "
  })
  void sizesForPeopleArePowersOf1024(String text, Long bytes) {
    assertThat(SizeText.bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "83886080, 83886080",
    "83886080.0, 83886080",
    "1.6777216E+8, 167772160",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, ",
    "-1, -1",
    "1E+999999999, ",
    "0x10, "
  })
  void numbersAreReadHoweverLuaPrintsThem(String text, Long number) {
    assertThat(SizeText.times(text, 1)).isEqualTo(number);
  }

  @Test
  void databasesAreReadFromTextAndEmptyOnesAreEmpty() {
    String output =
        "\n  ok = 1\n  databases\n    1\n      empty = false\n      sizeOnDisk = 83886080\n"
            + "      name = test\n    0\n      sizeOnDisk = 83886080.0\n      name = shop\n"
            + "    2\n      empty = true\n      sizeOnDisk = 1\n      name = local\n"
            + "  totalSize = 167772160";

    assertThat(read("mongodb-databases", output))
        .isEqualTo(
            NseFindings.of("mongodb", "open")
                .withDatabases(
                    List.of(
                        new Database("test", "83886080"),
                        new Database("shop", "83886080.0"),
                        new Database("local", "0")),
                    "167772160"));
  }

  @Test
  void structureIsPreferredToText() {
    String structured =
        "[{'#name':'script','id':'mongodb-databases','output':'totalSize = 5','#content':["
            + "{'#name':'table','key':'databases','#content':["
            + "{'#name':'table','key':'0','#content':["
            + "{'#name':'elem','key':'name','#content':['a','&','b']},"
            + "{'#name':'elem','key':'sizeOnDisk','#content':['8192.0']}]}]},"
            + "{'#name':'elem','key':'totalSize','#content':['8192.0']}]}]";

    assertThat(NseScripts.read(structured.replace('\'', '"')))
        .isEqualTo(
            NseFindings.of("mongodb", "open")
                .withDatabases(List.of(new Database("a&b", "8192.0")), "8192.0"));
  }

  @Test
  void aTotalAloneIsATotalAndNoSizesAreNoFindings() {
    assertThat(read("mongodb-databases", "\n  totalSize = 0"))
        .isEqualTo(NseFindings.of("mongodb", "open").withDatabases(null, "0"));
    assertThat(read("mongodb-databases", "\n  ok = 0")).isEqualTo(NseFindings.NOTHING);
  }

  @Test
  void namesOfCouchDatabasesAreCountedAndThoseOfExtortionistsMarked() {
    assertThat(read("couchdb-databases", "\n  1 = orders\n  2 = read_me").infected()).isTrue();
    assertThat(read("couchdb-databases", "\n  1 = orders\n  2 = _users"))
        .isEqualTo(NseFindings.of("couchdb", "open").withContainers(2L, false));
  }

  @ParameterizedTest
  @CsvSource({
    "mongodb-databases, errmsg = not authorized on admin to execute command, mongodb",
    "mongodb-databases, errmsg = command listDatabases requires authentication, mongodb",
    "redis-info, ERROR: Authentication required, redis",
    "redis-info, -NOAUTH Authentication required., redis",
    "couchdb-databases, error = unauthorized, couchdb"
  })
  void aServerThatAsksForALoginIsProtected(String script, String output, String service) {
    assertThat(read(script, "\n  " + output)).isEqualTo(NseFindings.of(service, "auth_required"));
  }

  @Test
  void hdfsFiguresAreRoundedPowersOf1024() {
    String output =
        "\n  Started:  Wed May 11 22:33:44 PDT 2011\n  Version:  0.20.2-cdh3u1, f415ef415ef4\n"
            + "  Storage:\n  Total\tUsed (DFS)\tUsed (Non DFS)\tRemaining\n"
            + "  100 TB\t85 TB\t500 GB\t14.5 TB\n  Datanodes (Live):\n    Datanode: dn1:50075";

    assertThat(read("hadoop-namenode-info", output))
        .isEqualTo(
            NseFindings.of("hdfs", "open")
                .withVersion("0.20.2-cdh3u1")
                .withSize(93_458_488_360_960L, "estimated", 109_951_162_777_600L));
    assertThat(read("hadoop-namenode-info", "\n  Upgrades: none"))
        .isEqualTo(NseFindings.of("hdfs", "open"));
  }

  @Test
  void redisReportsItsMemory() {
    String output = "\n  Version            2.2.11\n  Used memory        780.16K\n  Role  master\n";

    assertThat(read("redis-info", output))
        .isEqualTo(
            NseFindings.of("redis", "open")
                .withVersion("2.2.11")
                .withSize(798_884L, "memory", null));
  }

  @Test
  void exportsOfOneFileSystemCountOnce() {
    String output =
        "\n  Filesystem           1K-blocks  Used     Available  Use%  Blocksize\n"
            + "  /mnt/nfs/files       5542276    2732012  2528728    52%   4096\n"
            + "  /mnt/nfs/more files  5542276    2732012  2528728    52%   4096\n"
            + "  /mnt/nfs/opensource  5534416    620640   4632644    12%   4096\n  cut off\n";

    assertThat(read("nfs-statfs", output))
        .isEqualTo(
            NseFindings.of("nfs", "open")
                .withSize(
                    (2_732_012L + 620_640) * 1024, "estimated", (5_542_276L + 5_534_416) * 1024));
    assertThat(read("nfs-statfs", output.replace("1K-blocks", "Size").replace("620640", "606.1M")))
        .extracting(NseFindings::sizeBytes)
        .isEqualTo(2_732_012L + 635_541_914);
    assertThat(read("nfs-statfs", "\n  ERROR: /srv: mount failed")).isEqualTo(NseFindings.NOTHING);
  }

  @Test
  void rsyncModulesAreCountedAndNotTakenForOpen() {
    assertThat(read("rsync-list-modules", "\n  www \twww directory\n  log \tlog directory"))
        .isEqualTo(NseFindings.of("rsync", null).withContainers(2L, null));
    assertThat(read("rsync-list-modules", "\n  ERROR: Failed to connect to rsync server"))
        .isEqualTo(NseFindings.NOTHING);
  }

  @Test
  void passwordsThatWereGuessedAreWeak() {
    ArrayNode scripts =
        scripts(
            "redis-brute",
            "\n  Accounts\n    PLANTED-SECRET - Valid credentials\n",
            "redis-info",
            "\n  Used memory        1.00M");

    assertThat(NseScripts.read(scripts.toString()))
        .isEqualTo(NseFindings.of("redis", "weak_credentials").withSize(1L << 20, "memory", null));
  }

  @Test
  void memoryOfTheMachineIsNoDataAndNoScriptsAreNoFindings() {
    assertThat(read("membase-http-info", "\n  Total memory       522022912"))
        .isEqualTo(NseFindings.NOTHING);
    assertThat(NseScripts.read(null)).isEqualTo(NseFindings.NOTHING);
  }
}
