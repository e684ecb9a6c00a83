/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.DeadLetter;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.SelectedEvent;
import io.freshet.row.FeatureRow;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class SerializersTest {

    @Test
    void eventComesBackAsItWas() throws Exception {
        SelectedEvent event = new SelectedEvent("k|\u00e9", -5, 3, 77, 99, -1L, new Object[] {null}, new byte[] {9});
        SelectedEvent back = roundTrip(event, SelectedEventSerializer.of(TestViews.payments()));
        assertThat(back).usingRecursiveComparison().isEqualTo(event);
    }

    @Test
    void rowComesBackAsItWas() throws Exception {
        FeatureRow row = new FeatureRow("k", 1, 2, 3, Long.MIN_VALUE, 5, new Object[] {1L, null, -7L, 2L});
        FeatureRow back = roundTrip(row, FeatureRowSerializer.of(TestViews.payments()));
        assertThat(back).usingRecursiveComparison().isEqualTo(row);
    }

    @Test
    void deadLetterComesBackAsItWas() throws Exception {
        DeadLetter letter =
                new DeadLetter(DeadLetterReason.LATE, "why", null, "topic", 1, 2, null, new byte[] {(byte) 0xC3});
        assertThat(roundTrip(letter, DeadLetterSerializer.INSTANCE))
                .usingRecursiveComparison()
                .isEqualTo(letter);
    }

    /** Writes and reads by the serializer as shipped to a task and as restored from its stored snapshot. */
    private static <T> T roundTrip(T value, TypeSerializer<T> serializer) throws Exception {
        TypeSerializer<T> shipped = InstantiationUtil.clone(serializer);
        assertThat(shipped).isEqualTo(serializer).hasSameHashCodeAs(serializer);
        DataOutputSerializer out = new DataOutputSerializer(64);
        shipped.serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T back = restored(serializer).deserialize(in);
        assertThat(in.available()).isZero();
        return back;
    }

    private static <T> TypeSerializer<T> restored(TypeSerializer<T> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<T> snapshot = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), SerializersTest.class.getClassLoader());
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(snapshot)
                        .isCompatibleAsIs())
                .isTrue();
        return snapshot.restoreSerializer();
    }
}
