package org.exposureatlas.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes events as the LeakIX tools of 2022 do: one JSON object a line with every member, also
 * where it says nothing. Shape: LeakIX/l9format l9event.go, 2021-12.
 */
final class EventWriter implements Closeable {

  /** Stands in every text that must never reach a table. */
  static final String SECRET = "PLANTED-SECRET";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnnXXX", Locale.ROOT);
  private static final String NO_TIME = "0001-01-01T00:00:00Z";
  private static final String[] WORDS = {
    "customer",
    "orders",
    "log",
    "session",
    "metrics",
    "invoice",
    "users",
    "events",
    "archive",
    "product",
    "audit",
    "message",
    "device",
    "payment",
    "report",
    "index"
  };

  private final JsonGenerator json;
  private final LocalDate day;
  private final Map<String, CountryProfile> countries;

  EventWriter(OutputStream out, LocalDate day) throws IOException {
    json = new JsonFactory().createGenerator(out);
    json.setRootValueSeparator(null);
    this.day = day;
    countries =
        CountryProfile.all().stream()
            .collect(Collectors.toMap(CountryProfile::code, Function.identity()));
  }

  void write(Event event) throws IOException {
    write(
        event, Integer.toString(event.endpoint().port()), time(event), event.endpoint().address());
  }

  /** A line with a port that cannot be. */
  void writeWithImpossiblePort(Event event) throws IOException {
    write(event, "99999", time(event), event.endpoint().address());
  }

  /** A line whose time was never set. */
  void writeWithoutTime(Event event) throws IOException {
    write(event, Integer.toString(event.endpoint().port()), NO_TIME, event.endpoint().address());
  }

  /** A line without an address. */
  void writeWithoutAddress(Event event) throws IOException {
    write(event, Integer.toString(event.endpoint().port()), time(event), null);
  }

  /** A line that breaks off. */
  void writeBroken(Event event) throws IOException {
    json.writeRaw("{\"event_type\":\"" + event.type() + "\",\"ip\":\"\n");
  }

  void writeBlank() throws IOException {
    json.writeRaw('\n');
  }

