/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

/** The state of one entity in one view: clock, seq, tiles, held events. Changed in place by {@link WindowEngine}. */
public final class EntityState {
    EntityState() {}
}
