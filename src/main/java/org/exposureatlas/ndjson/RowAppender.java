package org.exposureatlas.ndjson;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/** Turns the values that a scanner found into a row of column vectors. */
final class RowAppender {

  private static final int MAX_DETAIL = 200;
  private static final int MAX_NUMBER_LENGTH = 1_000;
  private static final int MAX_ROOM = 1 << 20;

  private final List<JsonField> fields;
  private final FieldType[] types;
  private final JsonScanner scanner;
  private final long[] longs;
  private final double[] doubles;
  private final UTF8String[] texts;

  /** Of fields that are texts; null for others. */
  private final RecurringTexts[] recurring;

  /** Texts of a batch that are not kept for longer. */
  private byte[] room = new byte[1 << 16];

  private int used;

  RowAppender(List<JsonField> fields, JsonScanner scanner) {
    this.fields = fields;
    types = fields.stream().map(JsonField::type).toArray(FieldType[]::new);
    this.scanner = scanner;
    longs = new long[fields.size()];
    doubles = new double[fields.size()];
    texts = new UTF8String[fields.size()];
    recurring =
        Arrays.stream(types)
            .map(type -> type.isText() ? new RecurringTexts() : null)
            .toArray(RecurringTexts[]::new);
  }

  /** Begins a batch: texts of the one before are not looked at any more. */
  void startBatch() {
    used = 0;
  }

  /**
   * Checks and converts all values of the record just scanned.
   *
   * @throws Reject when one is not of its field's type
   */
  void convert(byte[] record) throws Reject {
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
        string(record, field);
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

  /** A number or truth value has no escapes to resolve. */
  private void string(byte[] record, int field) throws Reject {
    int start = scanner.start(field);
    int end = scanner.end(field);
    UTF8String known = recurring[field].find(record, start, end);
    if (known != null) {
      texts[field] = known;
    } else if (Words.isPlain(record, start, end)) {
      texts[field] = kept(record, field, start, end);
    } else {
      texts[field] = decoded(record, field, start, end);
    }
  }

  private void json(byte[] record, int field, byte kind) throws Reject {
    int quote = kind == JsonScanner.STRING ? 1 : 0;
    int start = scanner.start(field) - quote;
    int end = scanner.end(field) + quote;
    UTF8String known = recurring[field].find(record, start, end);
    if (known != null) {
      texts[field] = known;
    } else if (JsonText.isUtf8(record, start, end)) {
      texts[field] = kept(record, field, start, end);
    } else {
      throw new Reject(Reject.INVALID_UTF8, at(field) + "found bytes that are not UTF-8");
    }
  }

  /** A text that stands in the record as it is. */
  private UTF8String kept(byte[] record, int field, int start, int end) {
    if (RecurringTexts.isShort(start, end)) {
      return recurring[field].keep(record, start, end);
    }
    makeRoom(end - start);
    System.arraycopy(record, start, room, used, end - start);
    return taken(end - start);
  }

  private UTF8String decoded(byte[] record, int field, int start, int end) throws Reject {
    makeRoom(end - start);
    int length = JsonText.decode(record, start, end, room, used);
    if (length < 0) {
      throw new Reject(
          Reject.MALFORMED, at(field) + "found a bad escape or a control character in a string");
    }
    if (!JsonText.isUtf8(room, used, used + length)) {
      throw new Reject(Reject.INVALID_UTF8, at(field) + "found bytes that are not UTF-8");
    }
    return taken(length);
  }

  /** Texts that stand in the room before keep it. */
  private void makeRoom(int length) {
    if (room.length - used < length) {
      room = new byte[Math.max(length, Math.min(2 * room.length, MAX_ROOM))];
      used = 0;
    }
  }

  private UTF8String taken(int length) {
    UTF8String text = UTF8String.fromBytes(room, used, length);
    used += length;
    return text;
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
  void put(byte[] record, int field, ColumnVector vector, int row) {
    if (scanner.kind(field) <= JsonScanner.NULL) {
      return;
    }
    if (vector instanceof TextVector text) {
      text.put(row, texts[field]);
      return;
    }
    WritableColumnVector plain = (WritableColumnVector) vector;
    plain.putNotNull(row);
    switch (types[field]) {
      case LONG -> plain.putLong(row, longs[field]);
      case DOUBLE -> plain.putDouble(row, doubles[field]);
      default -> plain.putBoolean(row, record[scanner.start(field)] == 't');
    }
  }

  /** At most 200 characters, none of them a control character. */
  static UTF8String detail(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length() && safe.length() < MAX_DETAIL; i++) {
      char next = text.charAt(i);
      safe.append(Character.isISOControl(next) ? ' ' : next);
    }
    return UTF8String.fromString(safe.toString());
  }
}
