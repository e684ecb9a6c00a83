/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderTest {

    private static final String ORDER = """
            {"time": "2015-09-12T00:46:58.771999Z", "customer": "", "items": 3, "loyalty": 7, "weight": 0.5,
             "discount": {"double": 0.25}, "price": 12.5, "tax": -0.0001, "gift": false, "status": "PAID",
             "due": "1969-12-31", "place": {"country": "null"}, "tags": ["a", "b"], "blanks": [],
             "notes": {"colour": "red"}, "unknown to the schema": [{"x": 1e5}]}
            """;

    private final JsonDecoder decoder = new JsonDecoder(Orders.SCHEMA);

    private GenericRecord read(String json) throws BadEventException {
        return decoder.decode(json.getBytes(UTF_8));
    }

    @Test
    void anObjectBecomesAnEventOfTheSchema() throws Exception {
        GenericRecord order = read(ORDER);

        assertThat(order.get("time")).isEqualTo(1_442_018_818_771_999L);
        assertThat(order.get("customer")).as("a text, if an empty one").isEqualTo("");
        assertThat(((GenericRecord) order.get("place")).get("country"))
                .as("a text, whatever it says")
                .isEqualTo("null");
        assertThat(order.get("points")).as("by its alias").isEqualTo(7L);
        assertThat(order.get("discount"))
                .as("in an object that names its branch")
                .isEqualTo(0.25);
        assertThat(order.get("shipped")).as("absent").isNull();
    }

    @Test
    void whatWasEncodedComesBack() throws Exception {
        GenericRecord order = Orders.order();

        assertThat(decoder.decode(EventEncoder.json().encode(order))).isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "`\"customer\": \"\"`; `\"customer\": 5`; 'customer': found such a number, expected a text",
                "`\"items\": 3`; `\"items\": \"secret\"`; 'items': found such a text, expected a whole number of 32 bits",
                "`\"items\": 3`; `\"items\": 1e999999999`; 'items': found such a number, expected a whole number of 32 bits",
                "`\"items\": 3`; `\"items\": [3]`; 'items': found an array, expected a whole number of 32 bits",
                "`\"items\": 3`; `\"item\": 3`; 'items': found none, expected a whole number of 32 bits",
                "`\"gift\": false`; `\"gift\": null`; 'gift': found null, expected true or false",
                "`\"PAID\"`; `\"secret\"`; 'status': found such a text, expected one of NEW, PAID",
                "`[\"a\", \"b\"]`; `[\"a\", true]`; 'tags[1]': found true or false, expected a text",
                "`\"red\"`; `{}`; 'notes.colour': found an object, expected a text",
            })
    void whatDoesNotFitIsRefusedByTheNameOfItsFieldWithoutItsValue(String right, String wrong, String problem) {
        assertThat(ORDER).contains(right);
        assertThat(refusal(ORDER.replace(right, wrong).getBytes(UTF_8))).isEqualTo("Cannot read field " + problem);
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThat(refusal(null)).endsWith("the value is null, expected an event");
        assertThat(refusal(new byte[0])).endsWith("it is no JSON from byte 0 on");
        assertThat(refusal("null".getBytes(UTF_8))).endsWith("found other JSON than an object");
        assertThat(refusal("[1]".getBytes(UTF_8))).endsWith("found other JSON than an object");
        assertThat(refusal("{\"items\": secret}".getBytes(UTF_8)))
                .contains("it is no JSON from byte")
                .doesNotContain("secret");
        assertThat(refusal((ORDER + "{}").getBytes(UTF_8))).contains("it is no JSON from byte");
        assertThat(refusal(new AvroEncoder(Orders.SCHEMA).encode(Orders.order())))
                .contains("it starts with C301 (format single_object?), expected { of a JSON object");
        assertThat(refusal(EventEncoder.confluent(Orders.SCHEMA, 1).encode(Orders.order())))
                .contains("it starts with 0000 (a schema registry's framing, format confluent?)");
        assertThat(refusal("[".repeat(100_000).getBytes(UTF_8))).contains("it is no JSON");
    }

    @Test
    void noBytesMakeAnythingEscapeButARefusal() {
        byte[] bytes = ORDER.getBytes(UTF_8);
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = Arrays.copyOf(bytes, random.nextInt(2 * bytes.length));
            for (int change = random.nextInt(8); change >= 0 && mutated.length > 0; change--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(decoder.decode(mutated)).isNotNull();
            } catch (BadEventException e) {
                assertThat(e.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
            }
        }
    }

    private String refusal(byte @Nullable [] bytes) {
        BadEventException refused = catchThrowableOfType(BadEventException.class, () -> decoder.decode(bytes));
        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
        return String.valueOf(refused.getMessage());
    }
}
