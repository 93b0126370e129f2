package org.exposureatlas.source;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.exposureatlas.schema.Observation;

/**
 * MongoDB's answer to {@code listDatabases}: bytes on disk of this member, indexes included.
 *
 * <p>The sum of the databases counts where it is more than 0, else the total: impostors of the
 * protocol give one without the other, and the two may disagree.
 *
 * @param list the parsed databases, as {@link #parse} gives them; NULL: none
 * @param totalText the total as text
 */
record MongoDatabases(Column list, Column totalText) {

  private static final String SERVICE = "mongodb";
  private static final double TOLERANCE = 0.01;
  private static final String NAME = "name";
  private static final String BYTES = "bytes";
  private static final String COLLECTIONS = "collections";

  /**
   * An array of (name, bytes as text, names of collections); NULL for a text that is no array.
   *
   * @param json array of databases
   * @param sizeMember member of a database that holds its size
   */
  static Column parse(Column json, String sizeMember) {
    Column parsed = from_json(json, databases(sizeMember), Map.of());
    return transform(
        parsed,
        database ->
            struct(
                database.getField(NAME).as(NAME),
                database.getField(sizeMember).as(BYTES),
                database.getField(COLLECTIONS).as(COLLECTIONS)));
  }

  private static DataType databases(String sizeMember) {
    return DataTypes.createArrayType(
        new StructType()
            .add(NAME, DataTypes.StringType)
            .add(sizeMember, DataTypes.StringType)
            .add(COLLECTIONS, DataTypes.createArrayType(DataTypes.StringType)));
  }

  /** Fills what MongoDB tells of itself. */
  ByService fill(ByService figures) {
    return figures
        .size(SERVICE, bytes(), "stored_primary")
        .with(SERVICE, Observation.SYSTEM_BYTES, systemBytes())
        .with(SERVICE, Observation.CONTAINER_COUNT, count())
        .with(SERVICE, Observation.INFECTED, isRansomed())
        .with(
            SERVICE,
            SourceRecord.FLAGS,
            array(
                when(isUnreadable(), SourceRecord.SIZE_UNREADABLE),
                when(disagree(), SourceRecord.SIZES_DISAGREE)));
  }

  /** Bytes of all databases; NULL where neither list nor total gives any. */
  private Column bytes() {
    Column listed = sum(list);
    return coalesce(when(listed.gt(0), listed), RawValues.whole(totalText), listed);
  }

  /** Bytes of admin, local and config; NULL where no list gives the sizes. */
  private Column systemBytes() {
    Column system =
        filter(list, database -> database.getField(NAME).isin("admin", "local", "config"));
    return when(sum(list).gt(0), sum(system));
  }

  /** Number of databases; NULL without a list. */
  private Column count() {
    return when(list.isNotNull(), size(list));
  }

  /** Whether a database or collection has a name that extortionists leave; NULL without a list. */
  private Column isRansomed() {
    Column names = transform(list, database -> database.getField(NAME));
    Column collections =
        flatten(
            transform(
                list,
                database ->
                    coalesce(database.getField(COLLECTIONS), array().cast("array<string>"))));
    return RansomNames.among(filter(concat(names, collections), Column::isNotNull));
  }

  /** Whether a size was given that is no whole number. */
  private Column isUnreadable() {
    Column anywhere =
        exists(
            filter(list, database -> database.getField(BYTES).isNotNull()),
            database -> RawValues.unreadable(database.getField(BYTES)));
    return coalesce(anywhere, lit(false)).or(RawValues.unreadable(totalText));
  }

  /** Whether sum and total differ by more than 1 % of the larger; false where one is missing. */
  private Column disagree() {
    Column listed = sum(list).cast(DataTypes.DoubleType);
    Column total = RawValues.whole(totalText).cast(DataTypes.DoubleType);
    Column most = greatest(abs(listed), abs(total));
    return coalesce(abs(listed.minus(total)).gt(most.multiply(TOLERANCE)), lit(false));
  }

  /** Sum of the readable sizes; 0 of no databases, NULL where none has a size or beyond 64 bits. */
  private static Column sum(Column databases) {
    return when(size(databases).equalTo(0), 0L)
        .otherwise(
            RawValues.sum(
                transform(databases, database -> RawValues.whole(database.getField(BYTES)))));
  }
}
