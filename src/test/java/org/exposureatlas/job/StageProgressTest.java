package org.exposureatlas.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageProgressTest {

  private static StageProgress of(int tasks, long files, long bytes) {
    return new StageProgress(new StageProgress.Work("ingest", tasks, files, bytes), 10_000);
  }

  @Test
  void readingFilesTellsFilesBytesRowsAndTimeLeft() {
    StageProgress stage = of(4, 4, 8_000_000);
    stage.ended(1, 2_000_000, 1_000, 990);
    stage.running(2, 1_500_000, 700);
    stage.running(2, 2_000_000, 1_200);
    assertThat(stage.sentence(16_000))
        .isEqualTo("  ingest: 1 of 4 files, 4.0 of 8.0 MB, 2,200 rows, 990 kept, about 6 s left");
  }

  @Test
  void otherWorkTellsPartsAndWhatItRead() {
    StageProgress stage = of(4, 0, 0);
    assertThat(stage.sentence(12_000)).isEqualTo("  ingest: 0 of 4 parts");
    stage.ended(1, 0, 0, 0);
    assertThat(stage.sentence(12_000)).isEqualTo("  ingest: 1 of 4 parts, about 6 s left");
    stage.ended(2, 500_000, 3_000, 0);
    assertThat(stage.sentence(12_000))
        .isEqualTo("  ingest: 2 of 4 parts, 0.5 MB read, 3,000 rows, about 2 s left");
    assertThat(stage.isWhole()).isFalse();
    stage.ended(3, 0, 0, 0);
    stage.ended(4, 0, 0, 0);
    assertThat(stage.isWhole()).isTrue();
  }
}
