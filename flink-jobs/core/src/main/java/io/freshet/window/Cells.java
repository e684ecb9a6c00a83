/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import org.jspecify.annotations.Nullable;

/**
 * Points at the partial states of all aggregates in one tile or window. Moved from slot to slot by its owner, so that
 * nothing is allocated per event.
 */
final class Cells {

    long[] longs = {};

    @Nullable
    Object[] objects = {};

    int at;
    int objectAt;

    /** Free-standing cells, all empty. */
    static Cells empty(int longCells, int objectCells) {
        Cells cells = new Cells();
        cells.longs = new long[longCells];
        cells.objects = new Object[objectCells];
        return cells;
    }
}
