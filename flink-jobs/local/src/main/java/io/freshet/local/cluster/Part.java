/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * One process of a cluster.
 *
 * @param kind what it is
 * @param number its number among those of its kind, from 1
 */
public record Part(Kind kind, int number) {

    /** Kinds of processes. */
    public enum Kind {
        REDIS("redis"),
        KAFKA("kafka"),
        JOB_MANAGER("jobmanager"),
        TASK_MANAGER("taskmanager");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** The one Redis server. */
    public static final Part REDIS = new Part(Kind.REDIS, 1);

    /** The one broker. */
    public static final Part KAFKA = new Part(Kind.KAFKA, 1);

    /** The one JobManager. */
    public static final Part JOB_MANAGER = new Part(Kind.JOB_MANAGER, 1);

    /** A TaskManager, counted from 1. */
    public static Part taskManager(int number) {
        return new Part(Kind.TASK_MANAGER, number);
    }

    /** As users and files call it: {@code kafka}, {@code taskmanager-2}. */
    public String label() {
        return kind == Kind.TASK_MANAGER ? kind.label + "-" + number : kind.label;
    }

    /** All of a cluster, in the order in which they depend on each other: it is started so, and stopped from the end. */
    static List<Part> all(int taskManagers) {
        List<Part> parts = new ArrayList<>(List.of(REDIS, KAFKA, JOB_MANAGER));
        for (int number = 1; number <= taskManagers; number++) {
            parts.add(taskManager(number));
        }
        return parts;
    }
}
