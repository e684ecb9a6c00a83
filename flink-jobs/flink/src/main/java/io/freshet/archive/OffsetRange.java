/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

/**
 * Offsets of one partition of a history.
 *
 * @param from the first
 * @param to one past the last
 */
public record OffsetRange(long from, long to) {

    /** The smallest range that holds both. */
    OffsetRange and(OffsetRange other) {
        return new OffsetRange(Math.min(from, other.from), Math.max(to, other.to));
    }
}
