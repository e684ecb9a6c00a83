/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where it was measured, and what.
 *
 * @param cores cores that this JVM may use
 * @param cpu model of the CPU, as the kernel names it; "unknown" where it does not
 * @param memoryMebibytes memory of the machine
 * @param maxHeapMebibytes the largest heap of this JVM
 * @param jvm name and version
 * @param os name, version and architecture
 * @param commit commit of the code, with "+changes" where files differ from it; "unknown" outside of a repository
 */
record Machine(
        int cores, String cpu, long memoryMebibytes, long maxHeapMebibytes, String jvm, String os, String commit) {

    static final String UNKNOWN = "unknown";

    /** This machine, and the code in the working directory. */
    static Machine ofThisProcess() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                system.getTotalMemorySize() >> 20,
                Runtime.getRuntime().maxMemory() >> 20,
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                commitOfSources());
    }

    /** What matters most of it, in a line. */
    String line() {
        return cores + " cores, " + cpu + ", " + memoryMebibytes + " MiB, " + jvm + ", heap up to " + maxHeapMebibytes
                + " MiB, commit " + commit;
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String commitOfSources() {
        String commit = git("rev-parse", "--short=12", "HEAD");
        return commit.equals(UNKNOWN)
                        || git("status", "--porcelain", "--untracked-files=no").isEmpty()
                ? commit
                : commit + "+changes";
    }

    private static String git(String... arguments) {
        try {
            Process git = new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments))
                            .toList())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? text : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
