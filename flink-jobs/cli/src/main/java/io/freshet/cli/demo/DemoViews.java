/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.cli.CommandFailedException;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.schemas.WikipediaEdit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The demo's views, as {@code deploy/demo/views} has them. */
final class DemoViews {

    private static final List<String> NAMES = List.of("user_activity", "channel_activity", "page_activity");

    private DemoViews() {}

    /** All of them; the one of users is the first. */
    static List<ViewText> read() throws CommandFailedException, DefinitionException {
        String schema = WikipediaEdit.getClassSchema().toString();
        Schemas schemas = new Schemas(Map.of("WikipediaEdit", schema));
        List<ViewText> views = new ArrayList<>();
        for (String name : NAMES) {
            String file = name + ".yaml";
            try (InputStream in = DemoViews.class.getResourceAsStream("views/" + file)) {
                if (in == null) {
                    throw CommandFailedException.failed(
                            "Cannot find the demo's view " + file + ": the build is broken");
                }
                views.add(ViewText.of(file, new String(in.readAllBytes(), StandardCharsets.UTF_8), schemas));
            } catch (IOException e) {
                throw CommandFailedException.failed("Cannot read the demo's view " + file + ": " + e.getMessage());
            }
        }
        return views;
    }
}
