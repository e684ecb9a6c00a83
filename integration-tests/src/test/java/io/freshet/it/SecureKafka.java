/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.local.Ports;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker as a company runs it: clients speak TLS, log in by SCRAM-SHA-512, and may do what its access control
 * lists say and nothing else. A second listener without all this, on loopback, is the administrator's.
 */
final class SecureKafka implements AutoCloseable {

    private final KafkaRaftServer server;
    private final int port;
    private final int adminPort;

    private SecureKafka(KafkaRaftServer server, int port, int adminPort) {
        this.server = server;
        this.port = port;
        this.adminPort = adminPort;
    }

    /**
     * Starts it.
     *
     * @param passwords of the users that there are
     */
    static SecureKafka start(Path directory, Certificates certificates, Map<String, String> passwords)
            throws Exception {
        List<Integer> ports = Ports.reserve(List.of(
                new Ports.Choice("Kafka", "", Ports.ANY),
                new Ports.Choice("Kafka's administrator", "", Ports.ANY),
                new Ports.Choice("Kafka's controller", "", Ports.ANY)));
        format(directory, passwords);
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(settings(directory, certificates, ports), false), Time.SYSTEM);
        server.startup();
        return new SecureKafka(server, ports.get(0), ports.get(1));
    }

    /** Where users find it. */
    String bootstrap() {
        return "localhost:" + port;
    }

    /** Where the administrator finds it. */
    String adminBootstrap() {
        return "localhost:" + adminPort;
    }

    private static void format(Path directory, Map<String, String> passwords) throws Exception {
        List<String> scram = new ArrayList<>();
        passwords.forEach((user, password) -> scram.add("SCRAM-SHA-512=[name=" + user + ",password=" + password + "]"));
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Formatter formatter = new Formatter()
                    .setPrintStream(quiet)
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .setScramArguments(scram)
                    .setHasDynamicQuorum(false);
            formatter.addDirectory(directory.toString());
            formatter.run();
        }
    }

    private static Map<String, String> settings(Path directory, Certificates certificates, List<Integer> ports) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("log.dirs", directory.toString());
        String clients = "SASL_SSL://localhost:" + ports.get(0) + ",ADMIN://localhost:" + ports.get(1);
        settings.put("listeners", clients + ",CONTROLLER://localhost:" + ports.get(2));
        settings.put("advertised.listeners", clients);
        settings.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,ADMIN:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "ADMIN");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@localhost:" + ports.get(2));
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", certificates.store().toString());
        settings.put("ssl.keystore.password", Certificates.PASSWORD);
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
        settings.put("super.users", "User:ANONYMOUS");
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        return settings;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
