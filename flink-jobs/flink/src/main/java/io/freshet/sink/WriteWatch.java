/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

/** Told what becomes of rows that are written. */
@FunctionalInterface
interface WriteWatch {

    /** A row whose event Kafka took in at that moment, ms, can be read now. */
    void acknowledged(long ingestedAtMillis);

    /** A write failed; it is tried again, or ends the task. */
    default void failed() {}
}
