package org.exposureatlas.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The decoder against java.util.zip: the same content, and the same streams refused. */
class DeflateDecoderPropertyTest {

  /** What was decoded before the end, or before damage or a cut. */
  private record Found(byte[] content, boolean isWhole) {}

  /** A stream that gives a few bytes at a time. */
  private static InputStream slow(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        return super.read(to, offset, Math.min(length, most));
      }
    };
  }

  private static Found ours(InputStream in, int most) {
    DeflateDecoder decoder = new DeflateDecoder(new BitSource(in));
    decoder.start();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int wanted = most + DeflateDecoder.SLACK_BYTES;
    byte[] buffer = new byte[DeflateDecoder.HISTORY_BYTES + wanted];
    try {
      int read = decoder.read(buffer, DeflateDecoder.HISTORY_BYTES, wanted);
      while (read >= 0) {
        content.write(buffer, DeflateDecoder.HISTORY_BYTES, read);
        System.arraycopy(buffer, read, buffer, 0, DeflateDecoder.HISTORY_BYTES);
        read = decoder.read(buffer, DeflateDecoder.HISTORY_BYTES, wanted);
      }
      return new Found(content.toByteArray(), true);
    } catch (IOException e) {
      return new Found(content.toByteArray(), false);
    }
  }

  private static Found theirs(byte[] deflated) {
    Inflater inflater = new Inflater(true);
    inflater.setInput(deflated);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    try {
      int length = inflater.inflate(buffer);
      while (length > 0) {
        content.write(buffer, 0, length);
        length = inflater.inflate(buffer);
      }
      return new Found(content.toByteArray(), inflater.finished());
    } catch (DataFormatException e) {
      return new Found(content.toByteArray(), false);
    } finally {
      inflater.end();
    }
  }

  private static void assertAlike(byte[] deflated) {
    Found ours = ours(new ByteArrayInputStream(deflated), 1 << 16);
    Found theirs = theirs(deflated);
    assertThat(ours.isWhole()).isEqualTo(theirs.isWhole());
    if (theirs.isWhole()) {
      assertThat(ours.content()).isEqualTo(theirs.content());
    } else {
      int common = Math.min(ours.content().length, theirs.content().length);
      assertThat(Arrays.copyOf(ours.content(), common))
          .isEqualTo(Arrays.copyOf(theirs.content(), common));
    }
  }

  /** New bytes and repetitions, near and far, of few and many different bytes. */
  @Provide
  Arbitrary<byte[]> contents() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.integers().between(0, 300_000),
            Arbitraries.of(1, 2, 7, 64, 256),
            Arbitraries.of(1, 3, 9, 300, 40_000))
        .as(DeflateDecoderPropertyTest::content);
  }

  private static byte[] content(long seed, int length, int bytes, int distance) {
    Random random = new Random(seed);
    byte[] content = new byte[length];
    int at = 0;
    while (at < length) {
      int repeated = Math.min(length - at, random.nextInt(400));
      int from = at - 1 - random.nextInt(distance);
      for (int i = 0; i < repeated; i++, at++, from++) {
        content[at] = from < 0 ? (byte) random.nextInt(bytes) : content[from];
      }
      for (int i = Math.min(length - at, random.nextInt(8)); i > 0; i--) {
        content[at++] = (byte) random.nextInt(bytes);
      }
    }
    return content;
  }

  @Provide
  Arbitrary<Integer> strategies() {
    return Arbitraries.of(Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY);
  }

  @Property(tries = 300)
  void whatWasCompressedIsDecoded(
      @ForAll("contents") byte[] content,
      @ForAll @IntRange(min = 0, max = 9) int level,
      @ForAll("strategies") int strategy,
      @ForAll @IntRange(min = 1_000, max = 500_000) int piece,
      @ForAll @IntRange(min = 1, max = 300_000) int most) {
    byte[] deflated = Deflated.of(content, level, strategy, piece);
    Found found = ours(slow(deflated, most), most);
    assertThat(found.isWhole()).isTrue();
    assertThat(found.content()).isEqualTo(content);
  }

  @Property(tries = 300)
  void damageIsFoundWhereTheOtherFindsIt(
      @ForAll("contents") byte[] content,
      @ForAll @IntRange(min = 0, max = 9) int level,
      @ForAll("strategies") int strategy,
      @ForAll Random random) {
    byte[] deflated = Deflated.of(content, level, strategy, 100_000);
    byte[] head = Arrays.copyOf(deflated, Math.min(deflated.length, 200));
    for (byte[] stream : new byte[][] {head, deflated}) {
      for (int i = 0; i < 20; i++) {
        byte[] damaged = stream.clone();
        damaged[random.nextInt(damaged.length)] ^= 1 << random.nextInt(Byte.SIZE);
        assertAlike(damaged);
      }
    }
  }

  @Property(tries = 3_000)
  void anyBytesAreReadOrRefusedAlike(@ForAll byte[] stream) {
    assertAlike(stream);
  }

  /** Codes of all lengths, with as many extra bits behind them as there may be. */
  @Property(tries = 200)
  void whateverCodesABlockHasItIsDecoded(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 200_000) int symbols) {
    byte[] stream = CodedBlock.of(random, symbols);
    assertThat(theirs(stream).isWhole()).isTrue();
    assertAlike(stream);
  }

  /** Bytes as rare as this have codes of fifteen bits, and two tables are looked up. */
  @Example
  void theLongestCodesAreDecoded() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = 0, count = 1, next = 1; i < 22; i++) {
      content.writeBytes(filled(count, i));
      int sum = count + next;
      count = next;
      next = sum;
    }
    byte[] deflated = Deflated.of(content.toByteArray(), 9, Deflater.HUFFMAN_ONLY, 1 << 20);
    assertThat(ours(new ByteArrayInputStream(deflated), 1_000).content())
        .isEqualTo(content.toByteArray());
  }

  private static byte[] filled(int count, int value) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
