package org.exposureatlas.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InputsTest {

  /** What finds, copies and describes files, and decides nothing about their rows. */
  private static final Set<Class<?>> OTHER_CODE =
      Set.of(
          CodeDigest.class,
          Digests.class,
          Inputs.class,
          PlainFiles.class,
          Pseudonyms.class,
          PublishedRelease.class,
          Release.class,
          ReleaseDocuments.class,
          SideBySide.class,
          TakenOver.class);

  @Test
  void allCodeThatMakesDataFilesIsTheirInput() {
    Set<String> all =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.exposureatlas.release")
                .stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    OTHER_CODE.forEach(type -> all.remove(type.getName()));
    all.removeIf(name -> name.endsWith("package-info"));

    assertThat(Inputs.CODE).extracting(Class::getName).containsAll(all);
  }
}
