/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.definition.ViewPlan;
import io.freshet.row.EntityKey;

/** Entity keys as users write them. */
public final class Keys {

    private Keys() {}

    /** Refuses what cannot be a key of that view. */
    public static void check(String key, ViewPlan view) throws CommandFailedException {
        try {
            EntityKey.parse(key, view.entity());
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongInput(
                    e.getMessage() + (view.entity().size() > 1 ? "; write the fields with | between them" : ""));
        }
    }
}
