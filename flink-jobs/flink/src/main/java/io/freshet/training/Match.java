/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What one view gives to one row of the spine.
 *
 * @param index number of the row in the spine, from 0
 * @param view position of the view in the request
 * @param asOfMillis as_of of the row that was served, ms since 1970 UTC
 * @param values one per column that is read, as of the moment of the question; null is SQL's null
 * @param leftOut the columns whose values are left out because they were warming
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Match(
        long index, int view, long asOfMillis, @Nullable Object[] values, BitSet leftOut) {}
