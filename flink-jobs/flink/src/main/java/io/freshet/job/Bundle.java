/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.definition.ViewText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A deployment as text, packed into the job jar: all that the job is told, but for secrets, which the settings name as
 * {@code ${NAME}} and the cluster's environment holds.
 *
 * @param id tells the jar that holds it from others
 * @param settingsFile the settings file as its author knows it, for messages
 * @param settings its text
 * @param flags settings that win over the file, by dotted key
 * @param views the views, with the schemas they name
 * @param start where a job without state begins: {@code earliest}, {@code latest} or ms since 1970
 */
public record Bundle(
        String id,
        String settingsFile,
        String settings,
        Map<String, String> flags,
        List<ViewText> views,
        String start) {

    /** Name of the resource in the jar. */
    public static final String RESOURCE = "freshet-bundle.json";

    /** Global parameter of a job: {@link #id}. */
    public static final String ID = "freshet.bundle";

    /** Global parameter of a job: the namespace. */
    public static final String NAMESPACE = "freshet.namespace";

    /** Global parameter of a job: names and versions of its views. */
    public static final String VIEWS = "freshet.views";

    /** Global parameter of a job: {@link #packed} of its bundle. */
    public static final String DEFINITION = "freshet.definition";

    public Bundle {
        flags = Map.copyOf(flags);
        views = List.copyOf(views);
    }

    /** The bundle of the jar that this class was loaded from; empty where it has none. */
    static Optional<Bundle> find() throws IOException {
        try (InputStream in = Bundle.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            return in == null ? Optional.empty() : Optional.of(new ObjectMapper().readValue(in, Bundle.class));
        }
    }

    /** The text that is packed into a jar. */
    public String json() {
        try {
            return new ObjectMapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records of strings can be written as JSON", e);
        }
    }

    /** The JSON in a form that survives every list, quote and log line: gzip, then base64. */
    public String packed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(json().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to memory", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /**
     * What {@link #packed} gave.
     *
     * @throws IOException if it is something else
     */
    public static Bundle unpack(String packed) throws IOException {
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return new ObjectMapper().readValue(in, Bundle.class);
        } catch (IllegalArgumentException e) {
            throw new IOException("Cannot read the definition of a job: " + e.getMessage(), e);
        }
    }

    /** What the job that runs it tells of itself in Flink. */
    Map<String, String> parameters(String namespace) {
        String names = views.stream()
                .map(view -> view.plan().view())
                .map(view -> view.name() + ":" + view.version())
                .collect(Collectors.joining(","));
        return Map.of(NAMESPACE, namespace, ID, id, VIEWS, names, DEFINITION, packed());
    }
}
