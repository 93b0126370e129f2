package org.exposureatlas.ndjson;

import java.util.Arrays;

/**
 * One pass over a record's bytes that notes where the wanted values stand and builds nothing.
 *
 * <p>The whole record must be sound JSON (RFC 8259) in structure, numbers and literals; strings
 * that are not wanted are passed over without decoding. Of members with the same name the last
 * counts.
 */
final class JsonScanner {

  /** Kinds of value. */
  static final byte ABSENT = 0;

  static final byte NULL = 1;
  static final byte STRING = 2;
  static final byte NUMBER = 3;
  static final byte BOOLEAN = 4;
  static final byte OBJECT = 5;
  static final byte ARRAY = 6;

  /** Deeper nesting is refused. */
  static final int MAX_DEPTH = 512;

  private static final String[] KIND_NAMES = {
    "nothing", "null", "string", "number", "boolean", "object", "array"
  };

  private final PathTrie root;
  private final byte[] kinds;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] isObject = new boolean[MAX_DEPTH + 1];
  private final Spans exploded = new Spans();
  private final Precedent[] precedents = new Precedent[Precedent.KINDS];

  private byte[] bytes;
  private int origin;
  private int end;
  private boolean inLine;
  private int nameEnd;
  private boolean nameEscaped;
  private Precedent precedent;
  private int nextNumber;
  private PathTrie memberNode;
  private int memberValue;
  private boolean carrier;

  JsonScanner(PathTrie root, int fieldCount) {
    this.root = root;
    kinds = new byte[fieldCount];
    starts = new int[fieldCount];
    ends = new int[fieldCount];
  }

  static String kindName(byte kind) {
    return KIND_NAMES[kind];
  }

  byte kind(int field) {
    return kinds[field];
  }

  /** First byte of the value; of a string, the one behind its quote. */
  int start(int field) {
    return starts[field];
  }

  /** Behind the last byte of the value; of a string, its closing quote. */
  int end(int field) {
    return ends[field];
  }

  /** Lets {@code field} have the value of {@code kind} that stands elsewhere in the same bytes. */
  void place(int field, byte kind, int start, int valueEnd) {
    kinds[field] = kind;
    starts[field] = start;
    ends[field] = valueEnd;
  }

  /** Whether the record carries records of its own in an exploded member. */
  boolean isCarrier() {
    return carrier;
  }

  /** Elements of the exploded arrays, and member values of the exploded objects, of a carrier. */
  Spans exploded() {
    return exploded;
  }

  /**
   * Scans one record.
   *
   * @throws Reject when it is no sound JSON object
   */
  void scan(byte[] record, int from, int to) throws Reject {
    inLine = false;
    int at = readRecord(record, from, to);
    if (at != end) {
      throw malformed(at, "nothing after the object");
    }
  }

  /**
   * Scans the record that starts at a place, if it is a sound one alone on its line: then its line
   * need not be looked for first. All else is left to {@link #scan}.
   *
   * @param to end of the bytes there are, perhaps many lines further on
   * @return the place of the line feed behind the record; -1: not scanned
   */
  int scanLine(byte[] records, int from, int to) {
    inLine = true;
    try {
      int at = readRecord(records, from, to);
      return at < end && bytes[at] == '\n' ? at : -1;
    } catch (Reject reject) {
      return -1;
    }
  }

  // Every method below takes the place it starts at and returns the place behind what it read.

  private int readRecord(byte[] record, int from, int to) throws Reject {
    bytes = record;
    origin = from;
    end = to;
    carrier = false;
    exploded.clear();
    Arrays.fill(kinds, ABSENT);
    int at = skipSpace(from);
    if (at == end || bytes[at] != '{') {
      throw malformed(at, "an object");
    }
    precedent = precedent(at);
    precedent.begin(at);
    int behind = readObject(root, at, 1, precedent.outline());
    precedent.finish(bytes, behind, carrier);
    return skipSpace(behind);
  }

  private Precedent precedent(int open) {
    int kind = Precedent.kind(bytes, open);
    if (precedents[kind] == null) {
      precedents[kind] = new Precedent();
    }
    return precedents[kind];
  }

  /**
   * Reads an object; members that are as they were in the precedent are passed over.
   *
   * @param outline of the object in this place of the precedent; null: none
   */
  private int readObject(PathTrie node, int open, int depth, Outline outline) throws Reject {
    boolean isLearning = outline != null && precedent.isLearning();
    if (isLearning) {
      outline.begin(node);
    }
    int at = skipSpace(open + 1);
    if (byteAt(at) == '}') {
      return endObject(outline, isLearning, at + 1);
    }
    Outline known = isLearning || outline == null || !outline.isOf(node) ? null : outline;
    int number = 0;
    while (true) {
      if (known != null) {
        int same = precedent.same(known, number, bytes, at, end);
        if (same > 0) {
          precedent.placeInto(this, known, at);
          at += same;
          if (precedent.isAtEnd(known)) {
            return at;
          }
          at = skipSpace(at);
          number = precedent.nextNumber(known);
        }
      }
      int scalar = known == null ? 0 : precedent.scalar(known, bytes, at, end);
      if (scalar > 0) {
        at = skipSpace(readScalar(known, at, scalar));
        number = precedent.numberBehind(known);
      } else {
        Outline inner = null;
        if (isLearning) {
          inner = precedent.add(outline, number, at);
        } else if (known != null) {
          inner = known.inner(number);
        }
        int behind = readMember(node, number, at, depth, inner);
        if (isLearning) {
          precedent.noteValue(outline, memberValue, behind);
          precedent.notePlaced(outline, memberNode, this);
        }
        at = skipSpace(behind);
        number = nextNumber;
      }
      byte next = byteAt(at);
      if (next == '}') {
        return endObject(outline, isLearning, at + 1);
      }
      if (next != ',') {
        throw malformed(at, "',' or '}'");
      }
      at = skipSpace(at + 1);
    }
  }

  /** Reads a string, from what is not as in the precedent on, or a number. */
  private int readScalar(Outline known, int at, int value) throws Reject {
    int behind =
        bytes[value] == '"'
            ? endOfString(value, precedent.differentInString(known, at))
            : skipNumber(value);
    precedent.placeScalar(this, known, value, behind);
    return behind;
  }

  private int endObject(Outline outline, boolean isLearning, int behind) {
    if (isLearning) {
      precedent.end(outline, behind);
    }
    return behind;
  }

  /**
   * Reads name and value; notes the number that the next member has, if it is the one that came
   * next before, and of this one its node, if anything of it is wanted, and where its value starts.
   */
  private int readMember(PathTrie node, int number, int at, int depth, Outline outline)
      throws Reject {
    Member member = node.member(number);
    int value;
    int following;
    if (member != null && member.isNamedAt(bytes, at, end)) {
      value = skipSpace(at + member.nameLength());
      following = number + 1;
    } else {
      value = skipName(at);
      PathTrie child = child(node, at + 1);
      boolean isPlain = !nameEscaped && bytes[nameEnd + 1] == ':';
      int known = isPlain ? node.learn(bytes, at, nameEnd + 2, child) : -1;
      if (known < 0) {
        int behind = child == null ? skipValue(value, depth) : readValue(child, value, depth, null);
        nextNumber = number;
        memberNode = child;
        memberValue = value;
        return behind;
      }
      member = node.member(known);
      following = known + 1;
    }
    PathTrie named = member.node();
    int behind =
        named.isUnwanted()
            ? skipMember(member, value, depth, outline)
            : readValue(named, value, depth, outline);
    nextNumber = following;
    memberNode = named;
    memberValue = value;
    return behind;
  }

  private int skipMember(Member member, int at, int depth, Outline outline) throws Reject {
    byte first = byteAt(at);
    if (first != '{' && first != '[') {
      return skipScalar(at, first);
    }
    int repeated = member.repeated(bytes, at, end);
    if (repeated > 0 && !(outline != null && precedent.isLearning())) {
      return at + repeated;
    }
    int behind =
        first == '{' && depth < MAX_DEPTH
            ? readObject(member.node(), at, depth + 1, outline)
            : skipValue(at, depth);
    member.keep(bytes, at, behind);
    return behind;
  }

  /** The member whose name was just passed over. */
  private PathTrie child(PathTrie node, int start) throws Reject {
    if (!nameEscaped || node.isUnwanted()) {
      return node.child(bytes, start, nameEnd);
    }
    byte[] name = new byte[nameEnd - start];
    int length = JsonText.decode(bytes, start, nameEnd, name, 0);
    if (length < 0) {
      throw malformed(nameEnd, "a valid escape in a member name");
    }
    return node.child(name, 0, length);
  }

  private int readValue(PathTrie node, int start, int depth, Outline outline) throws Reject {
    for (int field : node.fieldsBelow()) {
      kinds[field] = ABSENT;
    }
    byte kind = kindOf(start);
    int behind;
    if (depth == 1 && node.isExploded() && (kind == ARRAY || kind == OBJECT || kind == NULL)) {
      carrier = true;
      behind = readElements(start, kind);
    } else if (kind == OBJECT && node.hasChildren()) {
      if (depth == MAX_DEPTH) {
        throw malformed(start, "at most " + MAX_DEPTH + " levels");
      }
      behind = readObject(node, start, depth + 1, outline);
    } else {
      behind = skipValue(start, depth);
    }
    int quote = kind == STRING ? 1 : 0;
    for (int field : node.fields()) {
      kinds[field] = kind;
      starts[field] = start + quote;
      ends[field] = behind - quote;
    }
    return behind;
  }

  private int readElements(int start, byte kind) throws Reject {
    if (kind == NULL) {
      return skipValue(start, 1);
    }
    byte close = kind == OBJECT ? (byte) '}' : (byte) ']';
    int at = skipSpace(start + 1);
    while (byteAt(at) != close) {
      int element = kind == OBJECT ? skipName(at) : at;
      at = skipValue(element, 2);
      exploded.add(element, at);
      at = skipSpace(at);
      byte next = byteAt(at);
      if (next == close) {
        break;
      }
      if (next != ',') {
        throw malformed(at, "',' or '" + (char) close + "'");
      }
      at = skipSpace(at + 1);
      if (byteAt(at) == close) {
        throw malformed(at, "a value");
      }
    }
    return at + 1;
  }

  /** Passes over a value of any kind without recursion. */
  private int skipValue(int start, int depth) throws Reject {
    byte first = byteAt(start);
    if (first != '{' && first != '[') {
      return skipScalar(start, first);
    }
    int level = 0;
    int at = start;
    while (true) {
      first = byteAt(at);
      if (first == '{' || first == '[') {
        if (depth + level >= MAX_DEPTH) {
          throw malformed(at, "at most " + MAX_DEPTH + " levels");
        }
        boolean object = first == '{';
        isObject[++level] = object;
        at = skipSpace(at + 1);
        if (byteAt(at) != (object ? '}' : ']')) {
          at = object ? skipName(at) : at;
          continue;
        }
        level--;
        at++;
      } else {
        at = skipScalar(at, first);
      }
      while (level > 0) {
        at = skipSpace(at);
        byte next = byteAt(at);
        if (next == ',') {
          at = skipSpace(at + 1);
          at = isObject[level] ? skipName(at) : at;
          break;
        }
        if (next != (isObject[level] ? '}' : ']')) {
          throw malformed(at, isObject[level] ? "',' or '}'" : "',' or ']'");
        }
        level--;
        at++;
      }
      if (level == 0) {
        return at;
      }
    }
  }

  /** Passes over a member's name and the colon, to its value; notes where the name ends. */
  private int skipName(int quote) throws Reject {
    if (byteAt(quote) != '"') {
      throw malformed(quote, "a member name");
    }
    int at = skipString(quote);
    nameEnd = at - 1;
    nameEscaped = false;
    for (int i = quote + 1; i < nameEnd; i++) {
      nameEscaped |= bytes[i] == '\\';
    }
    at = skipSpace(at);
    if (byteAt(at) != ':') {
      throw malformed(at, "':'");
    }
    return skipSpace(at + 1);
  }

  private int skipScalar(int at, byte first) throws Reject {
    return switch (first) {
      case '"' -> skipString(at);
      case 't' -> skipLiteral(at, "true");
      case 'f' -> skipLiteral(at, "false");
      case 'n' -> skipLiteral(at, "null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> skipNumber(at);
      default -> throw malformed(at, "a value");
    };
  }

  private byte kindOf(int at) throws Reject {
    return switch (byteAt(at)) {
      case '"' -> STRING;
      case '{' -> OBJECT;
      case '[' -> ARRAY;
      case 't', 'f' -> BOOLEAN;
      case 'n' -> NULL;
      default -> NUMBER;
    };
  }

  private int skipString(int quote) throws Reject {
    return endOfString(quote, quote + 1);
  }

  /**
   * The place behind a string, looked for from a place in it on. A quote behind an odd number of
   * backslashes is part of the string.
   */
  private int endOfString(int quote, int from) throws Reject {
    int at = Words.quoteOrControl(bytes, from, end);
    while (at < end && (bytes[at] != '"' ? !inLine : isEscaped(at, quote))) {
      at = Words.quoteOrControl(bytes, at + 1, end);
    }
    if (at >= end || bytes[at] != '"') {
      throw malformed(at, "the end of a string");
    }
    return at + 1;
  }

  private boolean isEscaped(int at, int quote) {
    int first = at;
    while (first - 1 > quote && bytes[first - 1] == '\\') {
      first--;
    }
    return (at - first) % 2 == 1;
  }

  private int skipLiteral(int start, String literal) throws Reject {
    for (int i = 0; i < literal.length(); i++) {
      if (start + i >= end || bytes[start + i] != literal.charAt(i)) {
        throw malformed(start, literal);
      }
    }
    return endOfWord(start + literal.length(), literal);
  }

  private int skipNumber(int start) throws Reject {
    int first = bytes[start] == '-' ? start + 1 : start;
    int at = skipDigits(first);
    if (at > first + 1 && bytes[first] == '0') {
      throw malformed(first, "a number");
    }
    if (at < end && bytes[at] == '.') {
      at = skipDigits(at + 1);
    }
    if (at < end && (bytes[at] | 0x20) == 'e') {
      boolean signed = at + 1 < end && (bytes[at + 1] == '+' || bytes[at + 1] == '-');
      at = skipDigits(signed ? at + 2 : at + 1);
    }
    return endOfWord(at, "a number");
  }

  private int skipDigits(int start) throws Reject {
    int at = start;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed(at, "a digit");
    }
    return at;
  }

  private int endOfWord(int at, String word) throws Reject {
    if (at < end && isWordByte(bytes[at])) {
      throw malformed(at, "the end of " + word);
    }
    return at;
  }

  private static boolean isWordByte(byte value) {
    return value >= 'a' && value <= 'z'
        || value >= 'A' && value <= 'Z'
        || value >= '0' && value <= '9'
        || value == '_'
        || value == '$';
  }

  private int skipSpace(int start) {
    return start < end && bytes[start] <= ' ' ? skipSpaces(start) : start;
  }

  private int skipSpaces(int start) {
    int at = start;
    while (at < end && isSpace(bytes[at]) && !(inLine && bytes[at] == '\n')) {
      at++;
    }
    return at;
  }

  static boolean isSpace(byte value) {
    return value == ' ' || value == '\n' || value == '\r' || value == '\t';
  }

  private byte byteAt(int at) throws Reject {
    if (at >= end) {
      throw malformed(end, "more");
    }
    return bytes[at];
  }

  private Reject malformed(int at, String expected) {
    String found = at >= end ? "the end" : describe(bytes[at]);
    return new Reject(
        Reject.MALFORMED,
        "byte " + (at - origin + 1) + ": found " + found + ", expected " + expected);
  }

  private static String describe(byte value) {
    return value > ' ' && value < 0x7f
        ? "'" + (char) value + "'"
        : "byte 0x" + Integer.toHexString(value & 0xff);
  }

  /** Pairs of start and end, growing as needed. */
  static final class Spans {
    private int[] bounds = new int[16];
    private int size;

    void clear() {
      size = 0;
    }

    void add(int start, int end) {
      if (2 * size == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * bounds.length);
      }
      bounds[2 * size] = start;
      bounds[2 * size + 1] = end;
      size++;
    }

    int size() {
      return size;
    }

    int start(int index) {
      return bounds[2 * index];
    }

    int end(int index) {
      return bounds[2 * index + 1];
    }
  }
}
