/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import io.freshet.local.LocalStackException;
import io.freshet.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** Flink's settings for a cluster on this machine, and what follows from them for its JVMs. */
final class FlinkSettings {

    private static final String LOGGING = """
            rootLogger.level = INFO
            rootLogger.appenderRef.file.ref = file
            logger.kafka.name = org.apache.kafka
            logger.kafka.level = WARN
            logger.broker.name = kafka
            logger.broker.level = WARN
            appender.file.type = RollingFile
            appender.file.name = file
            appender.file.fileName = ${sys:log.file}
            appender.file.filePattern = ${sys:log.file}.%i
            appender.file.layout.type = PatternLayout
            appender.file.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %c{1.} %x - %m%n
            appender.file.policies.type = Policies
            appender.file.policies.size.type = SizeBasedTriggeringPolicy
            appender.file.policies.size.size = 20MB
            appender.file.strategy.type = DefaultRolloverStrategy
            appender.file.strategy.max = 3
            """;

    private final Map<String, String> settings = new TreeMap<>();

    FlinkSettings(ClusterFolder folder, Layout layout) {
        listenOnLoopback(layout);
        keepIn(folder);
        shareMemory();
        settings.put("taskmanager.numberOfTaskSlots", Integer.toString(layout.slots()));
        // Each TaskManager gets a share of a job, as machines would; by default the first is filled up.
        settings.put("taskmanager.load-balance.mode", "SLOTS");
        settings.put("state.backend.type", "rocksdb");
        settings.put("execution.checkpointing.incremental", "true");
        settings.put("execution.checkpointing.num-retained", "2");
        settings.put("web.cancel.enable", "true");
        // A process that was killed is seen to be gone within seconds, and what status shows is that old at most.
        settings.put("heartbeat.interval", "1 s");
        settings.put("heartbeat.timeout", "8 s");
        settings.put("metrics.fetcher.update-interval", "1000");
        settings.put("web.refresh-interval", "200");
        // TaskManagers wait that long for a JobManager that is down.
        settings.put("taskmanager.registration.timeout", "1 h");
    }

    private void listenOnLoopback(Layout layout) {
        for (String key : List.of(
                "jobmanager.rpc.address",
                "jobmanager.bind-host",
                "taskmanager.host",
                "taskmanager.bind-host",
                "rest.address",
                "rest.bind-address")) {
            settings.put(key, Ports.LOOPBACK);
        }
        settings.put("jobmanager.rpc.port", Integer.toString(layout.rpc()));
        settings.put("jobmanager.rpc.bind-port", Integer.toString(layout.rpc()));
        settings.put("rest.port", Integer.toString(layout.rest()));
        settings.put("rest.bind-port", Integer.toString(layout.rest()));
    }

    private void keepIn(ClusterFolder folder) {
        settings.put("execution.checkpointing.dir", folder.checkpoints().toUri().toString());
        settings.put(
                "execution.checkpointing.savepoint-dir",
                folder.savepoints().toUri().toString());
        settings.put("web.upload.dir", folder.uploads().toString());
    }

    /** Of a JobManager some 700 MB, of a TaskManager some 800 MB, of which RocksDB has a sixth. */
    private void shareMemory() {
        settings.put("jobmanager.memory.heap.size", "288m");
        settings.put("jobmanager.memory.off-heap.size", "64m");
        settings.put("jobmanager.memory.jvm-metaspace.size", "256m");
        settings.put("jobmanager.memory.jvm-overhead.min", "64m");
        settings.put("jobmanager.memory.jvm-overhead.max", "64m");
        settings.put("taskmanager.memory.framework.heap.size", "64m");
        settings.put("taskmanager.memory.task.heap.size", "224m");
        settings.put("taskmanager.memory.framework.off-heap.size", "64m");
        settings.put("taskmanager.memory.task.off-heap.size", "16m");
        settings.put("taskmanager.memory.managed.size", "128m");
        settings.put("taskmanager.memory.network.min", "48m");
        settings.put("taskmanager.memory.network.max", "48m");
        settings.put("taskmanager.memory.jvm-metaspace.size", "256m");
        settings.put("taskmanager.memory.jvm-overhead.min", "64m");
        settings.put("taskmanager.memory.jvm-overhead.max", "64m");
    }

    /** Writes Flink's own files into the folder of settings. */
    void write(ClusterFolder folder) throws LocalStackException {
        String yaml = settings.entrySet().stream()
                .map(each -> each.getKey() + ": '" + each.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(folder.conf().resolve("config.yaml"), yaml);
            Files.writeString(logging(folder), LOGGING);
        } catch (IOException e) {
            throw new LocalStackException("Cannot write the settings of Flink in " + folder.conf() + ": " + e, e);
        }
    }

    static Path logging(ClusterFolder folder) {
        return folder.conf().resolve("log4j2.properties");
    }

    /** Flags of the JobManager's JVM. */
    List<String> jobManagerJvm() {
        Configuration flink = Configuration.fromMap(settings);
        return words(JobManagerProcessUtils.generateJvmParametersStr(
                JobManagerProcessUtils.processSpecFromConfig(flink), flink));
    }

    /** Flags of a TaskManager's JVM. */
    List<String> taskManagerJvm() {
        return words(ProcessMemoryUtils.generateJvmParametersStr(taskManager()));
    }

    /** What a TaskManager has to be told of its memory: it does not work that out by itself. */
    List<String> taskManagerMemory() {
        return words(TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManager()));
    }

    private TaskExecutorProcessSpec taskManager() {
        return TaskExecutorProcessUtils.processSpecFromConfig(Configuration.fromMap(settings));
    }

    private static List<String> words(String line) {
        return new ArrayList<>(List.of(line.strip().split("\\s+")));
    }
}
