/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.local.LocalStack;
import io.freshet.local.LocalStackException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet up}: Kafka, Redis and Flink on this machine until Ctrl-C. */
@Command(
        name = "up",
        description = "Run Kafka, Redis and Flink on this machine, on the loopback address, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  freshet up --kafka-port 9092 --redis-port 6379"})
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--kafka-port", defaultValue = "9092", description = "0 for any free port. Default: 9092.")
    private int kafkaPort;

    @Option(names = "--redis-port", defaultValue = "6379", description = "0 for any free port. Default: 6379.")
    private int redisPort;

    @Option(names = "--ui-port", defaultValue = "8081", description = "Flink's web UI; 0 for any. Default: 8081.")
    private int uiPort;

    // Read by Failures, from the parsed arguments.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--debug", description = "Show stack traces.")
    private boolean debug;

    @Override
    public Integer call() throws LocalStackException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Starting Kafka, Redis and Flink ...");
        err.flush();
        try (LocalStack stack = LocalStack.start(new LocalStack.Options(kafkaPort, redisPort, uiPort, 4))) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("kafka  " + stack.bootstrapServers());
            out.println("redis  " + stack.redisUri());
            out.println("flink  " + stack.webUi());
            out.flush();
            err.println("Ctrl-C stops all of it and deletes its files (" + stack.directory() + ").");
            err.flush();
            // Only a signal ends this wait; the stack's own hook then stops it.
            new CountDownLatch(1).await();
        }
        return Freshet.OK;
    }
}
