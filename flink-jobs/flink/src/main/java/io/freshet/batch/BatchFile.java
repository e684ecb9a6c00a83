/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A file of a view's events, and when it was loaded.
 *
 * @param number of the file: those loaded earlier come first, those of one load by name
 * @param name as the view's pattern names it
 * @param path where it is
 * @param bytes its length
 * @param load number of the load it came with, from 0
 * @param loadedAtMillis when the run looked that loaded it first, ms since 1970 UTC
 * @param missedAtMillis when the last run before that looked, ms since 1970 UTC: its events were not available then,
 *     whatever is stated; {@link Long#MIN_VALUE} of the first load
 * @param isNew whether this run loads it
 */
record BatchFile(
        int number,
        String name,
        String path,
        long bytes,
        int load,
        long loadedAtMillis,
        long missedAtMillis,
        boolean isNew)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    BatchFile {
        requireNonNull(name, "name");
        requireNonNull(path, "path");
    }

    /**
     * From when a reader could have known of an event in it: the stated time, where no run refutes it by having looked
     * then or later without finding the file; else when the file was loaded.
     */
    long available(long statedMillis) {
        return statedMillis > missedAtMillis ? statedMillis : loadedAtMillis;
    }
}
