/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LetterReaderTest {

    @Test
    void noMoreOfALetterIsKeptThanIsShown() {
        ConsumerRecord<byte[], byte[]> kept = LetterReader.beginning(letter("k".getBytes(UTF_8), new byte[1_000_000]));

        assertThat(kept.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(kept.value()).hasSize(400);
        assertThat(kept.serializedValueSize()).isEqualTo(1_000_000);
        assertThat(kept.offset()).isEqualTo(7);
        assertThat(kept.headers().lastHeader("reason").value()).isEqualTo("late".getBytes(UTF_8));
        assertThat(LetterReader.beginning(letter(null, null)).value()).isNull();
    }

    @Test
    void textStaysTextWhereTheCutPartsACharacter() {
        String sentence = "a" + "é".repeat(1_000);
        byte[] all = sentence.getBytes(UTF_8);
        byte[] beginning = LetterReader.beginning(letter(null, all)).value();

        assertThat(LetterReader.text(beginning, all.length))
                .isEqualTo("a" + "é".repeat(199) + " ... (" + all.length + " bytes)");
        // A character that ends nowhere is an error where nothing was cut.
        assertThat(LetterReader.text(new byte[] {'a', (byte) 0xc3}, 2)).isEqualTo("61 c3");
    }

    @Test
    void whatIsNoTextIsShownAsDigits() {
        assertThat(LetterReader.text("é\n".getBytes(UTF_8), 3)).isEqualTo("é\n");
        assertThat(LetterReader.text(new byte[] {1, 'a'}, 2)).isEqualTo("01 61");
        assertThat(LetterReader.text(new byte[] {(byte) 0xff, 'a'}, 900)).isEqualTo("ff 61 ... (900 bytes)");
        assertThat(LetterReader.text(null, ConsumerRecord.NULL_SIZE)).isNull();
    }

    private static ConsumerRecord<byte[], byte[]> letter(byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "letters",
                0,
                7,
                1_000,
                TimestampType.CREATE_TIME,
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                new RecordHeaders().add("reason", "late".getBytes(UTF_8)),
                Optional.empty());
    }
}
