/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfluentDecoderTest {

    private final List<Integer> asked = new ArrayList<>();
    private final ConfluentDecoder decoder = new ConfluentDecoder(Orders.SCHEMA, this::find);
    private @Nullable IOException away;

    private Schema find(int id) throws BadEventException, IOException {
        asked.add(id);
        if (away != null) {
            throw away;
        }
        if (id > 3) {
            throw new BadEventException(DeadLetterReason.UNKNOWN_SCHEMA, "no " + id);
        }
        return Orders.SCHEMA;
    }

    private static byte[] order(int id) {
        return EventEncoder.confluent(Orders.SCHEMA, id).encode(Orders.order());
    }

    @Test
    void theHeaderIsTheOneOfTheDocumentedFormat() {
        assertThat(order(0x01020304)).startsWith(0, 1, 2, 3, 4);
    }

    @Test
    void theRegistryIsAskedOnceForEachSchema() throws Exception {
        for (int id : new int[] {1, 1, 2, 1, 2, 3, 1}) {
            assertThat(decoder.decode(order(id)).get("items")).isEqualTo(3);
        }

        assertThat(asked).containsExactly(1, 2, 3);
    }

    @Test
    void anUnknownSchemaIsTheRegistrysToTell() throws Exception {
        assertThatThrownBy(() -> decoder.decode(order(4)))
                .isInstanceOf(BadEventException.class)
                .hasMessage("no 4");
        assertThat(decoder.decode(order(1)).get("items")).isEqualTo(3);
    }

    @Test
    void whileTheRegistryIsAwayNothingIsSaidOfAnEvent() throws Exception {
        assertThat(decoder.decode(order(1)).get("items")).isEqualTo(3);
        away = new IOException("away");

        assertThatThrownBy(() -> decoder.decode(order(2))).isSameAs(away);
        assertThat(decoder.decode(order(1)).get("items"))
                .as("of a known schema")
                .isEqualTo(3);
        away = null;
        assertThat(decoder.decode(order(2)).get("items")).isEqualTo(3);
    }

    @Test
    void bytesThatAreNoneOfTheFormatAreRefusedWithWhatTheyLookLike() {
        assertThat(refusal(null)).endsWith("the value is null, expected an event");
        assertThat(refusal(new byte[4])).endsWith("found 4 bytes, expected a header of 5");
        assertThat(refusal("{\"items\": 3}".getBytes())).contains("starts with 7B22 (format json?), expected 00");
        assertThat(refusal(new AvroEncoder(Orders.SCHEMA).encode(Orders.order())))
                .contains("starts with C301 (format single_object?), expected 00 of a schema registry's framing");
        byte[] order = order(1);
        assertThat(refusal(Arrays.copyOf(order, order.length - 1))).contains("expected more (truncated?)");
        assertThat(refusal(Arrays.copyOf(order, order.length + 2))).contains("found 2 bytes after its end");
    }

    private String refusal(byte @Nullable [] bytes) {
        BadEventException refused = catchThrowableOfType(BadEventException.class, () -> decoder.decode(bytes));
        assertThat(refused.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
        return String.valueOf(refused.getMessage());
    }
}
