package org.exposureatlas.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.exposureatlas.statistics.KaplanMeier;
import org.exposureatlas.statistics.Lifetime;
import org.exposureatlas.statistics.MedianLife;
import org.junit.jupiter.api.Test;

class FollowedTest {

  private static final int MISSED = 3;

  private static Row sight(String store, int day) {
    return RowFactory.create(store, "NL", "redis", null, null, day);
  }

  private static Stream<Row> sights(String store, int... days) {
    return IntStream.of(days).mapToObj(day -> sight(store, day));
  }

  private static Iterator<Row> follow(int[] snapshots, Stream<Row> sights) {
    LocalDate last = LocalDate.ofEpochDay(snapshots[snapshots.length - 1]);
    return new Followed(
        sights.iterator(), new Lives(snapshots, MISSED), new TreeSet<>(List.of(last)));
  }

  private static Long day(Row life, int column) {
    return life.isNullAt(column) ? null : (Long) life.getDate(column).toLocalDate().toEpochDay();
  }

  /** Store, day before, first and last day, day after, and how many. */
  private static List<String> lives(int[] snapshots, Stream<Row> sights) {
    List<String> lives = new ArrayList<>();
    follow(snapshots, sights)
        .forEachRemaining(
            life ->
                lives.add(
                    life.getString(2)
                        + " "
                        + day(life, 5)
                        + " "
                        + day(life, 6)
                        + " "
                        + day(life, 7)
                        + " "
                        + day(life, 8)
                        + " x"
                        + life.getLong(9)));
    return lives;
  }

  private static int[] days(int count) {
    return IntStream.range(0, count).toArray();
  }

  @Test
  void aLifeIsKnownByTheSnapshotsAroundIt() {
    assertThat(lives(days(20), sights("a", 4, 5, 6))).containsExactly("null 3 4 6 7 x1");
    assertThat(lives(new int[] {0, 2, 6, 7, 8, 9}, sights("a", 2)))
        .containsExactly("null 0 2 2 6 x1");
  }

  @Test
  void aStoreMissedLessOftenIsNotGone() {
    assertThat(lives(days(20), sights("a", 4, 7))).containsExactly("null 3 4 7 8 x1");
  }

  @Test
  void aStoreThatComesBackLaterHasAnotherLife() {
    assertThat(lives(days(20), sights("a", 4, 8)))
        .containsExactlyInAnyOrder("null 3 4 4 5 x1", "null 7 8 8 9 x1");
  }

  @Test
  void equalLivesThatEndedAreCountedTogetherAfterThoseThatMayGoOn() {
    Stream<Row> sights =
        Stream.of(sights("a", 4, 5), sights("b", 18), sights("c", 4, 5)).flatMap(rows -> rows);

    assertThat(lives(days(20), sights)).containsExactly("b 17 18 18 null x1", "null 3 4 5 6 x2");
  }

  @Test
  void aStoreThatWasThereInTheFirstSnapshotIsOfUnknownAge() {
    assertThat(lives(days(20), sights("a", 0, 1))).containsExactly("null null 0 1 2 x1");
  }

  @Test
  void aLifeGoesOnFromWhatWasKnownOfIt() {
    Row begun = RowFactory.create("a", "NL", "redis", 3, 4, 17);

    assertThat(lives(days(20), Stream.concat(Stream.of(begun), sights("a", 18, 19))))
        .containsExactly("a 3 4 19 null x1");
    assertThat(lives(days(21), Stream.of(begun))).containsExactly("null 3 4 17 18 x1");
    assertThat(lives(days(30), Stream.concat(Stream.of(begun), sights("a", 29))))
        .containsExactly("a 28 29 29 null x1", "null 3 4 17 18 x1");
  }

  @Test
  void sameDayIsOneSightAndNothingIsLeftAfterTheLast() {
    Iterator<Row> lives = follow(days(20), sights("a", 18, 18));

    assertThat(lives.next().getString(2)).isEqualTo("a");
    assertThat(lives).isExhausted();
    assertThatThrownBy(lives::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aSightOnAnotherDayThanASnapshotIsRefused() {
    assertThatThrownBy(() -> lives(new int[] {0, 2}, sights("a", 1)))
        .hasMessage("found a sight on day 1, expected a snapshot");
  }

  @Test
  void theMedianIsWithinFivePercentOfTheTruth() {
    int[] snapshots = IntStream.range(-400, 200).filter(day -> day % 31 != 5).toArray();
    for (double median : new double[] {5, 9, 30, 75}) {
      SplittableRandom random = new SplittableRandom(2_022);
      Stream<Row> sights =
          IntStream.range(0, 30_000)
              .boxed()
              .flatMap(
                  store -> {
                    double opened = -400 + 600 * random.nextDouble();
                    double age = -median / Math.log(2) * Math.log(random.nextDouble());
                    return IntStream.of(snapshots)
                        .filter(day -> day >= opened && day < opened + age)
                        .filter(day -> random.nextDouble() > 0.02)
                        .mapToObj(day -> sight("store " + store, day));
                  });
      List<Lifetime> watched = new ArrayList<>();
      follow(snapshots, sights).forEachRemaining(life -> addWatched(watched, life));

      assertThat(MedianLife.of(KaplanMeier.fit(watched), 1).age())
          .as("true median " + median)
          .isCloseTo(median, within(0.05 * median));
    }
  }

  /** Adds what was watched of a life from day 0 to day 197, the last that is settled. */
  private static void addWatched(List<Lifetime> watched, Row life) {
    if (life.isNullAt(5) || day(life, 7) < 0) {
      return;
    }
    double opened = (day(life, 5) + day(life, 6)) / 2.0;
    boolean isClosed = life.getBoolean(1);
    double exit = (isClosed ? (day(life, 7) + day(life, 8)) / 2.0 : 197) - opened;
    double entry = Math.max(0, -opened);
    if (exit > entry) {
      watched.add(
          new Lifetime(
              entry,
              exit,
              isClosed ? Lifetime.End.CLOSED : Lifetime.End.STILL_OPEN,
              life.getLong(9)));
    }
  }
}
