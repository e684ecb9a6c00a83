/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.event.AvroDecoder;
import io.freshet.event.AvroEncoder;
import io.freshet.event.BadEventException;
import io.freshet.function.ValueForm;
import io.freshet.operator.DeadLetterSerializer;
import io.freshet.operator.ImmutableSerializer;
import io.freshet.source.SourceRecord.Dead;
import io.freshet.source.SourceRecord.Decoded;
import io.freshet.source.SourceRecord.Origin;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes source records as the bytes they came in and, of events, what they are read as: whoever reads them needs neither
 * the schemas they were written with nor a registry.
 */
final class SourceRecordSerializer extends ImmutableSerializer<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final String schema;
    private transient @Nullable AvroDecoder decoder;
    private transient @Nullable AvroEncoder encoder;

    SourceRecordSerializer(String schema) {
        this.schema = schema;
    }

    @Override
    public TypeSerializer<SourceRecord> duplicate() {
        return new SourceRecordSerializer(schema);
    }

    @Override
    public void serialize(SourceRecord item, DataOutputView target) throws IOException {
        target.writeBoolean(item instanceof Decoded);
        if (item instanceof Dead dead) {
            DeadLetterSerializer.INSTANCE.serialize(dead.letter(), target);
        } else if (item instanceof Decoded decoded) {
            Origin origin = decoded.origin();
            target.writeLong(decoded.timeMillis());
            target.writeLong(decoded.ingestedAtMillis());
            target.writeUTF(origin.topic());
            target.writeInt(origin.partition());
            target.writeLong(origin.offset());
            byte[] key = origin.key();
            target.writeBoolean(key != null);
            if (key != null) {
                ValueForm.writeBytes(key, target);
            }
            ValueForm.writeBytes(origin.value(), target);
            byte[] read = encoder().encode(decoded.event());
            boolean isAsItCame = Arrays.equals(read, origin.value());
            target.writeBoolean(isAsItCame);
            if (!isAsItCame) {
                ValueForm.writeBytes(read, target);
            }
        }
    }

    @Override
    public SourceRecord deserialize(DataInputView source) throws IOException {
        if (!source.readBoolean()) {
            return new Dead(DeadLetterSerializer.INSTANCE.deserialize(source));
        }
        long timeMillis = source.readLong();
        long ingestedAtMillis = source.readLong();
        String topic = source.readUTF();
        int partition = source.readInt();
        long offset = source.readLong();
        byte[] key = source.readBoolean() ? ValueForm.readBytes(source) : null;
        byte[] value = ValueForm.readBytes(source);
        byte[] read = source.readBoolean() ? value : ValueForm.readBytes(source);
        try {
            return new Decoded(
                    decoder().decode(read),
                    timeMillis,
                    ingestedAtMillis,
                    new Origin(topic, partition, offset, key, value));
        } catch (BadEventException e) {
            throw new IOException("Cannot decode what was encoded before", e);
        }
    }

    private AvroEncoder encoder() {
        AvroEncoder known = encoder;
        if (known == null) {
            known = new AvroEncoder(new Schema.Parser().parse(schema));
            encoder = known;
        }
        return known;
    }

    private AvroDecoder decoder() {
        AvroDecoder known = decoder;
        if (known == null) {
            known = new AvroDecoder(new Schema.Parser().parse(schema));
            decoder = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceRecordSerializer that && schema.equals(that.schema);
    }

    @Override
    public int hashCode() {
        return schema.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<SourceRecord> snapshotConfiguration() {
        return new Snapshot(schema);
    }

    /** What is stored of the serializer: the schema of the events. */
    public static final class Snapshot implements TypeSerializerSnapshot<SourceRecord> {

        private String schema;

        /** For Flink, which reads the rest. */
        public Snapshot() {
            this("");
        }

        private Snapshot(String schema) {
            this.schema = schema;
        }

        @Override
        public int getCurrentVersion() {
            return 1;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            ValueForm.writeText(schema, out);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classes) throws IOException {
            schema = ValueForm.readText(in);
        }

        @Override
        public TypeSerializer<SourceRecord> restoreSerializer() {
            return new SourceRecordSerializer(schema);
        }

        @Override
        public TypeSerializerSchemaCompatibility<SourceRecord> resolveSchemaCompatibility(
                TypeSerializerSnapshot<SourceRecord> old) {
            return old instanceof Snapshot stored && stored.schema.equals(schema)
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
