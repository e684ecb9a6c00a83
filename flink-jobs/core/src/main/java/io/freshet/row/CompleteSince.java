/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Since when a job has seen all events: what makes values complete. It is one event time for all columns of a view, until
 * columns are added to one that runs. Immutable; the rows of a task share it.
 */
public final class CompleteSince {

    private static final int ALIKE = 0;

    private final long millis;

    /** Of each column of the plan; null where all are alike. */
    private final long @Nullable [] columns;

    /** As of when a row needs to tell its columns apart no more: later ones are complete, too. */
    private final long alikeFromMillis;

    private final CompleteSince alike;

    private CompleteSince(long millis, long @Nullable [] columns, long alikeFromMillis) {
        this.millis = millis;
        this.columns = columns;
        this.alikeFromMillis = alikeFromMillis;
        this.alike = columns == null ? this : all(millis);
    }

    /** The same for all columns, ms since 1970; {@link Long#MIN_VALUE}: all events there ever were. */
    public static CompleteSince all(long millis) {
        return new CompleteSince(millis, null, Long.MIN_VALUE);
    }

    /**
     * One for each column.
     *
     * @param columns the columns of the plan
     * @param millis of each of them, ms since 1970
     */
    public static CompleteSince of(List<Column> columns, long[] millis) {
        long least = Arrays.stream(millis).min().orElse(Long.MIN_VALUE);
        long alikeFrom = Long.MIN_VALUE;
        for (int i = 0; i < millis.length; i++) {
            if (millis[i] != least) {
                long memory = columns.get(i).window().memoryMillis();
                boolean never = memory == Long.MAX_VALUE || millis[i] > Long.MAX_VALUE - memory;
                alikeFrom = never ? Long.MAX_VALUE : Math.max(alikeFrom, millis[i] + memory);
                if (never) {
                    break;
                }
            }
        }
        return alikeFrom == Long.MIN_VALUE ? all(least) : new CompleteSince(least, millis.clone(), alikeFrom);
    }

    /** The same for a row as of that moment, with no more than it needs. */
    public CompleteSince at(long asOfMillis) {
        return asOfMillis < alikeFromMillis || alikeFromMillis == Long.MAX_VALUE ? this : alike;
    }

    /** Whether all columns are alike. */
    boolean isAlike() {
        return columns == null;
    }

    /** The least of all columns, ms since 1970. */
    public long millis() {
        return millis;
    }

    /** Of that column, ms since 1970. */
    public long millis(int column) {
        return columns == null ? millis : columns[column];
    }

    /** Writes it between operators. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(millis);
        out.writeShort(columns == null ? ALIKE : columns.length);
        if (columns != null) {
            for (long column : columns) {
                out.writeLong(column);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static CompleteSince read(DataInput in) throws IOException {
        long millis = in.readLong();
        int size = in.readUnsignedShort();
        if (size == ALIKE) {
            return all(millis);
        }
        long[] columns = new long[size];
        for (int i = 0; i < size; i++) {
            columns[i] = in.readLong();
        }
        return new CompleteSince(millis, columns, Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        return columns == null ? String.valueOf(millis) : Arrays.toString(columns);
    }
}
