/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import org.jspecify.annotations.Nullable;

/** The row that a value is made for. */
public interface Reading {

    /** Event time as of which the value is true, ms since 1970 UTC; at or after that of every event that counts. */
    long asOfMillis();

    /** Counts that a value does not fit its type or its stated bound. */
    void countOverflow();

    /** Null, in place of a value that does not fit its type or its stated bound; counted. */
    default @Nullable Object overflow() {
        countOverflow();
        return null;
    }
}
