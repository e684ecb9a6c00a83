/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.client.OnlineRead;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** As of when {@code freshet get} shows values: what {@code --as-of} says. */
@FunctionalInterface
interface Moment {

    /** The word for the moment up to which the view's job has seen all events; as stored where none is published. */
    String WATERMARK = "watermark";

    /** Ms since 1970 UTC in event time; {@link Long#MIN_VALUE} for values as stored. */
    long millis(OnlineRead read, long nowMillis);

    /** Reads what {@code --as-of} says. */
    static Moment of(String text) throws CommandFailedException {
        return switch (text) {
            case WATERMARK -> (read, now) -> read.watermarkMillis().orElse(Long.MIN_VALUE);
            case "stored" -> (read, now) -> Long.MIN_VALUE;
            case "now" -> (read, now) -> now;
            default -> at(text);
        };
    }

    private static Moment at(String text) throws CommandFailedException {
        try {
            long millis = Instant.parse(text).toEpochMilli();
            return (read, now) -> millis;
        } catch (DateTimeParseException | ArithmeticException e) {
            throw CommandFailedException.wrongInput("Cannot read --as-of '" + text
                    + "': expected watermark, stored, now or a time in UTC such as 2026-01-31T12:00:00Z");
        }
    }
}
