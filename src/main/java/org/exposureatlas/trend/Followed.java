package org.exposureatlas.trend;

import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The lives found in sights of stores: those that may go on, store by store, then those that ended,
 * equal ones counted together.
 */
final class Followed implements Iterator<Row> {

  /** A life; days since 1970-01-01. */
  private record Life(
      String country, String service, Integer unseenBefore, int firstSeen, int lastSeen) {

    Life seenAgain(int day) {
      return new Life(country, service, unseenBefore, firstSeen, day);
    }
  }

  private final Iterator<Row> sights;
  private final Lives lives;
  private final NavigableSet<LocalDate> kept;
  private final Map<Life, Long> ended = new HashMap<>();
  private Iterator<Map.Entry<Life, Long>> counted;
  private Row sight;
  private Row next;

  /**
   * @param sights store, country_code, service_type, unseen_before_date, first_seen_date and
   *     last_seen_date, days since 1970-01-01; the sights of a store one after the other, a life
   *     that goes on first, with a first_seen_date, then by day
   * @param kept the days with which lives that ended are kept, each with those of the days up to it
   */
  Followed(Iterator<Row> sights, Lives lives, NavigableSet<LocalDate> kept) {
    this.sights = sights;
    this.lives = lives;
    this.kept = kept;
    sight = nextSight();
    next = find();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Row found = next;
    next = find();
    return found;
  }

  private Row nextSight() {
    return sights.hasNext() ? sights.next() : null;
  }

  private Row find() {
    while (sight != null) {
      String store = sight.getString(0);
      Life life = lastLife(store);
      if (!lives.isOver(life.lastSeen)) {
        return row(kept.last(), store, life, null, 1);
      }
      end(life);
    }
    if (counted == null) {
      counted = ended.entrySet().iterator();
    }
    return counted.hasNext() ? row(counted.next()) : null;
  }

  /** The last life of a store; those before it end. */
  private Life lastLife(String store) {
    Life life = begun();
    for (sight = nextSight();
        sight != null && sight.getString(0).equals(store);
        sight = nextSight()) {
      int day = sight.getInt(5);
      if (lives.isOver(life.lastSeen, day)) {
        end(life);
        life = begun();
      } else {
        life = life.seenAgain(day);
      }
    }
    return life;
  }

  private Life begun() {
    int day = sight.getInt(5);
    boolean isNew = sight.isNullAt(4);
    return new Life(
        sight.getString(1),
        sight.getString(2),
        isNew ? lives.before(day) : sight.<Integer>getAs(3),
        isNew ? day : sight.getInt(4),
        day);
  }

  private void end(Life life) {
    ended.merge(life, 1L, Long::sum);
  }

  private Row row(Map.Entry<Life, Long> entry) {
    Life life = entry.getKey();
    LocalDate settled = LocalDate.ofEpochDay(lives.settled(life.lastSeen));
    return row(kept.ceiling(settled), null, life, lives.after(life.lastSeen), entry.getValue());
  }

  private static Row row(LocalDate asOf, String store, Life life, Integer unseenAfter, long count) {
    return RowFactory.create(
        Date.valueOf(asOf),
        unseenAfter != null,
        store,
        life.country,
        life.service,
        date(life.unseenBefore),
        date(life.firstSeen),
        date(life.lastSeen),
        date(unseenAfter),
        count);
  }

  private static Date date(Integer day) {
    return day == null ? null : Date.valueOf(LocalDate.ofEpochDay(day));
  }
}
