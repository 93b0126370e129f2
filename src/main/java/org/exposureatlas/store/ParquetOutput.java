package org.exposureatlas.store;

import java.io.IOException;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A new file of an Iceberg table, as Parquet's own writer takes it. */
record ParquetOutput(org.apache.iceberg.io.OutputFile file) implements OutputFile {

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return positioned(file.create());
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return positioned(file.createOrOverwrite());
  }

  private static PositionOutputStream positioned(org.apache.iceberg.io.PositionOutputStream out) {
    return new DelegatingPositionOutputStream(out) {
      @Override
      public long getPos() throws IOException {
        return out.getPos();
      }
    };
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return file.location();
  }
}
