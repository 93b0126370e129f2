package org.exposureatlas.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  private static final int LENGTH = 11_000_003;

  private final byte[] content = new byte[LENGTH];
  private final AtomicLong position = new AtomicLong();
  private final AtomicLong progress = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  ReadAheadTest() {
    new Random(1).nextBytes(content);
  }

  /** Gives a few bytes at a time and notes how far it is. */
  private InputStream source(InputStream in) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("asked for one byte");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, Math.min(length, 70_001));
        position.addAndGet(Math.max(read, 0));
        return read;
      }

      @Override
      public void close() {
        closed.countDown();
      }
    };
  }

  private InputStream ahead(InputStream in) {
    return new ReadAhead(source(in), position::get, progress::addAndGet);
  }

  private static InputStream failing(Exception failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        if (failure instanceof IOException damage) {
          throw damage;
        }
        throw (RuntimeException) failure;
      }
    };
  }

  @Test
  void givesEveryByteInOrderAndTellsHowFarTheFileIs() throws Exception {
    try (InputStream in = ahead(new ByteArrayInputStream(content))) {
      assertThat(in.readAllBytes()).isEqualTo(content);
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(progress).hasValue(LENGTH);
    assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aFailureComesBehindAllBytesBeforeIt() {
    IOException damage = new IOException("invalid block type");
    InputStream in =
        ahead(new SequenceInputStream(new ByteArrayInputStream(content), failing(damage)));
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    assertThatThrownBy(() -> in.transferTo(found)).isSameAs(damage);
    assertThat(found.toByteArray()).isEqualTo(content);
    assertThat(closed.getCount()).isZero();
  }

  @Test
  void aFailureOfTheFileSystemKeepsItsKind() {
    IllegalStateException failure = new IllegalStateException("the disk is gone");
    assertThatThrownBy(() -> ahead(failing(failure)).readAllBytes()).isSameAs(failure);
  }

  @Test
  void theThreadEndsWhenItIsClosedEarly() throws Exception {
    InputStream in = ahead(new ByteArrayInputStream(content));
    assertThat(in.read()).isEqualTo(content[0] & 0xFF);
    in.close();
    assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void anInterruptedTakerDoesNotTakeItForDamage() {
    InputStream in = ahead(new ByteArrayInputStream(content));
    Thread.currentThread().interrupt();
    assertThatThrownBy(in::readAllBytes).isInstanceOf(IllegalStateException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
