/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroEncoder;
import io.freshet.event.RecordReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Edits made up for a test, and views over them. */
final class Edits {

    private final String text;
    private final Schema schema;

    Edits() throws Exception {
        text = Files.readString(Path.of("..", "schemas/src/main/avro/WikipediaEdit.avsc"));
        schema = new Schema.Parser().parse(text);
    }

    Schema schema() {
        return schema;
    }

    ViewText view(String yaml) throws Exception {
        return ViewText.of("test.yaml", yaml, new Schemas(Map.of("WikipediaEdit", text)));
    }

    /** An edit as it lies in a topic. */
    byte[] edit(String user, Instant time, int added) throws Exception {
        return new AvroEncoder(schema).encode(new RecordReader(schema).read(fields(user, time, added)));
    }

    /** An edit as loose values. */
    Map<String, Object> fields(String user, Instant time, int added) {
        Map<String, Object> fields = new HashMap<>(
                Map.of("time", time.toString(), "user", user, "channel", "#en", "page", "Tea", "namespace", "Main"));
        for (String flag : new String[] {"isMinor", "isNew", "isAnonymous", "isUnpatrolled", "isRobot"}) {
            fields.put(flag, false);
        }
        fields.putAll(Map.of("delta", added, "added", added, "deleted", 2 * added));
        return fields;
    }
}