  private void write(Event event, String port, String time, Address address) throws IOException {
    String ip = address == null ? "" : text(address, event.text());
    json.writeStartObject();
    json.writeStringField("event_type", event.type());
    json.writeStringField("event_source", event.plugin());
    pipeline(event);
    json.writeStringField("event_fingerprint", event.store() == null ? "" : fingerprint(event));
    json.writeStringField("ip", ip);
    json.writeStringField("host", ip);
    json.writeStringField("reverse", "");
    json.writeStringField("port", port);
    json.writeStringField("mac", "");
    json.writeStringField("vendor", "");
    transport(event);
    json.writeStringField("protocol", event.endpoint().protocol());
    http(event);
    json.writeStringField("summary", summary(event));
    json.writeStringField("time", time);
    ssl();
    json.writeObjectFieldStart("ssh");
    json.writeStringField("fingerprint", "");
    json.writeNumberField("version", 0);
    json.writeStringField("banner", "");
    json.writeStringField("motd", "");
    json.writeEndObject();
    service(event);
    leak(event);
    json.writeNullField("tags");
    geoip(countries.get(event.network().countryCode()));
    json.writeObjectFieldStart("network");
    json.writeStringField("organization_name", event.network().name());
    json.writeNumberField("asn", event.network().asn());
    json.writeStringField("network", "");
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /** The tools write IPv6 with and without brackets. */
  private static String text(Address address, long choice) {
    return address.isIpv6() && choice % 2 == 0 ? "[" + address + "]" : address.toString();
  }

  private String time(Event event) {
    LocalDateTime utc =
        day.atStartOfDay()
            .plusSeconds(event.endpoint().second() + (event.stage().equals("explore") ? 7 : 0))
            .plusNanos(event.text() >>> 40);
    ZoneOffset offset = event.text() % 3 == 0 ? ZoneOffset.ofHours(2) : ZoneOffset.UTC;
    return utc.atOffset(ZoneOffset.UTC).withOffsetSameInstant(offset).format(TIME);
  }

  private void pipeline(Event event) throws IOException {
    json.writeArrayFieldStart("event_pipeline");
    json.writeString("ip4scout");
    if (!event.type().equals("synack")) {
      json.writeString("l9tcpid");
    }
    if (event.type().equals("leak")) {
      json.writeString("l9explore");
      json.writeString(event.plugin());
    }
    json.writeEndArray();
  }

  private static String fingerprint(Event event) {
    StringBuilder hex = new StringBuilder(64);
    for (int i = 0; i < 4; i++) {
      hex.append(String.format(Locale.ROOT, "%016x", Dice.mix(event.text() + i)));
    }
    return hex.toString();
  }

  private void transport(Event event) throws IOException {
    String protocol = event.endpoint().protocol();
    if (event.type().equals("synack")) {
      json.writeNullField("transport");
      return;
    }
    json.writeArrayFieldStart("transport");
    json.writeString("tcp");
    switch (protocol) {
      case "https" -> {
        json.writeString("tls");
        json.writeString("http");
      }
      case "http", "elasticsearch", "kibana", "couchdb" -> json.writeString("http");
      default -> {
        // nothing above tcp
      }
    }
    json.writeEndArray();
  }

  private void http(Event event) throws IOException {
    boolean answers = event.endpoint().protocol().startsWith("http");
    json.writeObjectFieldStart("http");
    json.writeStringField("root", "");
    json.writeStringField("url", answers ? "/" : "");
    json.writeNumberField("status", answers ? 200 : 0);
    json.writeNumberField("length", 0);
    if (answers) {
      json.writeObjectFieldStart("header");
      json.writeStringField("content-type", "text/html; charset=UTF-8");
      json.writeStringField("server", "nginx/1.18.0 (Ubuntu)");
      json.writeEndObject();
    } else {
      json.writeNullField("header");
    }
    json.writeStringField("title", answers ? "Welcome – \"it works\"" : "");
    json.writeStringField("favicon_hash", "");
    json.writeEndObject();
  }

  /** A listing, as the explore plugins write it. */
  private static String summary(Event event) {
    if (event.type().equals("synack")) {
      return "";
    }
    String found = found(event.endpoint().protocol());
    StringBuilder lines = new StringBuilder();
    int count = 1 + Dice.below(12, event.text());
    for (int i = 0; i < count; i++) {
      long choice = Dice.mix(event.text() + i);
      lines.append(found).append(WORDS[Dice.below(WORDS.length, choice)]).append('_');
      lines.append(choice >>> 52).append(" with ").append(choice >>> 40 & 0xFFF);
      lines.append(" documents (").append(choice >>> 46 & 0xFF).append(" kB)\n");
    }
    if (event.isInfected()) {
      lines.append(found).append("read_note_for_details with 1 documents (6.0 kB)\n");
    }
    if (event.secrets() == Event.Secrets.PLANTED) {
      lines.append(SECRET).append("\tsummary\n");
    }
    return lines.toString();
  }

  private static String found(String protocol) {
    return switch (protocol) {
      case "mongo" -> "Found collection shop.";
      case "mysql" -> "Found table shop.";
      default -> "Found index ";
    };
  }

  private void ssl() throws IOException {
    json.writeObjectFieldStart("ssl");
    json.writeBooleanField("detected", false);
    json.writeBooleanField("enabled", false);
    json.writeStringField("jarm", "");
    json.writeStringField("cypher_suite", "");
    json.writeStringField("version", "");
    json.writeObjectFieldStart("certificate");
    json.writeStringField("cn", "");
    json.writeNullField("domain");
    json.writeStringField("fingerprint", "");
    json.writeStringField("key_algo", "");
    json.writeNumberField("key_size", 0);
    json.writeStringField("issuer_name", "");
    json.writeStringField("not_before", NO_TIME);
    json.writeStringField("not_after", NO_TIME);
    json.writeBooleanField("valid", false);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void service(Event event) throws IOException {
    boolean planted = event.secrets() == Event.Secrets.PLANTED;
    json.writeObjectFieldStart("service");
    json.writeObjectFieldStart("credentials");
    json.writeBooleanField("noauth", event.plugin().equals("ElasticSearchOpenPlugin"));
    json.writeStringField("username", planted ? "root" : "");
    json.writeStringField("password", planted ? SECRET + "-password" : "");
    json.writeStringField("key", planted ? SECRET + "-key" : "");
    json.writeNullField("raw");
    json.writeEndObject();
    json.writeObjectFieldStart("software");
    json.writeStringField("name", software(event.endpoint().protocol()));
    json.writeStringField("version", version(event));
    json.writeStringField("os", "");
    json.writeNullField("modules");
    json.writeStringField("fingerprint", "");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String software(String protocol) {
    return switch (protocol) {
      case "mongo" -> "MongoDB";
      case "elasticsearch" -> "Elasticsearch";
      case "kibana" -> "Kibana";
      case "mysql" -> "MySQL";
      case "couchdb" -> "CouchDB";
      case "redis" -> "Redis";
      default -> "";
    };
  }

  private static String version(Event event) {
    String protocol = event.endpoint().protocol();
    long major =
        switch (protocol) {
          case "mysql" -> 8;
          case "elasticsearch" -> 5 + (event.text() & 3);
          default -> 3 + (event.text() & 3);
        };
    boolean known = !software(protocol).isEmpty();
    return known ? major + "." + (event.text() >>> 8 & 7) + ".1" : "";
  }

  private void leak(Event event) throws IOException {
    boolean isLeak = event.type().equals("leak");
    boolean told = event.store() != null;
    json.writeObjectFieldStart("leak");
    json.writeStringField("stage", event.stage());
    json.writeStringField("type", isLeak ? "open_database" : "");
    json.writeStringField("severity", isLeak ? "high" : "");
    json.writeObjectFieldStart("dataset");
    json.writeNumberField("rows", told ? event.store().records() : 0);
    json.writeNumberField("files", told ? event.store().files() : 0);
    json.writeNumberField("size", told ? event.store().bytes() : 0);
    json.writeNumberField("collections", told ? event.store().containers() : 0);
    json.writeBooleanField("infected", event.isMarkedInfected());
    if (event.isMarkedInfected()) {
      json.writeArrayFieldStart("ransom_notes");
      json.writeString(SECRET + " note: all your data is a backed up \u2620");
      json.writeEndArray();
    } else {
      json.writeNullField("ransom_notes");
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void geoip(CountryProfile country) throws IOException {
    boolean known = !country.code().equals("ZZ");
    json.writeObjectFieldStart("geoip");
    json.writeStringField("continent_name", country.continent());
    json.writeStringField("region_iso_code", "");
    json.writeStringField("city_name", country.city());
    json.writeStringField("country_iso_code", known ? country.code() : "");
    json.writeStringField("country_name", known ? country.name() : "");
    json.writeStringField("region_name", "");
    json.writeObjectFieldStart("location");
    json.writeFieldName("lat");
    json.writeNumber(country.latitude());
    json.writeFieldName("lon");
    json.writeNumber(country.longitude());
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
