/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.EventProducer;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Sends generated events to Kafka: a backlog as fast as it goes, or events of now at a pace. */
final class LoadGenerator implements AutoCloseable {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PROBE_ENTITIES = 1_024;
    private static final double MOST_PROBES_PER_SECOND = 500;

    private final Schema schema;
    private final ZipfKeys draws;
    private final String[] names;
    private final EventProducer producer;
    private long number;

    LoadGenerator(Properties kafka, Schema schema, int entities) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        // An event waits for no others: batches form while requests are on their way.
        properties.setProperty("linger.ms", "0");
        this.schema = schema;
        this.draws = new ZipfKeys(entities, Long.MAX_VALUE, 42);
        this.names = EventStream.names(entities);
        this.producer = new EventProducer(properties, Workload.TOPIC, schema, Optional.of("key"));
    }

    /**
     * Sends a backlog at steady intervals of event time, whose last event is of now.
     *
     * @return time of the first event, ms
     */
    long backlog(long events, long eventsPerSecond) throws CommandFailedException {
        long start = System.currentTimeMillis() - events * 1000 / eventsPerSecond;
        for (long i = 0; i < events; i++) {
            send(names[draws.key(number)], start + i * 1000 / eventsPerSecond);
        }
        producer.flush();
        return start;
    }

    /**
     * Sends events of now at that pace, whether they are dealt with or not; some of them are probes.
     *
     * @param seconds for how long
     * @param probe told of the probes, or nobody while it warms up
     * @return events per second that were sent
     */
    double pace(double eventsPerSecond, double seconds, Optional<FreshnessProbe> probe) throws CommandFailedException {
        double probesPerSecond = Math.min(MOST_PROBES_PER_SECOND, eventsPerSecond / 10);
        long start = System.nanoTime();
        long sent = 0;
        long probes = 0;
        double elapsed = 0;
        while (elapsed < seconds) {
            for (; sent < elapsed * eventsPerSecond; sent++) {
                long now = System.currentTimeMillis();
                if (probes < elapsed * probesPerSecond) {
                    String entity = "probe-" + probes++ % PROBE_ENTITIES;
                    probe.ifPresent(each -> each.sent(entity, now));
                    send(entity, now);
                } else {
                    send(names[draws.key(number)], now);
                }
            }
            LockSupport.parkNanos(TICK_NANOS);
            elapsed = (System.nanoTime() - start) / 1e9;
        }
        producer.flush();
        return sent / ((System.nanoTime() - start) / 1e9);
    }

    private void send(String key, long timeMillis) throws CommandFailedException {
        long n = number++;
        GenericRecord event = new GenericData.Record(schema);
        event.put("time", timeMillis);
        event.put("key", key);
        event.put("value", EventValues.value(n));
        event.put("amount", EventValues.amount(n));
        event.put("quantity", EventValues.quantity(n));
        producer.send(event);
    }

    @Override
    public void close() {
        producer.close();
    }
}
