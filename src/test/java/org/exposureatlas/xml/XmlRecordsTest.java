package org.exposureatlas.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRecordsTest {

  private static final int MAX_BYTES = 1 << 20;
  private static final List<XmlField> FIELDS =
      List.of(
          new XmlField("start", "run/@start"),
          new XmlField("end", "run/host/@end"),
          new XmlField("address", "run/host/address"),
          new XmlField("id", "run/host/ports/port/@id"),
          new XmlField("state", "run/host/ports/port/state/@state"),
          new XmlField("script", "run/host/ports/port/script"));

  /** Values of a record, or where and why it cannot be used. */
  private static List<List<String>> read(InputStream in) {
    List<List<String>> rows = new ArrayList<>();
    XmlRecords records = new XmlRecords(in, "a.xml", "run/host/ports/port", FIELDS, MAX_BYTES);
    while (records.next()) {
      List<String> row = new ArrayList<>(List.of(Long.toString(records.line())));
      if (records.reason() == null) {
        for (int field = 0; field < FIELDS.size(); field++) {
          row.add(records.value(field));
        }
      } else {
        row.add(records.reason());
        row.add(records.detail());
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<String>> read(String document) {
    return read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> row(String... values) {
    List<String> row = new ArrayList<>();
    for (String value : values) {
      row.add(value);
    }
    return row;
  }

  /** {@code head}, then {@code unit} with its {@code $} numbered, {@code count} times. */
  private static InputStream endless(String head, String unit, int count) {
    return new SequenceInputStream(
        new Enumeration<>() {
          private int next = -1;

          @Override
          public boolean hasMoreElements() {
            return next < count;
          }

          @Override
          public InputStream nextElement() {
            String text = next < 0 ? head : unit.replace("$", Integer.toString(next));
            next++;
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  @Test
  void aRecordHasItsOwnValuesAndThoseOfTheElementsAroundIt() {
    assertThat(
            read(
                "<?xml version=\"1.0\"?>\n<!DOCTYPE run>\n<!-- made by hand -->\n<run start='5'>\n"
                    + "<host end='7'><address a='1'/><address a='2'/><ports>\n"
                    + "<port id='80'><state state='open'/></port>\n"
                    + "<port\n id='81'/></ports></host>\n"
                    + "<host><ports><port id='82'><other id='x'/></port></ports></host></run>\n"))
        .containsExactly(
            row("6", "5", "7", addresses(1, 2), "80", "open", null),
            row("7", "5", "7", addresses(1, 2), "81", null, null),
            row("9", "5", null, null, "82", null, null));
  }

  private static String addresses(int... values) {
    List<String> elements = new ArrayList<>();
    for (int value : values) {
      elements.add("{\"#name\":\"address\",\"a\":\"" + value + "\",\"#content\":[]}");
    }
    return elements.toString().replace(", ", ",");
  }

  @Test
  void wantedElementsKeepTheirAttributesTextsAndChildren() {
    List<List<String>> rows =
        read(
            "<run><host><ports><port><script id='s' output='a&#xa;&lt;b&gt;'>\n"
                + "<table key='t'><elem>x &amp; y</elem></table></script></port></ports></host></run>");
    assertThat(rows.get(0).get(6))
        .isEqualTo(
            "[{\"#name\":\"script\",\"id\":\"s\",\"output\":\"a\\n<b>\",\"#content\":["
                + "{\"#name\":\"table\",\"key\":\"t\",\"#content\":["
                + "{\"#name\":\"elem\",\"#content\":[\"x \",\"&\",\" y\"]}]}]}]");
  }

  @Test
  void aDocumentCutOffKeepsItsRecordsAndSaysWhereItEnds() {
    assertThat(
            read("<run>\n<host><ports><port id='80'/>\n<port id='81'>\n<script id='mongodb-data"))
        .containsExactly(
            row("2", null, null, null, "80", null, null),
            row(
                "4",
                "malformed_xml",
                "found the end of the file inside run/host/ports/port, expected </run>; the rest"
                    + " of the file is not read"));
  }

  @Test
  void textThatIsNoXmlIsReportedWhereItStands() {
    assertThat(read("<run>\n<host></ports></run>"))
        .containsExactly(
            row(
                "2",
                "malformed_xml",
                "found text that is not well-formed XML inside run/host; the rest of the file is"
                    + " not read"));
    assertThat(read("ports:\n")).hasSize(1);
    assertThat(read("<run/>\n<run/>").get(0).get(2)).contains("after the last element");
  }

  @Test
  void anotherDocumentIsNotTakenForOneWithoutRecords() {
    assertThat(read("<rss><channel/></rss>"))
        .containsExactly(
            row(
                "1",
                "malformed_xml",
                "found a document of <rss>, expected <run>; the rest of the file is not read"));
    assertThat(read("")).isEmpty();
    assertThat(read("<run></run>")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE run [<!ENTITY a 'PLANTED'>]>",
        "<!DOCTYPE run [<!ENTITY a SYSTEM 'pom.xml'>]>",
        "<!DOCTYPE run [<!ENTITY % p 'x'> <!ENTITY a '%p;%p;'>]>",
        "<!DOCTYPE run SYSTEM 'file:///none.dtd'>",
        ""
      })
  void noEntityIsEverResolved(String documentType) {
    List<List<String>> rows =
        read(
            documentType
                + "<run><host><ports><port id='80'/>"
                + "<port id='81'><script>&a;</script></port></ports></host></run>");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).contains("80");
    assertThat(rows.get(1)).contains("malformed_xml");
    assertThat(rows.toString()).doesNotContain("PLANTED", "artifactId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<run><host a='|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "<run><!--|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "<!DOCTYPE run [|<!ENTITY e$ 'xxxxxxxxxxxxxx'>",
        "<run>|<a>",
        "<run>|<a$/>",
        "<run>|<a b$=''/>",
        "<run>|<?p$ x?>",
        "<run|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      })
  void whatAParserWouldKeepForEverEndsTheReading(String headAndUnit) {
    String[] parts = headAndUnit.split("\\|");
    List<List<String>> rows = read(endless(parts[0], parts[1], 100_000_000));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get(2)).endsWith("; the rest of the file is not read");
  }

  @Test
  void aRecordOfManyPartsIsRejectedAndTheNextOneRead() {
    StringBuilder document = new StringBuilder("<run><host><ports><port id='1'><script>");
    document.append("<elem key='abcdefghijklmnopqrstuvwxyz'/>".repeat(30_000));
    document.append("</script></port>\n<port id='2'/></ports></host></run>");
    assertThat(read(document.toString()))
        .containsExactly(
            row("1", "line_too_long", "found a longer record, expected at most 1048576 bytes"),
            row("2", null, null, null, "2", null, null));
  }

  @Test
  void damageIsToldFromBadXml() {
    InputStream damaged =
        new SequenceInputStream(
            new ByteArrayInputStream(
                "<run><host>\n<ports><port id='1'/>".getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("incorrect data check");
              }
            });
    assertThat(read(damaged))
        .containsExactly(
            row("2", null, null, null, "1", null, null),
            row(
                "2",
                "damaged_file",
                "found damaged data: incorrect data check; the rest of the file" + " is not read"));
  }
}
