/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

/** Where a converter puts a value. */
@FunctionalInterface
interface Slot {
    void put(Object value);
}
