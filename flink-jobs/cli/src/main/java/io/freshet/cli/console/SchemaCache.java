/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.definition.ViewPlan;
import io.freshet.history.HistorySchemas;
import io.freshet.history.LoggedSchemas;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas that rows of the histories were written under, read again each half minute: a new job may write another. */
final class SchemaCache {

    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final long KEPT_NANOS = Duration.ofSeconds(30).toNanos();

    private final ConsoleViews views;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    SchemaCache(ConsoleViews views) {
        this.views = views;
    }

    private record Read(LoggedSchemas schemas, long atNanos) {}

    /**
     * Those of a view.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be read
     */
    LoggedSchemas of(ViewPlan plan) {
        Read known = read.get(plan.view().name());
        if (known != null && System.nanoTime() - known.atNanos() < KEPT_NANOS) {
            return known.schemas();
        }
        LoggedSchemas schemas = HistorySchemas.read(views.kafka(), views.namespace(), plan, LIMIT);
        read.put(plan.view().name(), new Read(schemas, System.nanoTime()));
        return schemas;
    }
}
