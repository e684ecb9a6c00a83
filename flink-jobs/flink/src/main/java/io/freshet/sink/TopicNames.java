/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

/** Names of the topics that Freshet writes. */
public final class TopicNames {

    private TopicNames() {}

    /** The topic of all rows of a view. */
    public static String history(String namespace, String view) {
        return namespace + "." + view + ".history";
    }

    /** The compacted topic of the schemas that rows of the histories were written under. */
    public static String historySchemas(String namespace) {
        return namespace + ".history-schemas";
    }

    /** The compacted topic of the files that runs over files have loaded. */
    public static String loads(String namespace) {
        return namespace + ".loads";
    }

    /** The topic of events that were put aside. */
    public static String deadLetters(String namespace) {
        return namespace + ".dead-letters";
    }
}
