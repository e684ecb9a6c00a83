/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps processes on cores of their own by {@code taskset}, where that is installed and there are two or more. */
final class Cores {

    private static final int ALL = Runtime.getRuntime().availableProcessors();
    private static final String FIRST = "0";

    private Cores() {}

    /** The command of a process that has the first core. */
    static List<String> onTheFirst(List<String> command) throws Exception {
        List<String> whole = new ArrayList<>();
        if (canKeep()) {
            whole.addAll(List.of("taskset", "-c", FIRST));
        }
        whole.addAll(command);
        return whole;
    }

    /** Leaves the first core to others. */
    static void leaveTheFirst(long pid) throws Exception {
        keep(pid, "1-" + (ALL - 1));
    }

    /** Takes all again. */
    static void takeAll(long pid) throws Exception {
        keep(pid, "0-" + (ALL - 1));
    }

    static boolean canKeep() throws Exception {
        return ALL > 1 && run(List.of("taskset", "-V"));
    }

    private static void keep(long pid, String cores) throws Exception {
        if (canKeep()) {
            run(List.of("taskset", "-a", "-c", "-p", cores, Long.toString(pid)));
        }
    }

    private static boolean run(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
