/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.Locale;

/** What is measured, with its unit. */
enum Figure {
    /** Events that leave the source per second of wall clock. */
    EVENTS_PER_SECOND("events/s", "%,.0f"),
    /** CPU time of the whole process per event, less what an idle one takes, in microseconds. */
    CPU_MICROS_PER_EVENT("CPU us/event", "%,.2f"),
    /** CPU time of the Redis server per event, in microseconds. */
    REDIS_CPU_MICROS_PER_EVENT("CPU us/event of Redis", "%,.2f"),
    /** Rows written to the history per event. */
    ROWS_PER_EVENT("rows/event", "%.2f"),
    /** Rows written to the history per second of wall clock. */
    ROWS_PER_SECOND("rows/s", "%,.0f"),
    /** Growth of the used heap per entity, in bytes. */
    HEAP_BYTES_PER_ENTITY("heap bytes/entity", "%,.0f"),
    /** Length of an entity's stored form, in bytes. */
    STORED_BYTES_PER_ENTITY("stored bytes/entity", "%,.0f"),
    /** Memory that Redis takes for an entity, in bytes. */
    REDIS_BYTES_PER_ENTITY("Redis bytes/entity", "%,.0f"),
    /** Rows that Redis acknowledged per second of wall clock. */
    ROWS_WRITTEN_PER_SECOND("rows written/s", "%,.0f"),
    /** Rows that a reader made values of per second of wall clock. */
    ROWS_READ_PER_SECOND("rows read/s", "%,.0f"),
    /** Wall clock of the whole work, in seconds. */
    SECONDS("s", "%.2f"),
    /** Rows of history read per second of wall clock. */
    HISTORY_ROWS_PER_SECOND("history rows/s", "%,.0f"),
    /** Time per operation, in nanoseconds. */
    NANOS_PER_OPERATION("ns/op", "%,.1f"),
    /** Bytes of heap allocated per operation. */
    ALLOCATED_BYTES_PER_OPERATION("bytes allocated/op", "%,.0f"),
    /** Produced to readable in Redis, half of the probes, in ms. */
    P50_MILLIS("p50 ms", "%,.1f"),
    /** The same, 99 in 100 probes. */
    P99_MILLIS("p99 ms", "%,.1f"),
    /** The same, 999 in 1,000 probes. */
    P999_MILLIS("p99.9 ms", "%,.1f"),
    /** Produced to the row made by the windows, half of the probes, in ms: the rest of p50 is the way into Redis. */
    P50_ROW_MILLIS("p50 ms to the row", "%,.1f"),
    /** Heap of the JVM right after a full garbage collection, in MiB. */
    HEAP_MEBIBYTES("heap MiB", "%,.0f"),
    /** Memory that Redis has handed out, in MiB. */
    REDIS_MEBIBYTES("Redis MiB", "%,.0f"),
    /** Calls answered per second of wall clock. */
    CALLS_PER_SECOND("calls/s", "%,.0f"),
    /** Time from when a call was to be sent to the end of its answer, half of the calls, in ms. */
    ANSWER_P50_MILLIS("p50 ms", "%,.2f"),
    /** The same, 99 in 100 calls. */
    ANSWER_P99_MILLIS("p99 ms", "%,.2f"),
    /** The same, 999 in 1,000 calls. */
    ANSWER_P999_MILLIS("p99.9 ms", "%,.2f"),
    /** The same, the slowest call. */
    ANSWER_MAX_MILLIS("max ms", "%,.2f"),
    /** CPU time of the server's process per call, in microseconds. */
    SERVER_CPU_MICROS_PER_CALL("server CPU us/call", "%,.0f"),
    /** CPU time of Redis per call, in microseconds. */
    REDIS_CPU_MICROS_PER_CALL("Redis CPU us/call", "%,.0f"),
    /** Probes behind the quantiles. */
    PROBES("probes", "%,.0f");

    private final String label;
    private final String format;

    Figure(String label, String format) {
        this.label = label;
        this.format = format;
    }

    /** With its unit, as a heading. */
    String label() {
        return label;
    }

    /** The key in JSON. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A value as people read it. */
    String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
