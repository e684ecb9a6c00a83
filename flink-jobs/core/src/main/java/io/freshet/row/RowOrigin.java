/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

/** What made a row. Names as the history has them. */
public enum RowOrigin {
    /** The job that keeps the online store fresh, as the events came. A reader could have had the row. */
    LIVE,
    /** A backfill, later: what the live job would have written, available a stated delay after its as_of. */
    BACKFILL,
    /** A bounded run over files of events. A reader could have had the row. */
    BATCH
}
