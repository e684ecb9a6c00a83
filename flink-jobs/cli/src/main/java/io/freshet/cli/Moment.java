/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.client.OnlineRead;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** As of when {@code freshet get} shows values: what {@code --as-of} says. */
@FunctionalInterface
interface Moment {

    /** The word for the moment up to which the view's job has seen all events; as stored where none is published. */
    String WATERMARK = "watermark";

    /** The moment in event time; empty for values as stored. */
    Optional<Instant> of(OnlineRead read, Instant now);

    /** Reads what {@code --as-of} says. */
    static Moment parse(String text) throws CommandFailedException {
        return switch (text) {
            case WATERMARK -> (read, now) -> watermark(read);
            case "stored" -> (read, now) -> Optional.empty();
            case "now" -> (read, now) -> Optional.of(now);
            default -> at(text);
        };
    }

    private static Optional<Instant> watermark(OnlineRead read) {
        return read.watermarkMillis().isPresent()
                ? Optional.of(Instant.ofEpochMilli(read.watermarkMillis().getAsLong()))
                : Optional.empty();
    }

    private static Moment at(String text) throws CommandFailedException {
        try {
            long millis = Instant.parse(text).toEpochMilli();
            return (read, now) -> Optional.of(Instant.ofEpochMilli(millis));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw CommandFailedException.wrongInput("Cannot read --as-of '" + text
                    + "': expected watermark, stored, now or a time in UTC such as 2026-01-31T12:00:00Z");
        }
    }
}
