/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads some columns of rows in the form of {@link CompactSchema}, also of rows that were written when the view had other
 * columns, once it has {@link #learn}ed their schema. Safe for use by many threads.
 */
public final class CompactReader {

    private static final int NOT_WANTED = -1;
    private static final int MARK_BYTES = 2;
    private static final int BODY = CompactSchema.HEAD_BYTES + MARK_BYTES + Long.BYTES;

    private final String view;
    private final Schema own;
    private final List<String> wanted;
    private final Map<Long, Written> written = new ConcurrentHashMap<>();

    /**
     * What is in a row.
     *
     * @param identity which row it is
     * @param availableAtMillis from when it could be read, ms since 1970 UTC
     * @param warming names of the columns that are warming, and of wanted ones that the view did not have then
     * @param values one per wanted column
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Row(
            RowIdentity identity,
            long availableAtMillis,
            List<String> warming,
            @Nullable Object[] values) {
        public Row {
            warming = List.copyOf(warming);
        }
    }

    /**
     * What rows of one schema hold.
     *
     * @param columns their columns
     * @param places where each stands among the wanted ones
     * @param missing wanted columns that they do not have
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(AvroValues.Reader[] columns, int[] places, List<String> missing) {}

    /** A row was written under a schema that the reader has not learned. */
    public static final class UnknownSchemaException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        UnknownSchemaException(String message) {
            super(message);
        }
    }

    /**
     * For rows of that view.
     *
     * @param wanted some of its columns
     */
    public CompactReader(ViewPlan plan, List<Column> wanted) {
        view = plan.view().name();
        own = CompactSchema.of(plan);
        this.wanted = wanted.stream().map(Column::name).toList();
        learn(own);
    }

    /**
     * Lets rows be read that were written under that schema.
     *
     * @throws IllegalArgumentException if it gives a wanted column another type
     */
    public void learn(Schema schema) {
        List<Schema.Field> fields = schema.getFields().stream()
                .filter(field -> !field.name().startsWith("_"))
                .toList();
        AvroValues.Reader[] columns = new AvroValues.Reader[fields.size()];
        int[] places = new int[fields.size()];
        for (int i = 0; i < places.length; i++) {
            Schema.Field field = fields.get(i);
            columns[i] = AvroValues.nullableReader(field.schema());
            places[i] = wanted.indexOf(field.name());
            if (places[i] != NOT_WANTED && !own.getField(field.name()).schema().equals(field.schema())) {
                throw new IllegalArgumentException("column '" + field.name() + "' of view '" + view
                        + "' was written as "
                        + field.schema() + ", expected "
                        + own.getField(field.name()).schema() + "; a change of type needs another version of the view");
            }
        }
        List<String> missing =
                wanted.stream().filter(name -> schema.getField(name) == null).toList();
        written.put(CompactSchema.fingerprint(schema), new Written(columns, places, missing));
    }

    /**
     * The row in these bytes.
     *
     * @throws UnknownSchemaException if it was written under a schema that is not learned
     * @throws IllegalArgumentException if they are no row of the view
     */
    public Row read(byte[] bytes) {
        if (bytes.length < BODY) {
            throw new IllegalArgumentException("found " + bytes.length + " bytes, expected a row of view '" + view
                    + "' (is the key used by others, too?)");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        RowIdentity identity = new RowIdentity(head.getInt(), head.getLong(), head.getLong());
        long fingerprint = head.order(ByteOrder.LITTLE_ENDIAN).getLong(CompactSchema.HEAD_BYTES + MARK_BYTES);
        Written as = written.get(fingerprint);
        if (as == null) {
            throw new UnknownSchemaException("a row of view '" + view + "' was written under schema "
                    + Long.toHexString(fingerprint) + ", which the job has not published");
        }
        try {
            return row(identity, as, bytes);
        } catch (IOException | AvroRuntimeException e) {
            throw new IllegalArgumentException("a row of view '" + view + "' is broken: " + e.getMessage(), e);
        }
    }

    private Row row(RowIdentity identity, Written as, byte[] bytes) throws IOException {
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, BODY, bytes.length - BODY, null);
        long availableAt = in.readLong();
        List<String> warming = AvroValues.readTexts(in);
        // Nothing had been seen for a column that the view did not have.
        warming.addAll(as.missing());
        @Nullable Object[] values = new Object[wanted.size()];
        for (int i = 0; i < as.columns().length; i++) {
            Object value = AvroValues.readNullable(as.columns()[i], in);
            if (as.places()[i] != NOT_WANTED) {
                values[as.places()[i]] = value;
            }
        }
        return new Row(identity, availableAt, warming, values);
    }
}
