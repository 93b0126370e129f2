package org.exposureatlas.schema;

/**
 * Columns of {@code break}: one row per interruption of the series of a source, as of a day.
 * Figures before and after a change of method are not compared.
 */
public final class Break {
  public static final TableSchema TABLE = TableSchema.load("break", "as_of_date");

  public static final Field AS_OF_DATE = TABLE.field("as_of_date");
  public static final Field FROM_DATE = TABLE.field("from_date");
  public static final Field TO_DATE = TABLE.field("to_date");
  public static final Field SOURCE = TABLE.field("source");
  public static final Field SCOPE = TABLE.field("scope");
  public static final Field KIND = TABLE.field("kind");
  public static final Field TEXT = TABLE.field("text");

  private Break() {}
}
