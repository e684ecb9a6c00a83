/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import java.util.concurrent.TimeUnit;

/** Ages as people read them. */
public final class Ages {

    private Ages() {}

    /** {@code 340 ms}, {@code 12 s}, {@code 5 min}, {@code 3 h}, {@code 40 d}: two figures are enough to judge an age. */
    public static String text(long millis) {
        if (millis < TimeUnit.SECONDS.toMillis(1)) {
            return millis + " ms";
        }
        if (millis < TimeUnit.MINUTES.toMillis(2)) {
            return TimeUnit.MILLISECONDS.toSeconds(millis) + " s";
        }
        if (millis < TimeUnit.HOURS.toMillis(2)) {
            return TimeUnit.MILLISECONDS.toMinutes(millis) + " min";
        }
        if (millis < TimeUnit.DAYS.toMillis(2)) {
            return TimeUnit.MILLISECONDS.toHours(millis) + " h";
        }
        return TimeUnit.MILLISECONDS.toDays(millis) + " d";
    }
}
