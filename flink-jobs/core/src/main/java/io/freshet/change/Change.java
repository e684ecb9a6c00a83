/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.change;

import java.util.List;

/** One thing that differs between two definitions of a view. */
public sealed interface Change {

    /**
     * Something that is said of the whole view.
     *
     * @param key where in the definition
     * @param before as it was; empty where it was not said
     * @param now as it is; empty where it is not said any more
     * @param isMeaning whether values or rows mean something else for it
     */
    record Property(String key, String before, String now, boolean isMeaning) implements Change {}

    /**
     * A feature that was not there.
     *
     * @param name its name
     * @param definition its definition
     * @param columns its columns
     */
    record Added(String name, String definition, List<String> columns) implements Change {
        public Added {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A feature that is no longer there.
     *
     * @param name its name
     * @param definition the definition it had
     * @param columns its columns
     */
    record Removed(String name, String definition, List<String> columns) implements Change {
        public Removed {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A feature with another definition.
     *
     * @param name its name
     * @param before its definition before
     * @param now its definition now
     * @param added columns that were not there
     * @param removed columns that are no longer there
     * @param redefined columns of the same name that mean something else
     */
    record Redefined(
            String name, String before, String now, List<String> added, List<String> removed, List<String> redefined)
            implements Change {
        public Redefined {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            redefined = List.copyOf(redefined);
        }
    }
}
