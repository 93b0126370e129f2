package org.exposureatlas.geoip;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.exposureatlas.config.ConfigException;
import org.exposureatlas.config.MissingInputException;

/** The editions of one provider, by date. */
public final class GeoEditions {

  private static final String MARK = "edition=";

  private final List<GeoEdition> byDate;

  private GeoEditions(List<GeoEdition> byDate) {
    this.byDate = byDate;
  }

  /**
   * Finds {@code <root>/<provider>/edition=<date>/}; a root that itself holds {@code
   * edition=<date>} is taken for the folder of its provider.
   *
   * @param provider whose editions to use; empty: the only one there is
   * @throws MissingInputException when there is no edition
   * @throws ConfigException when there are several providers and none is chosen
   */
  public static GeoEditions list(Configuration hadoop, String root, Optional<String> provider) {
    List<GeoEdition> found = all(hadoop, root);
    provider.ifPresent(name -> found.removeIf(edition -> !edition.provider().equals(name)));
    if (found.isEmpty()) {
      throw new MissingInputException(
          "geo-IP edition",
          provider.map(name -> "provider " + name).orElse("any date"),
          root + "/" + provider.orElse("<provider>") + "/edition=<yyyy-mm-dd>/");
    }
    TreeSet<String> providers = new TreeSet<>();
    found.forEach(edition -> providers.add(edition.provider()));
    if (providers.size() > 1) {
      throw new ConfigException(
          "spark.atlas.geoip.provider", "", "one of " + String.join(", ", providers));
    }
    found.sort(Comparator.comparing(GeoEdition::date));
    return new GeoEditions(List.copyOf(found));
  }

  /** The edition of this id, of whatever provider; empty when it is not there. */
  public static Optional<GeoEdition> find(Configuration hadoop, String root, String id) {
    return all(hadoop, root).stream().filter(edition -> edition.id().equals(id)).findFirst();
  }

  private static List<GeoEdition> all(Configuration hadoop, String root) {
    Path folder = new Path(root);
    List<GeoEdition> found = new ArrayList<>();
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      Path qualified = files.makeQualified(folder);
      add(found, files, qualified);
      for (FileStatus entry : folders(files, qualified)) {
        add(found, files, entry.getPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
    return found;
  }

  private static void add(List<GeoEdition> found, FileSystem files, Path provider)
      throws IOException {
    for (FileStatus entry : folders(files, provider)) {
      String name = entry.getPath().getName();
      if (name.startsWith(MARK)) {
        found.add(new GeoEdition(provider.getName(), date(entry.getPath(), name), entry.getPath()));
      }
    }
  }

  private static LocalDate date(Path folder, String name) {
    try {
      return LocalDate.parse(name.substring(MARK.length()));
    } catch (DateTimeParseException e) {
      throw new BrokenEditionException(
          folder.toString(), "found this name, expected edition=<yyyy-mm-dd>", e);
    }
  }

  private static List<FileStatus> folders(FileSystem files, Path folder) throws IOException {
    try {
      return List.of(files.listStatus(folder)).stream().filter(FileStatus::isDirectory).toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** All editions, oldest first. */
  public List<GeoEdition> all() {
    return byDate;
  }

  /** The newest edition dated on or before {@code date}; none earlier: the oldest one. */
  public GeoEdition asOf(LocalDate date) {
    GeoEdition chosen = byDate.get(0);
    for (GeoEdition edition : byDate) {
      if (!edition.date().isAfter(date)) {
        chosen = edition;
      }
    }
    return chosen;
  }
}
