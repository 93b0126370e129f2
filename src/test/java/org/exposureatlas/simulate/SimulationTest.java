package org.exposureatlas.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.SparkSession;
import org.exposureatlas.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class SimulationTest {

  private static final LocalDate LAST = LocalDate.parse("2022-07-21");
  private static final CountryLookup EVERYWHERE = (date, address) -> "NL";

  @TempDir Path folder;

  private Simulation.Written write(SparkSession spark, String name, long seed) {
    WorldConfig config = new WorldConfig(LAST.minusDays(1), LAST, seed, 800);
    return Simulation.write(
        spark, folder.resolve(name).toString(), config, new SyntheticEdition(), EVERYWHERE);
  }

  private Map<String, byte[]> files(String name) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    Path raw = folder.resolve(name + "/leakix");
    try (Stream<Path> files = Files.walk(raw)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".gz")).toList()) {
        contents.put(raw.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private List<String> lines(String name) throws IOException {
    Path file = folder.resolve(name + "/leakix/" + LAST + "/part-00000.ndjson.gz");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherOneOthers(SparkSession spark) throws IOException {
    Simulation.Written written = write(spark, "a", 1);
    write(spark, "b", 1);
    write(spark, "b", 1);
    write(spark, "c", 2);

    assertThat(written.snapshots()).isEqualTo(2);
    assertThat(files("a")).hasSize(2).containsExactlyEntriesOf(files("b"));
    assertThat(files("c").get(LAST + "/part-00000.ndjson.gz"))
        .isNotEqualTo(files("a").get(LAST + "/part-00000.ndjson.gz"));
  }

  @Test
  void linesAreWholeEventsOfRealLengthButForTheBrokenOnes(SparkSession spark) throws IOException {
    write(spark, "a", 1);
    ObjectMapper mapper = new ObjectMapper();
    List<String> lines = lines("a");
    int broken = 0;
    long length = 0;
    for (String line : lines) {
      length += line.length();
      try {
        JsonNode event = mapper.readTree(line);
        assertThat(line.isEmpty() || event.has("leak") && event.has("ssl")).isTrue();
      } catch (IOException e) {
        broken++;
      }
    }
    assertThat(lines.size()).isBetween(600, 1_400);
    assertThat(broken).isBetween(0, 10);
    assertThat(length / lines.size()).isBetween(1_000L, 2_000L);
    assertThat(String.join("", lines)).contains("PLANTED-SECRET");
  }

  @Test
  void everythingThatTheWorldIsMeantToHoldOccurs(SparkSession spark) throws IOException {
    write(spark, "a", 1);
    String all = String.join("\n", lines("a"));

    assertThat(all)
        .contains("\"protocol\":\"kibana\"")
        .contains("\"infected\":true")
        .contains("\"size\":900000000000")
        .contains("\"ip\":\"2a10:")
        .contains("\"event_type\":\"synack\"")
        .contains("+02:00\"");
  }

  @Test
  void someStoresArriveLeaveAndMove() {
    World world =
        new World(new WorldConfig(LAST.minusDays(27), LAST, 1, 4_500), new SyntheticEdition());
    int arrived = 0;
    int left = 0;
    int moved = 0;
    for (long id = 0; id < world.storeCount(); id++) {
      Store first = world.store(id, LAST.minusDays(27));
      Store last = world.store(id, LAST);
      arrived += first == null && last != null ? 1 : 0;
      left += first != null && last == null ? 1 : 0;
      moved += first != null && last != null && hasMoved(first, last) ? 1 : 0;
    }
    assertThat(arrived).isPositive();
    assertThat(left).isPositive();
    assertThat(moved).isPositive();
  }

  @Test
  void aWorldOf200MillionRecordsHasAnAddressForEveryStore() {
    World world = new World(new WorldConfig(LAST, LAST, 1, 200_000_000), new SyntheticEdition());
    Set<Address> extras = new HashSet<>();
    for (long id = world.storeCount(); id < world.size(); id += 4_001) {
      assertThat(extras.add(world.extraAddress(id))).as("address of %s", id).isTrue();
    }
    long found = 0;
    for (long id = world.storeCount() - 1; id >= 0; id -= 1_009) {
      Store store = world.store(id, LAST);
      found += store == null ? 0 : store.endpoints().size();
    }
    assertThat(found).isGreaterThan(world.storeCount() / 1_009);
  }

  private static boolean hasMoved(Store first, Store last) {
    return !first.endpoints().get(0).address().equals(last.endpoints().get(0).address());
  }
}
