package org.exposureatlas.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GzipContentTest {

  private static final byte[] CONTENT =
      "{\"ip\":\"198.51.100.7\"}\n{\"ip\":\"198.51.100.8\"}\n".getBytes(StandardCharsets.UTF_8);
  private static final int HEADER = 10;

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] read(byte[] file) throws IOException {
    return new GzipContent(new ByteArrayInputStream(file)).readAllBytes();
  }

  /** The header with these flags, what they announce, and the rest of {@link #CONTENT}'s gzip. */
  private static byte[] withHeader(int flags, byte[] announced) throws IOException {
    byte[] plain = gzip(CONTENT);
    byte[] header = Arrays.copyOf(plain, HEADER);
    header[3] = (byte) flags;
    return joined(header, announced, Arrays.copyOfRange(plain, HEADER, plain.length));
  }

  @Test
  void everyMemberIsRead() throws IOException {
    byte[] file = joined(gzip(CONTENT), gzip(new byte[0]), gzip(new byte[] {1}));
    assertThat(read(file)).isEqualTo(joined(CONTENT, new byte[] {1}));
  }

  @Test
  void bytesAreReadOneByOne() throws IOException {
    try (InputStream in = new GzipContent(new ByteArrayInputStream(gzip(new byte[] {7, -1})))) {
      assertThat(new int[] {in.read(), in.read(), in.read(), in.read()})
          .containsExactly(7, 255, -1, -1);
    }
  }

  @Test
  void nothingIsReadWhereNothingIsWanted() throws IOException {
    try (InputStream in = new GzipContent(new ByteArrayInputStream(gzip(new byte[] {7})))) {
      assertThat(in.read(new byte[1], 1, 0)).isZero();
      assertThat(in.read()).isEqualTo(7);
    }
  }

  @Test
  void whatIsReadInPlaceIsTheSame() throws IOException {
    byte[] content = new byte[1_000_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * (i / 50_000 + 1) >>> 3);
    }
    byte[] file = joined(gzip(content), gzip(CONTENT), gzip(content));
    GzipContent in = new GzipContent(new ByteArrayInputStream(file));
    byte[] found = new byte[2 * content.length + CONTENT.length + 1_000];
    int at = 0;
    for (int read = 0;
        read >= 0;
        read = in.readBehind(found, at, Math.min(70_000, found.length - at))) {
      at += read;
    }
    assertThat(Arrays.copyOf(found, at)).isEqualTo(joined(content, CONTENT, content));
  }

  @Test
  void whatAHeaderSaysIsPassedOver() throws IOException {
    byte[] extra = {3, 0, 'a', 'b', 0};
    byte[] name = {'n', 'a', 'm', 'e', 0};
    byte[] comment = {0};
    int flags = 1 | 4 | 8 | 16;
    assertThat(read(withHeader(flags, joined(extra, name, comment)))).isEqualTo(CONTENT);
  }

  @Test
  void aHeaderMayHaveAChecksum() throws IOException {
    byte[] whole = withHeader(2, new byte[2]);
    CRC32 checksum = new CRC32();
    checksum.update(whole, 0, HEADER);
    whole[HEADER] = (byte) checksum.getValue();
    whole[HEADER + 1] = (byte) (checksum.getValue() >>> Byte.SIZE);
    assertThat(read(whole)).isEqualTo(CONTENT);
    whole[HEADER] ^= 1;
    assertThatThrownBy(() -> read(whole))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("header checksum");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 'found 8b1e, expected 8b1f, the start of a gzip'",
    "2, 'found compression method 9, expected 8: the gzip is damaged'"
  })
  void anotherFormatIsNamed(int place, String message) throws IOException {
    byte[] file = gzip(CONTENT);
    file[place] ^= 1;
    assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class).hasMessage(message);
  }

  @Test
  void flagsOfNoMeaningAreRefused() {
    assertThatThrownBy(() -> read(withHeader(0x40, new byte[0])))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found reserved header flags 40");
  }

  @ParameterizedTest
  @CsvSource({"8, checksum", "4, length"})
  void whatStandsBehindTheContentIsCompared(int fromEnd, String what) throws IOException {
    byte[] file = gzip(CONTENT);
    file[file.length - fromEnd] ^= 1;
    InputStream in = new GzipContent(new ByteArrayInputStream(file));
    assertThat(in.readNBytes(CONTENT.length)).isEqualTo(CONTENT);
    assertThatThrownBy(in::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(what + " of the content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "\0\0\0\0"})
  void whatIsNoMemberBehindAMemberIsAnError(String behind) throws IOException {
    byte[] file = joined(gzip(CONTENT), behind.getBytes(StandardCharsets.US_ASCII));
    InputStream in = new GzipContent(new ByteArrayInputStream(file));
    assertThat(in.readNBytes(CONTENT.length)).isEqualTo(CONTENT);
    assertThatThrownBy(in::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected 8b1f");
  }

  @Test
  void aFileThatIsCutOffAnywhereGivesWhatItHas() throws IOException {
    byte[] file = joined(gzip(CONTENT), gzip(CONTENT));
    byte[] content = joined(CONTENT, CONTENT);
    int between = gzip(CONTENT).length;
    for (int length = 0; length < file.length; length++) {
      if (length != between) {
        InputStream in = new GzipContent(new ByteArrayInputStream(file, 0, length));
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        assertThatThrownBy(() -> in.transferTo(found))
            .isInstanceOf(EOFException.class)
            .hasMessage("found the end of the file, expected the rest of a gzip");
        assertThat(found.toByteArray()).isEqualTo(Arrays.copyOf(content, found.size()));
        assertThat(found.size()).isBetween(length < between ? 0 : CONTENT.length, content.length);
      }
    }
  }

  @Test
  void aMemberKnowsNothingOfTheOneBefore() throws IOException {
    byte[] repeated = Deflated.after(CONTENT, CONTENT);
    byte[] file = joined(gzip(CONTENT), Arrays.copyOf(gzip(CONTENT), HEADER), repeated);
    InputStream in = new GzipContent(new ByteArrayInputStream(file));
    assertThat(in.readNBytes(CONTENT.length)).isEqualTo(CONTENT);
    assertThatThrownBy(in::readAllBytes)
        .isInstanceOf(IOException.class)
        .hasMessage("found a repetition of what stands before the start of a gzip");
  }
}
