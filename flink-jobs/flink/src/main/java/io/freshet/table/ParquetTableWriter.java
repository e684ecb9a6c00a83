/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** A Parquet file: zstd, row groups of a fixed size, no time or name of a machine in it. */
final class ParquetTableWriter implements TableWriter {

    private static final long ROW_GROUP_BYTES = 64L << 20;

    private final RowCheck check;
    private final ParquetWriter<@Nullable Object[]> out;

    ParquetTableWriter(Path file, TableSchema schema) throws IOException {
        check = new RowCheck(file, schema);
        out = new ParquetRows.Builder(new ParquetOutput(file), schema)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(ParquetCodecs.INSTANCE)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        check.accept(row);
        out.write(row);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
