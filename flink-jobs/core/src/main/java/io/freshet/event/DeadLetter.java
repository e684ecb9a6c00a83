/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An event that is put aside, with all that is needed to find it and to send it again. Immutable by contract: nobody
 * changes the arrays.
 *
 * @param reason why
 * @param detail what is wrong with it, without its data
 * @param view the view that refuses it; null where no view can use it
 * @param topic the Kafka topic it came from
 * @param partition the partition it came from
 * @param offset the offset it came from
 * @param key the record's key as it came; null if it had none, and for late events always: only the source has it
 * @param value the record's value as it came; null if it had none, or if a late event was not expected to be late
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; two letters are never compared
public record DeadLetter(
        DeadLetterReason reason,
        String detail,
        @Nullable String view,
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value) {

    public DeadLetter(
            DeadLetterReason reason,
            String detail,
            @Nullable String view,
            String topic,
            int partition,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        this.reason = requireNonNull(reason, "reason");
        this.detail = requireNonNull(detail, "detail");
        this.view = view;
        this.topic = requireNonNull(topic, "topic");
        this.partition = partition;
        this.offset = offset;
        this.key = key;
        this.value = value;
    }
}
