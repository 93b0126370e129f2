package org.exposureatlas.ndjson;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/** Turns the values that a scanner found into a row of column vectors. */
final class RowAppender {

  private static final int MAX_DETAIL = 200;
  private static final int MAX_NUMBER_LENGTH = 1_000;

  private final List<JsonField> fields;
  private final FieldType[] types;
  private final JsonScanner scanner;
  private final long[] longs;
  private final double[] doubles;
  private byte[] decoded = new byte[1 << 12];
  private int used;
  private final byte[][] texts;
  private final int[] textStarts;
  private final int[] textLengths;

  RowAppender(List<JsonField> fields, JsonScanner scanner) {
    this.fields = fields;
    types = fields.stream().map(JsonField::type).toArray(FieldType[]::new);
    this.scanner = scanner;
    longs = new long[fields.size()];
    doubles = new double[fields.size()];
    texts = new byte[fields.size()][];
    textStarts = new int[fields.size()];
    textLengths = new int[fields.size()];
  }

  /**
   * Checks and converts all values of the record just scanned.
   *
   * @throws Reject when one is not of its field's type
   */
  void convert(byte[] record) throws Reject {
    used = 0;
    for (int field = 0; field < types.length; field++) {
      byte kind = scanner.kind(field);
      if (kind > JsonScanner.NULL) {
        convert(record, field, kind);
      }
    }
  }

  private void convert(byte[] record, int field, byte kind) throws Reject {
    switch (types[field]) {
      case STRING -> {
        require(field, kind == JsonScanner.STRING);
        string(record, field);
      }
      case TEXT -> {
        require(field, kind < JsonScanner.OBJECT);
        if (kind == JsonScanner.STRING) {
          string(record, field);
        } else {
          text(record, field, scanner.start(field), scanner.end(field));
        }
      }
      case LONG -> {
        require(field, kind == JsonScanner.NUMBER);
        longs[field] = integer(record, field);
      }
      case DOUBLE -> {
        require(field, kind == JsonScanner.NUMBER);
        doubles[field] = number(record, field);
      }
      case BOOLEAN -> require(field, kind == JsonScanner.BOOLEAN);
      case JSON -> json(record, field, kind);
    }
  }

  private void require(int field, boolean holds) throws Reject {
    if (!holds) {
      throw new Reject(
          Reject.WRONG_TYPE,
          at(field)
              + "found "
              + JsonScanner.kindName(scanner.kind(field))
              + ", expected "
              + types[field].expected());
    }
  }

  private String at(int field) {
    return fields.get(field).path() + ": ";
  }

  private void string(byte[] record, int field) throws Reject {
    int start = scanner.start(field);
    int end = scanner.end(field);
    if (Words.isPlain(record, start, end)) {
      text(record, field, start, end);
      return;
    }
    if (decoded.length - used < end - start) {
      decoded = new byte[2 * (end - start) + decoded.length];
      used = 0;
    }
    int length = JsonText.decode(record, start, end, decoded, used);
    if (length < 0) {
      throw new Reject(
          Reject.MALFORMED, at(field) + "found a bad escape or a control character in a string");
    }
    if (!JsonText.isUtf8(decoded, used, used + length)) {
      throw new Reject(Reject.INVALID_UTF8, at(field) + "found bytes that are not UTF-8");
    }
    text(decoded, field, used, used + length);
    used += length;
  }

  private void json(byte[] record, int field, byte kind) throws Reject {
    int quote = kind == JsonScanner.STRING ? 1 : 0;
    int start = scanner.start(field) - quote;
    int end = scanner.end(field) + quote;
    if (!JsonText.isUtf8(record, start, end)) {
      throw new Reject(Reject.INVALID_UTF8, at(field) + "found bytes that are not UTF-8");
    }
    text(record, field, start, end);
  }

  private void text(byte[] bytes, int field, int start, int end) {
    texts[field] = bytes;
    textStarts[field] = start;
    textLengths[field] = end - start;
  }

  private long integer(byte[] record, int field) throws Reject {
    int start = scanner.start(field);
    int end = scanner.end(field);
    boolean negative = record[start] == '-';
    int digits = negative ? start + 1 : start;
    if (end - digits > 18) {
      return bigInteger(record, field);
    }
    long value = 0;
    for (int i = digits; i < end; i++) {
      int digit = record[i] - '0';
      if (digit < 0 || digit > 9) {
        return bigInteger(record, field);
      }
      value = 10 * value + digit;
    }
    return negative ? -value : value;
  }

  private long bigInteger(byte[] record, int field) throws Reject {
    BigDecimal value = decimal(record, field);
    if (value.precision() - value.scale() > 20) {
      throw outOfRange(field);
    }
    if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
      throw new Reject(Reject.WRONG_TYPE, at(field) + "found a fraction, expected integer");
    }
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      throw outOfRange(field);
    }
  }

  private Reject outOfRange(int field) {
    return new Reject(Reject.INVALID_NUMBER, at(field) + "found a number beyond 64 bits");
  }

  private double number(byte[] record, int field) throws Reject {
    double value = decimalText(record, field).transform(Double::parseDouble);
    if (Double.isInfinite(value)) {
      throw new Reject(Reject.INVALID_NUMBER, at(field) + "found a number beyond a double");
    }
    return value;
  }

  private BigDecimal decimal(byte[] record, int field) throws Reject {
    try {
      return new BigDecimal(decimalText(record, field));
    } catch (NumberFormatException e) {
      throw outOfRange(field);
    }
  }

  private String decimalText(byte[] record, int field) throws Reject {
    int start = scanner.start(field);
    int length = scanner.end(field) - start;
    if (length > MAX_NUMBER_LENGTH) {
      throw new Reject(
          Reject.INVALID_NUMBER,
          at(field) + "found " + length + " digits, expected at most " + MAX_NUMBER_LENGTH);
    }
    return new String(record, start, length, StandardCharsets.US_ASCII);
  }

  /**
   * Puts field {@code field} of the converted record, if it is there, into {@code vector}, in which
   * the row was NULL.
   */
  void put(byte[] record, int field, WritableColumnVector vector, int row) {
    if (scanner.kind(field) <= JsonScanner.NULL) {
      return;
    }
    vector.putNotNull(row);
    switch (types[field]) {
      case LONG -> vector.putLong(row, longs[field]);
      case DOUBLE -> vector.putDouble(row, doubles[field]);
      case BOOLEAN -> vector.putBoolean(row, record[scanner.start(field)] == 't');
      default -> vector.putByteArray(row, texts[field], textStarts[field], textLengths[field]);
    }
  }

  /** At most 200 characters, none of them a control character. */
  static byte[] detail(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length() && safe.length() < MAX_DETAIL; i++) {
      char next = text.charAt(i);
      safe.append(Character.isISOControl(next) ? ' ' : next);
    }
    return safe.toString().getBytes(StandardCharsets.UTF_8);
  }
}
