/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

/**
 * A part of all entities, by their hashes: what does not fit in memory at once is done part by part.
 *
 * @param number from 0
 * @param count how many parts there are
 */
record EntityPart(int number, int count) {

    /** All entities. */
    static final EntityPart ALL = new EntityPart(0, 1);

    boolean has(String entity) {
        return count == 1 || Math.floorMod(entity.hashCode(), count) == number;
    }
}
