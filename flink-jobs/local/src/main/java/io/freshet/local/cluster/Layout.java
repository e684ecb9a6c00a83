/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import io.freshet.local.LocalStackException;
import io.freshet.local.Ports;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Where the parts of a cluster listen, all on the loopback address, and how many there are.
 *
 * @param kafka port of the broker
 * @param controller port of the broker's own use
 * @param redis port of Redis
 * @param rest port of Flink's web UI and REST
 * @param rpc port where TaskManagers find the JobManager
 * @param taskManagers how many
 * @param slots of each TaskManager
 */
public record Layout(int kafka, int controller, int redis, int rest, int rpc, int taskManagers, int slots) {

    /** {@code host:port} of the broker. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + kafka;
    }

    /** {@code redis://host:port}. */
    public String redisUri() {
        return "redis://" + Ports.LOOPBACK + ":" + redis;
    }

    /** Address of Flink's web UI and REST. */
    public URI flinkRest() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + rest);
    }

    /** All parts, in the order in which they are started. */
    public List<Part> parts() {
        return Part.all(taskManagers);
    }

    void write(Path file) throws LocalStackException {
        Properties properties = new Properties();
        properties.setProperty("kafka", Integer.toString(kafka));
        properties.setProperty("controller", Integer.toString(controller));
        properties.setProperty("redis", Integer.toString(redis));
        properties.setProperty("rest", Integer.toString(rest));
        properties.setProperty("rpc", Integer.toString(rpc));
        properties.setProperty("task_managers", Integer.toString(taskManagers));
        properties.setProperty("slots", Integer.toString(slots));
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new LocalStackException("Cannot write " + file + ": " + e, e);
        }
    }

    static Layout read(Path file) throws LocalStackException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return new Layout(
                    number(properties, "kafka"),
                    number(properties, "controller"),
                    number(properties, "redis"),
                    number(properties, "rest"),
                    number(properties, "rpc"),
                    number(properties, "task_managers"),
                    number(properties, "slots"));
        } catch (IOException | IllegalArgumentException e) {
            throw new LocalStackException("Cannot read " + file + ", which says where the cluster listens: " + e, e);
        }
    }

    private static int number(Properties properties, String key) {
        return Integer.parseInt(properties.getProperty(key, ""));
    }
}
