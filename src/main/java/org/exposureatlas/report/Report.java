package org.exposureatlas.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One page for a release: headline, ranking, time series, country by service. It needs no network:
 * the charts are drawn by Apache ECharts, which is inlined.
 */
public final class Report {

  private Report() {}

  /**
   * The page as HTML.
   *
   * @param manifest text of the release's manifest
   * @param tables the release's tables, by name; rows of the last day will do
   * @param countries {@code country_exposure} of all days
   */
  public static String page(
      String manifest, Map<String, Dataset<Row>> tables, Dataset<Row> countries) {
    try {
      JsonNode release = new ObjectMapper().readTree(manifest);
      ReportData data = ReportData.of(release, tables, countries);
      String simulated =
          "<p class=\"banner\" role=\"note\">The world is simulated: these figures say nothing about"
              + " any country.</p>";
      return resource("report.html")
          .replace("{{title}}", escaped("Exposure Atlas " + release.get("release").asText()))
          .replace("{{banner}}", release.get("simulated").asBoolean() ? simulated : "")
          .replace("{{headline}}", escaped(data.headline()))
          .replace("{{conclusion}}", escaped(data.conclusion()))
          .replace("{{style}}", resource("report.css"))
          .replace("{{data}}", script(new ObjectMapper().writeValueAsString(data.json())))
          .replace("{{script}}", resource("report.js"))
          .replace("{{echarts}}", charts());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the manifest is no JSON", e);
    }
  }

  private static String charts() {
    String version = resource("/echarts-version.txt").strip();
    return resource("/META-INF/resources/webjars/echarts/" + version + "/echarts.min.js");
  }

  /** Inside a script element nothing may look like its end. */
  private static String script(String json) {
    return json.replace("<", "\\u003c");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
