package org.exposureatlas.raw;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Reads a stream in a thread of its own, a few blocks ahead of who takes the bytes: a large file is
 * decompressed on one core while its records are looked into on another.
 *
 * <p>Failures come where they would have come without the thread, behind all bytes read before
 * them. The thread closes the stream and ends at the end of the stream, after a failure, or soon
 * after {@link #close()}. To be used from one thread.
 */
final class ReadAhead extends InputStream {

  private static final int BLOCK_BYTES = 1 << 20;
  private static final int BLOCKS = 4;

  /** Some bytes; none at the end of the stream, which {@code failure} may have brought about. */
  private record Block(byte[] bytes, int length, long fileBytes, Throwable failure) {}

  private final InputStream in;
  private final LongSupplier fileBytes;
  private final LongConsumer progress;
  private final BlockingQueue<Block> filled = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BLOCKS + 1);
  private volatile boolean isClosed;
  private Block current = new Block(new byte[BLOCK_BYTES], 0, 0, null);
  private int position;
  private boolean isAtEnd;

  /**
   * Starts reading.
   *
   * @param fileBytes how far into the file {@code in} is by now
   * @param progress told, in the thread of the taker, how many more bytes of the file were read
   */
  ReadAhead(InputStream in, LongSupplier fileBytes, LongConsumer progress) {
    this.in = in;
    this.fileBytes = fileBytes;
    this.progress = progress;
    for (int i = 1; i < BLOCKS; i++) {
      free.add(new byte[BLOCK_BYTES]);
    }
    Thread thread = new Thread(this::readAll, "read-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  private void readAll() {
    Throwable failure = null;
    try (in) {
      byte[] bytes = free.take();
      int length = readBlock(bytes);
      while (length > 0 && !isClosed) {
        put(bytes, length, null);
        bytes = free.take();
        length = isClosed ? 0 : readBlock(bytes);
      }
    } catch (Throwable e) { // or the taker would wait for ever
      failure = e;
    }
    put(new byte[0], 0, failure);
  }

  /** Reads until the block is full or the stream ends; a failure keeps what came before it. */
  private int readBlock(byte[] bytes) throws IOException {
    int length = 0;
    try {
      while (length < bytes.length && !isClosed) {
        int read = in.read(bytes, length, bytes.length - length);
        if (read <= 0) {
          break;
        }
        length += read;
      }
    } catch (IOException | RuntimeException e) {
      put(bytes, length, null);
      throw e;
    }
    return length;
  }

  private void put(byte[] bytes, int length, Throwable failure) {
    filled.add(new Block(bytes, length, fileBytes.getAsLong(), failure));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (position == current.length && !isAtEnd) {
      next();
    }
    if (isAtEnd) {
      return -1;
    }
    int taken = Math.min(length, current.length - position);
    System.arraycopy(current.bytes, position, bytes, offset, taken);
    position += taken;
    return taken;
  }

  private void next() throws IOException {
    free.add(current.bytes);
    long before = current.fileBytes;
    current = take();
    position = 0;
    progress.accept(current.fileBytes - before);
    isAtEnd = current.bytes.length == 0;
    if (current.failure instanceof IOException damage) {
      throw damage;
    }
    if (current.failure instanceof RuntimeException failure) {
      throw failure;
    }
    if (current.failure != null) {
      throw new IllegalStateException("reading ahead failed", current.failure);
    }
  }

  /** A task that is killed is interrupted: that is no damage of the file. */
  private Block take() {
    try {
      return filled.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading ahead", e);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    free.offer(new byte[0]);
  }
}
