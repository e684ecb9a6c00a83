/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** The edits of the demo's day, straight from the file: nothing of the engine has touched them. */
final class Day {

    private static final Path FILE =
            Path.of("..", "flink-jobs/cli/target/demo-data/wikipedia/wikiticker-2015-09-12-sampled.json.gz");

    /** One edit, as its line says. */
    record Edit(
            long time,
            String user,
            String channel,
            String page,
            String namespace,
            boolean minor,
            boolean fresh,
            boolean anonymous,
            boolean unpatrolled,
            long delta,
            long added,
            long deleted) {}

    private Day() {}

    static List<Map<String, Object>> lines() throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<Map<String, Object>> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                @SuppressWarnings("unchecked")
                Map<String, Object> values = json.readValue(line, Map.class);
                lines.add(values);
            }
        }
        return lines;
    }

    static Edit edit(Map<String, Object> line) {
        JsonNode node = new ObjectMapper().valueToTree(line);
        return new Edit(
                Instant.parse(node.get("time").asText()).toEpochMilli(),
                node.get("user").asText(),
                node.get("channel").asText(),
                node.get("page").asText(),
                node.get("namespace").asText(),
                node.get("isMinor").asBoolean(),
                node.get("isNew").asBoolean(),
                node.get("isAnonymous").asBoolean(),
                node.get("isUnpatrolled").asBoolean(),
                node.get("delta").asLong(),
                node.get("added").asLong(),
                node.get("deleted").asLong());
    }

    static Map<String, List<Edit>> by(List<Edit> edits, Function<Edit, String> key) {
        Map<String, List<Edit>> groups = new HashMap<>();
        edits.forEach(edit -> groups.computeIfAbsent(key.apply(edit), entity -> new ArrayList<>())
                .add(edit));
        return groups;
    }

    /** The edits with floor_hop(t - W) <= time <= t, of edits in order of time. */
    static List<Edit> window(List<Edit> edits, long lengthMillis, long hopMillis, long t) {
        long from = Math.floorDiv(t - lengthMillis, hopMillis) * hopMillis;
        return edits.subList(firstAtOrAfter(edits, from), firstAtOrAfter(edits, t + 1));
    }

    private static int firstAtOrAfter(List<Edit> edits, long time) {
        int low = 0;
        int high = edits.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (edits.get(middle).time() < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
