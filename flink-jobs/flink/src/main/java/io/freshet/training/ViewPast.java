/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.history.HistorySource;
import java.util.List;
import java.util.Optional;

/**
 * Where the rows of one view are.
 *
 * @param topic its history, from where the archive ends; empty where only an archive is there
 * @param archive its archive, if one is to be read
 */
public record ViewPast(Optional<HistorySource.Bounded> topic, Optional<Archive> archive) {

    /**
     * The archive of a view.
     *
     * @param directory the folder of archives
     * @param files names of its files
     * @param rows how many rows they hold
     */
    public record Archive(String directory, List<String> files, long rows) {
        public Archive {
            files = List.copyOf(files);
        }
    }

    /** How many rows there are, at most. */
    long rows() {
        return topic.map(HistorySource.Bounded::rows).orElse(0L)
                + archive.map(Archive::rows).orElse(0L);
    }
}
