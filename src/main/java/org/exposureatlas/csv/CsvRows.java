package org.exposureatlas.csv;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.exposureatlas.raw.RawContents;
import org.exposureatlas.raw.RawRows;

/** The rows of one raw file by header name: those of its text, or of all texts of an archive. */
final class CsvRows implements RawRows {

  private static final int SHOWN = 80;

  private final CsvPlan plan;
  private final String name;
  private final RawContents contents;
  private final String[] values;

  private String file;
  private CsvRecords records;
  private CsvHeader header;
  private boolean isHeadless;
  private boolean isBroken;
  private Problem problem;

  CsvRows(CsvPlan plan, String file, RawContents contents) {
    this.plan = plan;
    this.name = file;
    this.file = file;
    this.contents = contents;
    values = new String[plan.wanted().size()];
  }

  @Override
  public boolean next() {
    while (true) {
      if (records == null && !open()) {
        return problem != null;
      }
      if (!records.next()) {
        records = null;
      } else if (!isHeader()) {
        problem = convert();
        return true;
      }
    }
  }

  /** Opens the next text; a damaged archive is a problem, said once. */
  private boolean open() {
    problem = null;
    try {
      if (isBroken || !contents.next()) {
        return false;
      }
      file = contents.name();
      records = new CsvRecords(contents.stream(), plan.separator(), plan.maxBytes());
      header = null;
      isHeadless = false;
      return true;
    } catch (IOException e) {
      isBroken = true;
      file = name;
      problem = Problem.damaged(e.getMessage());
      return false;
    }
  }

  /** Whether this is the header of the text; a first row that is none may need that of another. */
  private boolean isHeader() {
    if (header != null || isHeadless || records.problem() != null || records.isBlank()) {
      return false;
    }
    List<String> names = IntStream.range(0, records.size()).mapToObj(this::text).toList();
    Optional<CsvHeader> found = CsvHeader.of(names, plan.wanted());
    header = found.or(() -> knownHeader(names.size())).orElse(null);
    isHeadless = header == null;
    return found.isPresent();
  }

  private String text(int value) {
    String text = records.value(value);
    return text == null ? "" : text;
  }

  /** The header of such files that have none, if the first row is as wide. */
  private Optional<CsvHeader> knownHeader(int width) {
    return plan.headers().entrySet().stream()
        .filter(known -> file.contains(known.getKey()) && known.getValue().size() == width)
        .findFirst()
        .flatMap(known -> CsvHeader.of(known.getValue(), plan.wanted()));
  }

  private Problem convert() {
    if (records.problem() != null) {
      return records.problem();
    }
    if (records.isBlank()) {
      return new Problem(Problem.BLANK, "");
    }
    if (header == null) {
      return new Problem(Problem.NO_HEADER, "found no header, expected one with " + required());
    }
    if (!header.fits(records.size())) {
      return new Problem(
          Problem.RAGGED,
          "found " + records.size() + " values, expected " + header.width() + " as in the header");
    }
    return read();
  }

  private Problem read() {
    for (int i = 0; i < values.length; i++) {
      int position = header.position(i);
      values[i] = position < 0 ? null : records.value(position);
      if (values[i] == null && position >= 0 && !records.isUtf8(position)) {
        return new Problem(
            Problem.INVALID_UTF8,
            plan.wanted().get(i).headers().get(0) + ": found bytes that are not UTF-8");
      }
    }
    return null;
  }

  private String required() {
    String names =
        plan.wanted().stream()
            .filter(column -> column.need() == CsvColumn.Need.REQUIRED)
            .map(column -> column.headers().get(0))
            .collect(Collectors.joining(", "));
    return names.substring(0, Math.min(SHOWN, names.length()));
  }

  @Override
  public String file() {
    return file;
  }

  @Override
  public long line() {
    return records == null ? 1 : records.line();
  }

  @Override
  public String reason() {
    return problem == null ? null : problem.reason();
  }

  @Override
  public String detail() {
    return problem == null ? null : problem.detail();
  }

  @Override
  public String value(int field) {
    return values[field];
  }

  @Override
  public void close() throws IOException {
    contents.close();
  }
}
