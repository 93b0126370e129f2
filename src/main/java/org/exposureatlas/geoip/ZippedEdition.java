package org.exposureatlas.geoip;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Files of an edition in the zip archive that its publisher ships. Licences and notes (*.txt) are
 * passed over.
 */
final class ZippedEdition {

  private static final int END_RECORD = 0x0605_4B50;
  private static final int END_RECORD_LENGTH = 22;
  private static final int ENTRY_COUNT = 10;

  private ZippedEdition() {}

  static void read(String place, byte[] archive, GeoIndex.Builder index) throws IOException {
    int announced = entryCount(place, archive);
    int found = 0;
    int read = 0;
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        found++;
        if (!entry.isDirectory() && !isNote(entry)) {
          EditionReader.content(
              place + "!" + entry.getName(), new BufferedInputStream(entries, 1 << 16), index);
          read++;
        }
      }
    }
    if (found != announced || read == 0) {
      throw new BrokenEditionException(
          place,
          "found "
              + read
              + " editions in "
              + found
              + " entries, expected "
              + announced
              + " entries",
          null);
    }
  }

  private static boolean isNote(ZipEntry entry) {
    return entry.getName().toLowerCase(Locale.ROOT).endsWith(".txt");
  }

  /** Number of entries by the record at the end, without which the archive is cut short. */
  private static int entryCount(String place, byte[] archive) {
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = archive.length - END_RECORD_LENGTH; at >= 0; at--) {
      if (bytes.getInt(at) == END_RECORD) {
        return Short.toUnsignedInt(bytes.getShort(at + ENTRY_COUNT));
      }
    }
    throw new BrokenEditionException(
        place + ", byte " + archive.length, "found the end, expected a central directory", null);
  }
}
