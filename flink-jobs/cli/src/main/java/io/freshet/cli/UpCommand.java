/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.local.LocalStack;
import io.freshet.local.LocalStackException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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
        footer = {"", "Examples:", "  freshet up", "  freshet up --kafka-port 0 --redis-port 0 --ui-port 0 --json"})
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--kafka-port", defaultValue = "9092", description = "0 for any free port. Default: 9092.")
    private int kafkaPort;

    @Option(names = "--redis-port", defaultValue = "6379", description = "0 for any free port. Default: 6379.")
    private int redisPort;

    @Option(names = "--ui-port", defaultValue = "8081", description = "Flink's web UI; 0 for any. Default: 8081.")
    private int uiPort;

    @Option(names = "--json", description = "Print the addresses as one JSON object, once all answer.")
    private boolean json;

    // Read by Failures, from the parsed arguments.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--debug", description = "Show stack traces.")
    private boolean debug;

    @Override
    public Integer call() throws LocalStackException, InterruptedException, JsonProcessingException {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Starting Kafka, Redis and Flink ...");
        err.flush();
        try (LocalStack stack = LocalStack.start(new LocalStack.Options(kafkaPort, redisPort, uiPort, 4))) {
            PrintWriter out = spec.commandLine().getOut();
            Map<String, String> addresses = new LinkedHashMap<>();
            addresses.put("kafka", stack.bootstrapServers());
            addresses.put("redis", stack.redisUri());
            addresses.put("flink", stack.webUi().toString());
            if (json) {
                out.println(new ObjectMapper().writeValueAsString(addresses));
            } else {
                addresses.forEach((name, address) -> out.println(name + "  " + address));
            }
            out.flush();
            err.println("Ctrl-C stops all of it and deletes its files (" + stack.directory() + ").");
            err.flush();
            // Only a signal ends this wait; the stack's own hook then stops it.
            new CountDownLatch(1).await();
        }
        return Freshet.OK;
    }
}
