package org.exposureatlas.gzip;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** Compressed by java.util.zip, without a header. */
final class Deflated {

  private static final int BUFFER = 1 << 16;

  private Deflated() {}

  /** With a level and strategy of {@link Deflater}, in pieces of some bytes that are flushed. */
  static byte[] of(byte[] content, int level, int strategy, int piece) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < content.length; at += piece) {
      deflater.setInput(content, at, Math.min(piece, content.length - at));
      while (!deflater.needsInput()) {
        take(deflater, Deflater.SYNC_FLUSH, out);
      }
    }
    return finished(deflater, out);
  }

  /** As a repetition of what came before. */
  static byte[] after(byte[] before, byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setDictionary(before);
    deflater.setInput(content);
    return finished(deflater, new ByteArrayOutputStream());
  }

  private static byte[] finished(Deflater deflater, ByteArrayOutputStream out) {
    deflater.finish();
    while (!deflater.finished()) {
      take(deflater, Deflater.NO_FLUSH, out);
    }
    deflater.end();
    return out.toByteArray();
  }

  private static void take(Deflater deflater, int flush, ByteArrayOutputStream out) {
    byte[] buffer = new byte[BUFFER];
    int length = deflater.deflate(buffer, 0, BUFFER, flush);
    out.write(buffer, 0, length);
  }
}
