/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.EventFormat;
import io.freshet.definition.SchemaDifferences;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.event.BadEventException;
import io.freshet.metrics.RegistryMetrics;
import io.freshet.registry.RegistryException;
import io.freshet.registry.RegistryOptions;
import io.freshet.registry.SchemaRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the schema registry before a job starts, where its events name their schemas by id. A job that is running waits
 * for a registry that is away; one that is to be started says so and does not start.
 */
public final class RegistryPreflight {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryPreflight.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private RegistryPreflight() {}

    /**
     * Checks that the registry answers. A schema in it that views cannot read stops nothing: its events will be dead
     * letters, and the log says so.
     *
     * @throws PreflightException if the registry is not set, away, or refuses us
     */
    public static void run(FreshetConfig config, List<ViewText> views) throws PreflightException {
        Map<String, ViewPlan.SourcePlan> topics = new LinkedHashMap<>();
        for (ViewText view : views) {
            for (ViewPlan.SourcePlan topic : view.plan().sources()) {
                if (topic.source().format() == EventFormat.CONFLUENT) {
                    topics.put(topic.source().topic(), topic);
                }
            }
        }
        if (topics.isEmpty()) {
            return;
        }
        if (config.registry().urls().isEmpty()) {
            throw new PreflightException("Cannot read topic '"
                    + topics.keySet().iterator().next()
                    + "': its events name their schemas by id (format: confluent); set registry.url to the registry");
        }
        RegistryOptions options = RegistryOptions.of(config.registry()).retryingAtMost(LIMIT);
        SchemaRegistry registry = new SchemaRegistry(options, RegistryMetrics.NONE);
        for (ViewPlan.SourcePlan topic : topics.values()) {
            check(registry, topic);
        }
    }

    private static void check(SchemaRegistry registry, ViewPlan.SourcePlan topic) throws PreflightException {
        String subject = SchemaRegistry.subjectOf(topic.source().topic());
        try {
            Optional<Schema> latest = registry.latest(subject);
            latest.ifPresent(writer -> {
                SchemaDifferences differences = SchemaDifferences.between(writer, topic.schema());
                differences
                        .ofAllEvents()
                        .ifPresent(why -> warn(subject, "all events written with it will be dead letters", why));
                differences
                        .ofSomeEvents()
                        .ifPresent(why -> warn(subject, "some events written with it may be dead letters", why));
            });
        } catch (BadEventException e) {
            warn(subject, "all events written with it will be dead letters", String.valueOf(e.getMessage()));
        } catch (RegistryException e) {
            throw new PreflightException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PreflightException("Interrupted while asking the schema registry", e);
        }
    }

    private static void warn(String subject, String what, String why) {
        LOG.warn("The latest schema of subject '{}': {}: {}", subject, what, why);
    }
}
