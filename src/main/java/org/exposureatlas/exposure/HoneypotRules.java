package org.exposureatlas.exposure;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.Observation;

/**
 * Signs that a store is a decoy.
 *
 * <p>Each sign has a weight, the share of stores with it that we take for decoys; signs count as
 * independent, so the score is 1 less the product of (1 - weight). The weights are judgements, not
 * measurements: 1 for what has no other explanation, 0.5 for what hardly has, 0.4 for what needs a
 * second sign.
 */
final class HoneypotRules {

  /** The source marks the host as a honeypot. */
  static final String SOURCE_MARK = "source_mark";

  /** The very same figures in many autonomous systems. */
  static final String SAME_FIGURES = "same_figures_in_many_networks";

  /** One identity in many autonomous systems. */
  static final String SAME_IDENTITY = "same_identity_in_many_networks";

  /** Figures that a known honeypot framework reports. */
  static final String FRAMEWORK_FIGURES = "framework_figures";

  /** Version that a known honeypot framework pretends to be, and nothing measured. */
  static final String FRAMEWORK_VERSION = "framework_version";

  /** A version that was never released under the name. */
  static final String IMPOSSIBLE_VERSION = "impossible_version";

  /** The address answers on very many ports. */
  static final String MANY_PORTS = "many_ports";

  /** A size that is a multiple of 10^9 to the byte. */
  static final String ROUND_SIZE = "round_size";

  /** Signs of a single member endpoint; the others take all members, or all of an address. */
  static final List<String> OF_MEMBERS =
      List.of(
          SOURCE_MARK,
          SAME_FIGURES,
          FRAMEWORK_FIGURES,
          FRAMEWORK_VERSION,
          IMPOSSIBLE_VERSION,
          ROUND_SIZE);

  private static final SortedMap<String, Double> WEIGHTS =
      new TreeMap<>(
          Map.of(
              SOURCE_MARK, 1.0,
              SAME_FIGURES, 1.0,
              SAME_IDENTITY, 1.0,
              FRAMEWORK_FIGURES, 1.0,
              FRAMEWORK_VERSION, 0.4,
              IMPOSSIBLE_VERSION, 0.5,
              MANY_PORTS, 0.4,
              ROUND_SIZE, 0.4));

  private static final long BILLION = 1_000_000_000L;
  private static final String FRAMEWORKS = "honeypot-frameworks.csv";
  private static final String VERSIONS = "impossible-versions.csv";

  private HoneypotRules() {}

  /**
   * Names of the signs that apply, sorted; a sign that is NULL does not. Lists are made only where
   * one applies: Spark does not compile what makes them.
   */
  static Column reasons(SortedMap<String, Column> signs) {
    Column any = signs.values().stream().reduce(Column::or).orElseThrow();
    Column names =
        array_compact(
            array(
                signs.entrySet().stream()
                    .map(sign -> when(sign.getValue(), lit(sign.getKey())))
                    .toArray(Column[]::new)));
    return when(any, names).otherwise(array().cast("array<string>"));
  }

  /** Score of an exposure with these reasons: 0 to 1. */
  static Column score(Column reasons) {
    Column doubt = lit(1.0);
    for (Map.Entry<String, Double> sign : WEIGHTS.entrySet()) {
      doubt =
          doubt.multiply(
              when(array_contains(reasons, sign.getKey()), 1 - sign.getValue()).otherwise(1.0));
    }
    return round(lit(1.0).minus(doubt), 4);
  }

  /** True for an endpoint with the figures of a known framework. */
  static Column hasFrameworkFigures() {
    return anyOf(FRAMEWORKS, HoneypotRules::figures);
  }

  /** True for an endpoint of unknown size with the version of a known framework. */
  static Column hasFrameworkVersion() {
    return anyOf(FRAMEWORKS, HoneypotRules::version);
  }

  /** True for an endpoint with a version that was never released under its name. */
  static Column hasImpossibleVersion() {
    return anyOf(VERSIONS, HoneypotRules::impossible);
  }

  /** True for an endpoint with a size that is round to the byte; an estimate may well be. */
  static Column hasRoundSize() {
    Column size = Observation.SIZE_BYTES.col();
    return size.geq(BILLION)
        .and(size.mod(BILLION).equalTo(0))
        .and(Observation.SIZE_SEMANTICS.col().notEqual("estimated"));
  }

  private static Column figures(String... cells) {
    return cells[3].isEmpty() && cells[4].isEmpty() && cells[5].isEmpty()
        ? lit(false)
        : is(Observation.SERVICE_TYPE, cells[1])
            .and(is(Observation.PRODUCT_VERSION, cells[2]))
            .and(is(Observation.SIZE_BYTES, cells[3]))
            .and(is(Observation.RECORD_COUNT, cells[4]))
            .and(is(Observation.CONTAINER_COUNT, cells[5]));
  }

  private static Column version(String... cells) {
    return is(Observation.SERVICE_TYPE, cells[1])
        .and(is(Observation.PRODUCT_VERSION, cells[2]))
        .and(Observation.SIZE_BYTES.col().isNull());
  }

  private static Column impossible(String... cells) {
    return is(Observation.SERVICE_TYPE, cells[0])
        .and(lower(Observation.PRODUCT.col()).contains(cells[1]))
        .and(Observation.PRODUCT_VERSION.col().rlike(cells[2]));
  }

  /** True where the field has the value; an empty value fits all. */
  private static Column is(Field field, String value) {
    return value.isEmpty()
        ? lit(true)
        : coalesce(field.col().equalTo(lit(value).cast(field.type())), lit(false));
  }

  private static Column anyOf(String resource, Function<String[], Column> rule) {
    return coalesce(
        lines(resource).stream().map(rule).reduce(Column::or).orElseThrow(), lit(false));
  }

  private static List<String[]> lines(String resource) {
    try (InputStream in = HoneypotRules.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(",", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
