/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.registry;

import static io.freshet.event.DeadLetterReason.INCOMPATIBLE_SCHEMA;
import static io.freshet.event.DeadLetterReason.UNKNOWN_SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.definition.EventFormat;
import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.SchemaLookup;
import io.freshet.metrics.RegistryMetrics;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * A schema registry that speaks <a
 * href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Confluent's REST API</a>: Confluent's
 * own, Apicurio's under {@code /apis/ccompat/v7}, Karapace. Every call waits while the registry is away. Used by one
 * thread at a time.
 */
public final class SchemaRegistry implements SchemaLookup {

    private static final String AVRO = "AVRO";
    private static final int MOST_REFERENCES = 100;

    /** So that broken events do not have the registry asked for each, and a schema that comes late is found soon. */
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int MOST_REMEMBERED = 10_000;

    /** That no event can be read by a schema, and when the registry said so. */
    private record Refusal(BadEventException why, long atNanos) {}

    private final RegistryRequests requests;
    private final Map<Integer, Refusal> refusals = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Refusal> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * The registry that the options name. Nothing is asked yet.
     *
     * @throws IllegalArgumentException if they name none
     */
    public SchemaRegistry(RegistryOptions options, RegistryMetrics metrics) {
        requests = new RegistryRequests(options, metrics);
    }

    /**
     * What tells the schemas of a topic's events: a registry where they name them by id, else nothing.
     *
     * @param metrics told of what is asked; got where there is a registry
     */
    public static SchemaLookup lookupFor(
            ViewPlan.SourcePlan topic, RegistryOptions options, Supplier<RegistryMetrics> metrics) {
        return topic.source().format() == EventFormat.CONFLUENT
                ? new SchemaRegistry(options, metrics.get())
                : SchemaLookup.NONE;
    }

    /** The subject under which serializers keep the schemas of a topic's values, unless they are told otherwise. */
    public static String subjectOf(String topic) {
        return topic + "-value";
    }

    @Override
    public Schema byId(int id) throws BadEventException, IOException {
        Refusal known = refusals.get(id);
        if (known != null && System.nanoTime() - known.atNanos() < REMEMBERED_NANOS) {
            throw new BadEventException(
                    known.why().reason(), String.valueOf(known.why().getMessage()));
        }
        try {
            Schema schema = find(id);
            refusals.remove(id);
            return schema;
        } catch (BadEventException e) {
            refusals.remove(id);
            refusals.put(id, new Refusal(e, System.nanoTime()));
            throw e;
        }
    }

    private Schema find(int id) throws BadEventException, IOException {
        String what = "schema " + id;
        if (id < 0) {
            throw new BadEventException(UNKNOWN_SCHEMA, "Cannot find " + what + ": expected an id of 0 or more");
        }
        RegistryAnswer answer = requests.get("/schemas/ids/" + id, what);
        if (!answer.isFound()) {
            throw unknown(what, answer);
        }
        return parsed(answer.body(), what);
    }

    /**
     * The newest schema of a subject; empty where there is no such subject.
     *
     * @throws BadEventException if no event can be read by it
     */
    public Optional<Schema> latest(String subject) throws BadEventException, IOException {
        String what = "the latest schema of subject '" + subject + "'";
        RegistryAnswer answer = requests.get("/subjects/" + encoded(subject) + "/versions/latest", what);
        return answer.isFound() ? Optional.of(parsed(answer.body(), what)) : Optional.empty();
    }

    /**
     * Registers a schema under a subject, where it is not there yet.
     *
     * @return its id
     * @throws RegistryException if the registry does not take it
     */
    public int register(String subject, Schema schema) throws IOException {
        String what = "an id for schema '" + schema.getFullName() + "' under subject '" + subject + "'";
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
        RegistryAnswer answer = requests.post("/subjects/" + encoded(subject) + "/versions", request, what);
        if (!answer.isFound() || !answer.body().path("id").isInt()) {
            throw new RegistryException("Cannot get " + what + " from the schema registry at " + requests.place() + ": "
                    + answer.message());
        }
        return answer.body().path("id").asInt();
    }

    private Schema parsed(JsonNode answer, String what) throws BadEventException, IOException {
        Schema.Parser parser = new Schema.Parser();
        parser.setValidateDefaults(false); // a writer's defaults play no part in reading what it wrote
        return parse(answer, what, parser, new HashSet<>());
    }

    /** Parses a schema behind those that it refers to. */
    private Schema parse(JsonNode answer, String what, Schema.Parser parser, Set<String> known)
            throws BadEventException, IOException {
        String type = answer.path("schemaType").asText(AVRO);
        if (!type.equals(AVRO)) {
            throw new BadEventException(
                    INCOMPATIBLE_SCHEMA,
                    "Cannot read an event of " + what + ": it is of type " + type + ", expected AVRO");
        }
        for (JsonNode reference : answer.path("references")) {
            String subject = reference.path("subject").asText();
            String path = "/subjects/" + encoded(subject) + "/versions/"
                    + reference.path("version").asInt();
            if (known.add(path) && known.size() <= MOST_REFERENCES) {
                String referred =
                        what + " (its reference to '" + reference.path("name").asText() + "')";
                RegistryAnswer found = requests.get(path, referred);
                if (!found.isFound()) {
                    throw unknown(referred, found);
                }
                parse(found.body(), referred, parser, known);
            }
        }
        try {
            return parser.parse(answer.path("schema").asText());
        } catch (RuntimeException | StackOverflowError e) {
            throw new BadEventException(
                    INCOMPATIBLE_SCHEMA,
                    "Cannot read an event of " + what + ": Avro cannot parse the schema (" + e.getMessage() + ")");
        }
    }

    private BadEventException unknown(String what, RegistryAnswer answer) {
        return new BadEventException(
                UNKNOWN_SCHEMA,
                "Cannot find " + what + " in the schema registry at " + requests.place() + " (" + answer.errorCode()
                        + ": " + answer.message() + "): was it deleted, or does the event come from elsewhere?");
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
