/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import org.jspecify.annotations.Nullable;

/**
 * The values that an expression is computed from, and whether it has failed. A failure is a flag and no exception:
 * nullable fields make it a common thing. Used by one thread at a time.
 */
final class Evaluation {

    private final int[] positions;
    private @Nullable Object[] values = new Object[0];
    private @Nullable String failure;

    /** Reads variable {@code i} at {@code positions[i]}. */
    Evaluation(int[] positions) {
        this.positions = positions;
    }

    /** Takes up the next values. */
    void start(@Nullable Object[] next) {
        values = next;
        failure = null;
    }

    @Nullable
    Object variable(int index) {
        return values[positions[index]];
    }

    /** Whether any variable of the expression is null. */
    boolean hasNull() {
        for (int position : positions) {
            if (values[position] == null) {
                return true;
            }
        }
        return false;
    }

    /** The first failure is the one told. */
    void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    boolean failed() {
        return failure != null;
    }

    /** Why it failed, or null where it did not. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Goes on after a failure, where an operator does without the part that failed. */
    void recover() {
        failure = null;
    }
}
