/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvroDecoderTest {

    private static final int HEADER = 10;

    private final AvroDecoder decoder = new AvroDecoder(Orders.SCHEMA);
    private final byte[] bytes = new AvroEncoder(Orders.SCHEMA).encode(Orders.order());

    @Test
    void whatWasEncodedComesBack() throws Exception {
        GenericRecord order = decoder.decode(bytes);

        assertThat(new AvroEncoder(Orders.SCHEMA).encode(order)).isEqualTo(bytes);
        assertThat(order.get("customer")).hasToString("ann");
    }

    @Test
    void aTombstoneIsNoEvent() {
        assertThat(refusal(null))
                .isEqualTo("Cannot decode an event of shop.Order: the value is null, expected an event");
    }

    @Test
    void bytesThatAreNoSingleObjectAreRefusedWithWhatTheyLookLike() {
        assertThat(refusal(new byte[0])).contains("found 0 bytes, expected a header of 10");
        assertThat(refusal("{\"customer\":\"ann\"}".getBytes())).contains("it starts with 7B22 (format json?)");
        assertThat(refusal(new byte[] {0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7}))
                .contains("starts with 0000 (a schema registry's framing, format confluent?), expected C301");
    }

    @Test
    void anEventOfAnotherSchemaIsRefusedWithBothFingerprints() {
        Schema other = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");

        byte[] value = new AvroEncoder(other).encode(new GenericData.Record(other));

        assertThat(refusal(value, DeadLetterReason.UNKNOWN_SCHEMA))
                .matches(".*found schema fingerprint [0-9A-F]{16}, expected [0-9A-F]{16}; the .avsc it was written"
                        + " with belongs into the folder of schemas");
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < bytes.length; length++) {
            assertThat(refusal(Arrays.copyOf(bytes, length)))
                    .as("first %d bytes", length)
                    .startsWith("Cannot decode");
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        assertThat(refusal(Arrays.copyOf(bytes, bytes.length + 3))).contains("found 3 bytes after its end");
    }

    @Test
    void lengthsBeyondAllMemoryAreRefusedWithoutAllocatingThem() {
        byte[] longest = {-2, -1, -1, -1, 15}; // 2^31 - 1 as a zig-zag varint
        for (int at = HEADER; at < bytes.length; at++) {
            byte[] absurd = bytes.clone();
            System.arraycopy(longest, 0, absurd, at, Math.min(longest.length, bytes.length - at));
            decodesOrIsRefused(absurd);
        }
    }

    @Test
    void nestingDeeperThanTheStackIsRefused() throws Exception {
        byte[] deep = Arrays.copyOf(bytes, 4_000_000);
        byte[] order = Arrays.copyOfRange(bytes, HEADER, bytes.length);
        order[order.length - 1] = 2; // the parent is an order, too
        for (int at = HEADER; at + order.length <= deep.length; at += order.length) {
            System.arraycopy(order, 0, deep, at, order.length);
        }

        assertThat(refusal(deep)).contains("its body does not follow the schema");
        assertThat(decoder.decode(bytes).get("items")).isEqualTo(3);
    }

    @Test
    void noBytesMakeAnythingEscapeButARefusal() {
        Random random = new Random(7);
        for (int round = 0; round < 50_000; round++) {
            byte[] mutated = Arrays.copyOf(bytes, HEADER + random.nextInt(2 * bytes.length));
            for (int change = random.nextInt(8); change >= 0; change--) {
                int at = HEADER + random.nextInt(Math.max(1, mutated.length - HEADER));
                if (at < mutated.length) {
                    mutated[at] = (byte) random.nextInt();
                }
            }
            decodesOrIsRefused(mutated);
        }
        for (int round = 0; round < 50_000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            System.arraycopy(bytes, 0, noise, 0, Math.min(HEADER, noise.length));
            decodesOrIsRefused(noise);
        }
    }

    private void decodesOrIsRefused(byte[] value) {
        try {
            assertThat(decoder.decode(value)).isNotNull();
        } catch (BadEventException e) {
            assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
        }
    }

    private String refusal(byte @Nullable [] value) {
        return refusal(value, DeadLetterReason.UNDECODABLE);
    }

    private String refusal(byte @Nullable [] value, DeadLetterReason reason) {
        BadEventException refused = catchThrowableOfType(BadEventException.class, () -> decoder.decode(value));
        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(reason);
        return String.valueOf(refused.getMessage());
    }
}
