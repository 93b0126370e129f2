package org.exposureatlas.config;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line of a job: pairs of {@code --name value}. */
public final class Arguments {

  private static final List<String> KNOWN =
      List.of("--snapshot-date", "--from", "--to", "--out", "--scale", "--seed", "--country");

  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Parses {@code args}.
   *
   * @throws ConfigException for an unknown name, a name twice or a name without value
   */
  public static Arguments parse(String... args) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!KNOWN.contains(args[i])) {
        throw new ConfigException("argument", args[i], "one of " + String.join(", ", KNOWN));
      }
      if (i + 1 == args.length) {
        throw ConfigException.missing(args[i], "a value after it");
      }
      if (values.put(args[i], args[i + 1]) != null) {
        throw new ConfigException(args[i], args[i + 1], "the argument only once");
      }
    }
    return new Arguments(values);
  }

  /** The value of {@code name}, such as {@code --out}, if it was given. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * The dates asked for: {@code --snapshot-date D}, or {@code --from D --to D}; empty when none is
   * given.
   *
   * @throws ConfigException for a date that is none, for both forms at once and for half a range
   */
  public Optional<SnapshotRange> range() {
    Optional<LocalDate> day = date("--snapshot-date");
    Optional<LocalDate> from = date("--from");
    Optional<LocalDate> to = date("--to");
    if (day.isPresent() && (from.isPresent() || to.isPresent())) {
      throw new ConfigException(
          "--snapshot-date", day.get(), "either --snapshot-date, or --from and --to");
    }
    if (from.isPresent() != to.isPresent()) {
      throw ConfigException.missing(
          from.isPresent() ? "--to" : "--from", "--from and --to together");
    }
    return day.map(SnapshotRange::day)
        .or(() -> from.map(first -> new SnapshotRange(first, to.orElseThrow())));
  }

  /**
   * The country asked for, if one is.
   *
   * @throws ConfigException for anything but two capital letters
   */
  public Optional<String> country() {
    Optional<String> code = value("--country");
    code.filter(text -> !text.matches("[A-Z]{2}"))
        .ifPresent(
            text -> {
              throw new ConfigException("--country", text, "a code such as CN");
            });
    return code;
  }

  private Optional<LocalDate> date(String name) {
    return value(name)
        .map(
            text -> {
              try {
                return LocalDate.parse(text);
              } catch (DateTimeParseException e) {
                throw new ConfigException(name, text, "a date such as 2022-07-21");
              }
            });
  }
}
