package org.exposureatlas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.exposureatlas",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String BASE = "org.exposureatlas";
  private static final String[] STAGES = {
    BASE + ".source..",
    BASE + ".raw..",
    BASE + ".csv..",
    BASE + ".ndjson..",
    BASE + ".xml..",
    BASE + ".geoip..",
    BASE + ".exposure..",
    BASE + ".country..",
    BASE + ".trend..",
    BASE + ".release..",
    BASE + ".report..",
    BASE + ".simulate.."
  };

  @ArchTest
  static final ArchRule STAGES_USE_NEITHER_JOB_NOR_STORE =
      noClasses()
          .that()
          .resideInAnyPackage(STAGES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BASE + ".job..", BASE + ".store..");

  @ArchTest
  static final ArchRule TRANSFORMATIONS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(
              BASE + ".source..", BASE + ".exposure..", BASE + ".country..", BASE + ".trend..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.spark.sql.SparkSession")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock");

  @ArchTest
  static final ArchRule ADDRESS_USES_THE_JDK_ONLY =
      classes()
          .that()
          .resideInAPackage(BASE + ".address..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(BASE + ".address..", "java..");

  @ArchTest
  static final ArchRule GZIP_USES_THE_JDK_ONLY =
      classes()
          .that()
          .resideInAPackage(BASE + ".gzip..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(BASE + ".gzip..", "java..");

  @ArchTest
  static final ArchRule STATISTICS_KNOWS_NO_SPARK =
      classes()
          .that()
          .resideInAPackage(BASE + ".statistics..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(BASE + ".statistics..", "java..", "org.apache.commons.statistics..");

  @ArchTest
  static final ArchRule RAW_READERS_KNOW_NO_SCAN_SOURCE =
      noClasses()
          .that()
          .resideInAnyPackage(BASE + ".raw..", BASE + ".csv..", BASE + ".ndjson..", BASE + ".xml..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BASE + ".source..", BASE + ".schema..", BASE + ".geoip..");

  @ArchTest
  static final ArchRule NO_LOCAL_FILES_ON_DATA_PATHS =
      noClasses()
          .that()
          .resideInAPackage(BASE + "..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.File");

  @ArchTest
  static final ArchRule NOBODY_USES_A_JOB =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".job..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BASE + ".job..");
}
