/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a user asks for, unchecked.
 *
 * @param spine path of the file of labelled rows
 * @param views names of views, each with the columns or features that are wanted: {@code a,b:edits_1h,pages}
 * @param out path of the file to write
 * @param timeColumn the spine's column of times
 * @param times how these are read
 * @param keys the spine's column of an entity field where it has another name: by field, or {@code view.field}
 * @param archive the folder of archives to read beside the histories; empty: none
 * @param maxAge greatest age of a row; empty: none
 * @param delay how long after its as_of a backfilled row is available; empty: as it says
 * @param horizon how long before the spine's time features are wanted
 * @param keepWarming whether to keep values of windows that were not full yet
 * @param overwrite whether a file that is there may be replaced
 */
public record TrainingOptions(
        String spine,
        String views,
        String out,
        String timeColumn,
        TimeForm times,
        Map<String, String> keys,
        Optional<String> archive,
        Optional<Duration> maxAge,
        Optional<Duration> delay,
        Duration horizon,
        boolean keepWarming,
        boolean overwrite) {

    /** The name of the column of times where the user gives none. */
    public static final String TIME_COLUMN = "timestamp";

    public TrainingOptions {
        keys = Map.copyOf(keys);
    }

    /** As served, to a new file. */
    public static TrainingOptions of(String spine, String views, String out) {
        return new TrainingOptions(
                spine,
                views,
                out,
                TIME_COLUMN,
                TimeForm.DEFAULT,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                false,
                false);
    }
}
