/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.ViewPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes rows of one view in the form of {@link CompactSchema}. Used by one thread at a time. */
public final class CompactWriter {

    private final int version;
    private final byte[] mark;
    private final Warming warming;
    private final AvroValues.Writer[] columns;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);

    /** For rows of that view. */
    public CompactWriter(ViewPlan plan) {
        version = plan.view().version();
        mark = CompactSchema.mark(CompactSchema.of(plan));
        warming = new Warming(plan.columns());
        columns = plan.columns().stream()
                .map(column -> AvroValues.writer(column.type()))
                .toArray(AvroValues.Writer[]::new);
    }

    /** The bytes of a row. */
    public byte[] write(Row row) {
        bytes.reset();
        try {
            out.writeFixed(ByteBuffer.allocate(CompactSchema.HEAD_BYTES)
                    .putInt(version)
                    .putLong(row.asOfMillis())
                    .putLong(row.seq())
                    .array());
            out.writeFixed(mark);
            out.writeLong(row.availableAtMillis());
            AvroValues.writeTexts(warming.columns(row), out);
            for (int i = 0; i < columns.length; i++) {
                AvroValues.writeNullable(row.value(i), columns[i], out);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode a row in memory", e);
        }
        return bytes.toByteArray();
    }
}
