package org.exposureatlas.audit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.exposureatlas.schema.Field;
import org.exposureatlas.schema.TableSchema;

/**
 * A rule that every row must satisfy.
 *
 * @param name the rule in words, as the person on call reads it
 * @param violation true for a row that breaks it; NULL counts as satisfied
 */
public record AuditRule(String name, Column violation) {

  /** {@code field} must not be below 0. */
  public static AuditRule notNegative(Field field) {
    return new AuditRule(field.name() + " is not negative", field.col().lt(0));
  }

  /** {@code low} must not exceed {@code high}, where both are known. */
  public static AuditRule ordered(Field low, Field high) {
    return new AuditRule(low.name() + " is at most " + high.name(), low.col().gt(high.col()));
  }

  /** {@code field} must be a fraction, 0 to 1, where known. */
  public static AuditRule fraction(Field field) {
    return new AuditRule(field.name() + " is from 0 to 1", field.col().lt(0).or(field.col().gt(1)));
  }

  /** Either every one of {@code fields} is known, or none is: a day is measured or it is not. */
  public static AuditRule allOrNone(Field... fields) {
    Column known =
        Arrays.stream(fields)
            .map(field -> field.col().isNotNull().cast("int"))
            .reduce(Column::plus)
            .orElseThrow();
    return new AuditRule(
        Arrays.stream(fields).map(Field::name).collect(Collectors.joining(", "))
            + " are known together",
        known.gt(0).and(known.lt(fields.length)));
  }

  /** The rules of the declared schema, {@code nullable: false}, followed by {@code more}. */
  public static List<AuditRule> withSchema(TableSchema table, List<AuditRule> more) {
    Stream<AuditRule> required =
        Arrays.stream(table.structType().fields())
            .filter(field -> !field.nullable())
            .map(field -> table.field(field.name()))
            .map(field -> new AuditRule(field.name() + " is not NULL", field.col().isNull()));
    return Stream.concat(required, more.stream()).toList();
  }
}
