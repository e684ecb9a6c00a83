/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.console.Letters;
import io.freshet.sink.TopicNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
            Optional<TopicTail.Found> tail = TopicTail.read(views.kafka(), topic, MOST_READ);
            return tail.map(found -> letters(topic, found, reason))
                    .orElseGet(() -> new Letters(System.currentTimeMillis(), topic, null, 0, List.of(), List.of()));
        } catch (KafkaException e) {
            throw LiveConsole.unavailable("Cannot read the dead letters on Kafka at "
                    + views.config().kafka().bootstrap() + ": " + e.getMessage());
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
        byte[] value = letter.value();
        return new Letters.Sample(
                letter.timestamp(),
                header(letter, "topic").orElse("?"),
                number(header(letter, "partition")).intValue(),
                number(header(letter, "offset")),
                reason,
                header(letter, "detail").orElse(""),
                header(letter, "view").orElse(null),
                text(letter.key()),
                text(value),
                value == null ? 0 : value.length);
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

    /** Bytes as text where they are one, else as hexadecimal digits; cut where they are long. */
    private static @Nullable String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        String cut = bytes.length > MOST_BYTES ? " ... (" + bytes.length + " bytes)" : "";
        byte[] beginning = Arrays.copyOf(bytes, Math.min(bytes.length, MOST_BYTES));
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.chars().noneMatch(each -> Character.isISOControl(each) && each != '\n' && each != '\t')) {
                return text.length() > MOST_BYTES ? text.substring(0, MOST_BYTES) + cut : text;
            }
        } catch (CharacterCodingException e) {
            // It is no text.
            return HexFormat.ofDelimiter(" ").formatHex(beginning) + cut;
        }
        return HexFormat.ofDelimiter(" ").formatHex(beginning) + cut;
    }
}
