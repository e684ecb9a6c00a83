/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

/** How good what a view gave is; of several the one that stands first here counts. */
public enum RowStatus {
    /** There is no row: the entity was never seen, it has expired, or another version of the view wrote it. */
    MISSING,
    /** The job is behind its freshness target, by the watermark that it publishes: newer values are to come. */
    STALE,
    /** The job has not seen all events of a window that a wanted feature draws on. */
    WARMING,
    /** None of these. */
    FRESH
}
