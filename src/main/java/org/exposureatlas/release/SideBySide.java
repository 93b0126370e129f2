package org.exposureatlas.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Pieces of work done a few at a time. */
final class SideBySide {

  private SideBySide() {}

  /** What all of {@code work} returns, in its order; fails as the first that failed. */
  static <T> List<T> run(int atATime, Collection<? extends Callable<T>> work) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(atATime);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> piece : threads.invokeAll(work)) {
        results.add(piece.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing a release", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
