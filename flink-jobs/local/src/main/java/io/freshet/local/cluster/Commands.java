/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import io.freshet.local.KafkaBroker;
import io.freshet.local.LocalStackException;
import io.freshet.local.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The words that start each part of a cluster. */
final class Commands {

    /** What Flink's own scripts give its JVMs on Java 17, as far as these processes need it. */
    private static final List<String> OPENS = List.of(
            "java.base/java.lang",
            "java.base/java.net",
            "java.base/java.io",
            "java.base/java.nio",
            "java.base/sun.nio.ch",
            "java.base/java.lang.reflect",
            "java.base/java.text",
            "java.base/java.time",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.util.concurrent.locks");

    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    private final ClusterFolder folder;
    private final Layout layout;
    private final FlinkSettings flink;

    Commands(ClusterFolder folder, Layout layout) {
        this.folder = folder;
        this.layout = layout;
        this.flink = new FlinkSettings(folder, layout);
    }

    List<String> of(Part part) throws LocalStackException {
        return switch (part.kind()) {
            case REDIS -> redis();
            case KAFKA -> kafka(part);
            case JOB_MANAGER -> flink(part, flink.jobManagerJvm(), JOB_MANAGER, List.of());
            case TASK_MANAGER -> {
                List<String> arguments = new ArrayList<>(flink.taskManagerMemory());
                arguments.addAll(List.of("-D", "taskmanager.resource-id=" + part.label()));
                yield flink(part, flink.taskManagerJvm(), TASK_MANAGER, arguments);
            }
        };
    }

    private List<String> redis() throws LocalStackException {
        try {
            return RedisServer.command(folder.redis(), layout.redis(), RedisServer.Keeps.ALL);
        } catch (IOException e) {
            throw new LocalStackException("Cannot start Redis: " + e.getMessage(), e);
        }
    }

    private List<String> kafka(Part part) throws LocalStackException {
        List<String> words = jvm(part, List.of("-Xmx256m"), ClassPath.ofKafka());
        words.addAll(List.of(
                KafkaBroker.class.getName(),
                folder.kafka().toString(),
                Integer.toString(layout.kafka()),
                Integer.toString(layout.controller())));
        return words;
    }

    private List<String> flink(Part part, List<String> memory, String entryPoint, List<String> arguments)
            throws LocalStackException {
        List<String> words = jvm(part, memory, ClassPath.ofFlink());
        words.addAll(List.of(entryPoint, "--configDir", folder.conf().toString()));
        words.addAll(arguments);
        words.addAll(List.of("-D", "io.tmp.dirs=" + folder.temporary(part)));
        return words;
    }

    private List<String> jvm(Part part, List<String> memory, String classPath) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(memory);
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=UTC"));
        OPENS.forEach(opened -> words.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        words.add("-Djava.io.tmpdir=" + folder.temporary(part));
        words.add("-Dlog.file=" + folder.log(part));
        words.add("-Dlog4j.configurationFile=" + FlinkSettings.logging(folder).toUri());
        words.addAll(List.of("-cp", classPath));
        return words;
    }
}
