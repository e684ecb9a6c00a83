/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import java.nio.file.Path;

/** A Kafka broker as a process of its own: it runs until a signal ends it. */
public final class KafkaBroker {

    private KafkaBroker() {}

    /**
     * Runs it.
     *
     * @param arguments the directory of its files, its port, and a port for its own use
     */
    public static void main(String[] arguments) throws LocalStackException {
        LocalKafka kafka =
                LocalKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-stop"));
        kafka.awaitStop();
    }
}
