/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compression of pages, with the libraries that the Kafka client brings: Parquet's own factory needs Hadoop's codecs.
 * Pages are written with zstd and read with what common programs write. Safe to use from any thread.
 */
final class ParquetCodecs implements CompressionCodecFactory {

    static final ParquetCodecs INSTANCE = new ParquetCodecs();

    private static final int ZSTD_LEVEL = 3;

    /** Undoes the compression of a page of known length. */
    @FunctionalInterface
    private interface Unpacking {
        byte[] unpack(byte[] packed, int length) throws IOException;
    }

    private ParquetCodecs() {}

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("Pages are written with zstd, not " + codec);
        }
        return new BytesInputCompressor() {
            @Override
            public BytesInput compress(BytesInput bytes) throws IOException {
                return BytesInput.from(Zstd.compress(bytes.toByteArray(), ZSTD_LEVEL));
            }

            @Override
            public CompressionCodecName getCodecName() {
                return codec;
            }

            @Override
            public void release() {}
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> unpacking((packed, length) -> packed);
            case ZSTD -> unpacking(ParquetCodecs::unzstd);
            case SNAPPY -> unpacking((packed, length) -> Snappy.uncompress(packed));
            case GZIP -> unpacking(ParquetCodecs::gunzip);
            default ->
                throw new UnsupportedOperationException(
                        "its compression " + codec + " is not known, expected zstd, snappy, gzip or none");
        };
    }

    private static byte[] unzstd(byte[] packed, int length) {
        byte[] bytes = new byte[length];
        long written = Zstd.decompressByteArray(bytes, 0, length, packed, 0, packed.length);
        return written == length ? bytes : Arrays.copyOf(bytes, (int) written);
    }

    private static byte[] gunzip(byte[] packed, int length) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readNBytes(length);
        }
    }

    private static BytesInputDecompressor unpacking(Unpacking unpacking) {
        return new BytesInputDecompressor() {
            @Override
            public BytesInput decompress(BytesInput packed, int length) throws IOException {
                return BytesInput.from(unpack(packed.toByteArray(), length));
            }

            @Override
            public void decompress(ByteBuffer packed, int packedLength, ByteBuffer output, int length)
                    throws IOException {
                byte[] bytes = new byte[packedLength];
                packed.get(bytes);
                output.put(unpack(bytes, length));
            }

            private byte[] unpack(byte[] packed, int length) throws IOException {
                byte[] bytes = unpacking.unpack(packed, length);
                if (bytes.length != length) {
                    throw new IOException("a page has " + bytes.length + " bytes, expected " + length);
                }
                return bytes;
            }

            @Override
            public void release() {}
        };
    }

    @Override
    public void release() {}
}
