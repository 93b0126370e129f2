package org.exposureatlas.source;

import java.util.ArrayList;
import java.util.List;
import org.exposureatlas.config.ConfigException;

/** The scan sources that can be read. */
public final class Sources {

  private static final List<ScanSource> BUILT_IN =
      List.of(
          new LeakixSource(),
          new ShodanSource(),
          new CensysSource(),
          new Zgrab2Source(),
          new ShadowserverSource(),
          new NmapSource(),
          new MasscanSource(),
          new ZmapSource());

  private Sources() {}

  /** Every source there is an adapter for. */
  public static List<ScanSource> all() {
    return BUILT_IN;
  }

  /**
   * The same, and those of a mapping file.
   *
   * @param file its name, for messages
   * @param text its content, as jobs/mappings.json explains it
   * @throws ConfigException for anything it must not be
   */
  public static List<ScanSource> with(String file, String text) {
    List<ScanSource> sources = new ArrayList<>(BUILT_IN);
    for (GenericMapping mapping : GenericMapping.parse(file, text)) {
      if (BUILT_IN.stream().anyMatch(source -> source.name().equals(mapping.name()))) {
        throw new ConfigException(
            file, mapping.name(), "another name: there is an adapter for this source");
      }
      sources.add(new GenericSource(mapping));
    }
    return List.copyOf(sources);
  }
}
