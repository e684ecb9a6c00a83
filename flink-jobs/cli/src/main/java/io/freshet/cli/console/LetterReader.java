/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.console.Letters;
import io.freshet.history.KafkaRefusal;
import io.freshet.sink.TopicNames;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads the newest events that were put aside. */
final class LetterReader {

    private static final int MOST_READ = 2_000;
    private static final int MOST_SAMPLES = 25;
    private static final int MOST_BYTES = 400;

    private final ConsoleViews views;

    LetterReader(ConsoleViews views) {
        this.views = views;
    }

    /** What letters are counted by. */
    private record Kind(String reason, String view) {}

    Letters read(Optional<String> reason) {
        String topic = TopicNames.deadLetters(views.namespace());
        try {
            Optional<TopicTail.Found> tail = TopicTail.read(views.kafka(), topic, MOST_READ, LetterReader::beginning);
            return tail.map(found -> letters(topic, found, reason))
                    .orElseGet(() -> new Letters(System.currentTimeMillis(), topic, null, 0, List.of(), List.of()));
        } catch (KafkaException e) {
            throw LiveConsole.unavailable("Cannot read the dead letters on Kafka at "
                    + views.config().kafka().bootstrap() + ": " + KafkaRefusal.reason(e));
        }
    }

    private static Letters letters(String topic, TopicTail.Found found, Optional<String> reason) {
        Map<Kind, Long> counts = new LinkedHashMap<>();
        List<Letters.Sample> samples = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> letter : found.records()) {
            String why = header(letter, "reason").orElse("not known");
            counts.merge(new Kind(why, header(letter, "view").orElse("")), 1L, Long::sum);
            if (samples.size() < MOST_SAMPLES && reason.map(why::equals).orElse(true)) {
                samples.add(sample(letter, why));
            }
        }
        List<Letters.Reason> reasons = counts.entrySet().stream()
                .map(each -> new Letters.Reason(
                        each.getKey().reason(),
                        each.getKey().view().isEmpty() ? null : each.getKey().view(),
                        each.getValue()))
                .sorted(Comparator.comparingLong(Letters.Reason::letters).reversed())
                .toList();
        return new Letters(
                System.currentTimeMillis(),
                topic,
                found.total(),
                found.records().size(),
                reasons,
                samples);
    }

    private static Letters.Sample sample(ConsumerRecord<byte[], byte[]> letter, String reason) {
        return new Letters.Sample(
                letter.timestamp(),
                header(letter, "topic").orElse("?"),
                number(header(letter, "partition")).intValue(),
                number(header(letter, "offset")),
                reason,
                header(letter, "detail").orElse(""),
                header(letter, "view").orElse(null),
                text(letter.key(), letter.serializedKeySize()),
                text(letter.value(), letter.serializedValueSize()),
                Math.max(0, letter.serializedValueSize()));
    }

    private static Long number(Optional<String> header) {
        return header.filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElse(-1L);
    }

    private static Optional<String> header(ConsumerRecord<?, ?> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    /** A letter with no more of its key and value than is shown: letters may have a megabyte each. */
    static ConsumerRecord<byte[], byte[]> beginning(ConsumerRecord<byte[], byte[]> letter) {
        for (Header header : letter.headers()) {
            // Headers that were never read hold on to all that was fetched with them.
            header.key();
            header.value();
        }
        return new ConsumerRecord<>(
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.timestamp(),
                letter.timestampType(),
                letter.serializedKeySize(),
                letter.serializedValueSize(),
                cut(letter.key()),
                cut(letter.value()),
                letter.headers(),
                letter.leaderEpoch());
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= MOST_BYTES ? bytes : Arrays.copyOf(bytes, MOST_BYTES);
    }

    /**
     * Bytes as text where they are one, else as hexadecimal digits.
     *
     * @param beginning all of them, or the first
     * @param size how many they are in all
     */
    static @Nullable String text(byte @Nullable [] beginning, int size) {
        if (beginning == null) {
            return null;
        }
        boolean isWhole = size <= beginning.length;
        String more = isWhole ? "" : " ... (" + size + " bytes)";
        CharBuffer text = CharBuffer.allocate(beginning.length);
        // A character that the cut parts is left out.
        CoderResult decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(beginning), text, isWhole);
        text.flip();
        boolean isText = !decoded.isError()
                && text.chars().noneMatch(each -> Character.isISOControl(each) && each != '\n' && each != '\t');
        return (isText ? text.toString() : HexFormat.ofDelimiter(" ").formatHex(beginning)) + more;
    }
}
