package org.exposureatlas.schema;

/** Columns of {@code country_rank}: one row per snapshot, measure and country. */
public final class CountryRank {
  public static final TableSchema TABLE = TableSchema.load("country_rank", "snapshot_date");

  public static final Field SNAPSHOT_DATE = TABLE.field("snapshot_date");
  public static final Field MEASURE = TABLE.field("measure");
  public static final Field COUNTRY_CODE = TABLE.field("country_code");
  public static final Field VALUE = TABLE.field("value");
  public static final Field VALUE_LOW95 = TABLE.field("value_low95");
  public static final Field VALUE_HIGH95 = TABLE.field("value_high95");
  public static final Field SHARE = TABLE.field("share");
  public static final Field SHARE_LOW95 = TABLE.field("share_low95");
  public static final Field SHARE_HIGH95 = TABLE.field("share_high95");
  public static final Field RANK = TABLE.field("rank");
  public static final Field RANK_LOW95 = TABLE.field("rank_low95");
  public static final Field RANK_HIGH95 = TABLE.field("rank_high95");
  public static final Field FIRST_PROBABILITY = TABLE.field("first_probability");
  public static final Field VALUE_PER_MILLION_IPV4 = TABLE.field("value_per_million_ipv4");
  public static final Field RANK_PER_MILLION_IPV4 = TABLE.field("rank_per_million_ipv4");
  public static final Field RANK_PER_MILLION_IPV4_LOW95 =
      TABLE.field("rank_per_million_ipv4_low95");
  public static final Field RANK_PER_MILLION_IPV4_HIGH95 =
      TABLE.field("rank_per_million_ipv4_high95");
  public static final Field FIRST_PROBABILITY_PER_MILLION_IPV4 =
      TABLE.field("first_probability_per_million_ipv4");
  public static final Field VALUE_PER_MILLION_PEOPLE = TABLE.field("value_per_million_people");
  public static final Field RANK_PER_MILLION_PEOPLE = TABLE.field("rank_per_million_people");
  public static final Field RANK_PER_MILLION_PEOPLE_LOW95 =
      TABLE.field("rank_per_million_people_low95");
  public static final Field RANK_PER_MILLION_PEOPLE_HIGH95 =
      TABLE.field("rank_per_million_people_high95");
  public static final Field FIRST_PROBABILITY_PER_MILLION_PEOPLE =
      TABLE.field("first_probability_per_million_people");
  public static final Field VALUE_PER_BILLION_GDP = TABLE.field("value_per_billion_gdp");
  public static final Field RANK_PER_BILLION_GDP = TABLE.field("rank_per_billion_gdp");
  public static final Field RANK_PER_BILLION_GDP_LOW95 = TABLE.field("rank_per_billion_gdp_low95");
  public static final Field RANK_PER_BILLION_GDP_HIGH95 =
      TABLE.field("rank_per_billion_gdp_high95");
  public static final Field FIRST_PROBABILITY_PER_BILLION_GDP =
      TABLE.field("first_probability_per_billion_gdp");
  public static final Field SHRUNK_PER_MILLION_IPV4 = TABLE.field("shrunk_per_million_ipv4");
  public static final Field SHRUNK_PER_MILLION_PEOPLE = TABLE.field("shrunk_per_million_people");
  public static final Field SHRUNK_PER_BILLION_GDP = TABLE.field("shrunk_per_billion_gdp");
  public static final Field SMALL_BASES = TABLE.field("small_bases");

  private CountryRank() {}
}
