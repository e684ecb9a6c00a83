/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads only the head of rows of the history: a join over very many rows needs the values of few. Used by one thread at
 * a time.
 */
public final class RowHeads {

    private static final int MARK = 0xC301;
    static final int HEADER = Short.BYTES + Long.BYTES;

    /** Fields that stand before {@code _as_of}: the entity's. */
    private final Map<Long, List<Schema>> keys = new HashMap<>();

    private @Nullable BinaryDecoder reused;

    /** For rows of that schema. */
    public RowHeads(Schema schema) {
        alsoReads(schema);
    }

    /** Lets {@link #read} also read rows that were written with another schema of the view's history. */
    public void alsoReads(Schema schema) {
        int asOf = schema.getField(OnlineKeys.AS_OF).pos();
        keys.put(
                SchemaNormalization.parsingFingerprint64(schema),
                schema.getFields().subList(0, asOf).stream()
                        .map(Schema.Field::schema)
                        .toList());
    }

    /** Whether two rows, as they lie in a history, were written under one schema. */
    public static boolean isSameSchema(byte[] one, byte[] other) {
        return Arrays.equals(one, 0, HEADER, other, 0, HEADER);
    }

    /**
     * Fingerprint of the schema that a row was written under, as it lies in a history.
     *
     * @throws IllegalArgumentException if the bytes are no row
     */
    public static long fingerprint(byte[] bytes) {
        if (bytes.length < HEADER || ByteBuffer.wrap(bytes).getShort(0) != (short) MARK) {
            throw new IllegalArgumentException(
                    "Cannot read a row of the history: it does not start as an Avro single object");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(Short.BYTES);
    }

    /**
     * The head of the row in these bytes.
     *
     * @throws IllegalArgumentException if they are no row of a known schema
     */
    public RowHead read(byte[] bytes) {
        long fingerprint = fingerprint(bytes);
        List<Schema> key = keys.get(fingerprint);
        if (key == null) {
            throw new IllegalArgumentException("Cannot read a row of the history: its schema, fingerprint "
                    + Long.toHexString(fingerprint) + ", is not known");
        }
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, reused);
            reused = in;
            for (Schema field : key) {
                GenericDatumReader.skip(field, in);
            }
            long asOf = in.readLong();
            long availableAt = in.readLong();
            long seq = in.readLong();
            int version = in.readInt();
            return new RowHead(asOf, availableAt, seq, version, RowOrigin.values()[in.readEnum()]);
        } catch (IOException | AvroRuntimeException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("Cannot read a row of the history: " + e.getMessage(), e);
        }
    }
}
