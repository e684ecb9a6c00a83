/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.drift.Profile;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One of the two sets of rows.
 *
 * @param source where they come from, as the user wrote it
 * @param rows which rows of there, in a few words
 * @param profile what is kept of them
 */
public record Side(String source, String rows, Profile profile) {

    /** {@code last 7d: 1,200 rows, as of 2026-01-01T00:00:00Z to 2026-01-07T23:59:00Z}. */
    public String text() {
        String text = source + ": " + String.format(Locale.ROOT, "%,d", profile.rows()) + " " + rows;
        if (profile.earliestMillis() <= profile.latestMillis()) {
            text += ", as of " + Instant.ofEpochMilli(profile.earliestMillis()) + " to "
                    + Instant.ofEpochMilli(profile.latestMillis());
        }
        return text + versions();
    }

    private String versions() {
        return profile.versions().isEmpty()
                ? ""
                : ", version "
                        + profile.versions().stream().map(String::valueOf).collect(Collectors.joining(" and "))
                        + " of the view";
    }
}
