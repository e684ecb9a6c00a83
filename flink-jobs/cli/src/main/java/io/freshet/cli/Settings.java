/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Settings as a command uses them.
 *
 * @param config what is set
 * @param folder where relative paths start: the folder of the settings file
 */
record Settings(FreshetConfig config, Path folder) {

    /** The schemas that views may name: the built-in ones and those of the folder. */
    Schemas schemas() throws CommandFailedException {
        return config.schemas().isPresent()
                ? SchemaFiles.builtInAnd(folder.resolve(config.schemas().get()))
                : SchemaFiles.builtIn();
    }

    /** All views, checked each and together. */
    List<ViewText> views() throws CommandFailedException, DefinitionException {
        List<ViewText> views = new ArrayList<>();
        Schemas schemas = schemas();
        for (Path file : ViewFiles.in(List.of(folder.resolve(config.views())))) {
            views.add(ViewText.of(file.toString(), ViewFiles.text(file), schemas, config.limits()));
        }
        ViewText.checkTogether(views);
        return views;
    }

    /** The plan of the view of that name. */
    ViewPlan view(String name) throws CommandFailedException, DefinitionException {
        return selected(List.of(name)).get(0).plan();
    }

    /** The views of these names; all where there are none. */
    List<ViewText> selected(List<String> names) throws CommandFailedException, DefinitionException {
        Map<String, ViewText> byName = new LinkedHashMap<>();
        for (ViewText view : views()) {
            byName.put(view.plan().view().name(), view);
        }
        if (names.isEmpty()) {
            return List.copyOf(byName.values());
        }
        List<ViewText> selected = new ArrayList<>();
        for (String name : names) {
            ViewText view = byName.get(name);
            if (view == null) {
                throw CommandFailedException.wrongInput("Unknown view '" + name + "' (known: "
                        + String.join(", ", byName.keySet().stream().sorted().toList()) + ", from "
                        + folder.resolve(config.views()) + ")");
            }
            selected.add(view);
        }
        return selected;
    }

    /** Settings of any Kafka client. */
    Properties kafka() {
        Properties properties = new Properties();
        config.kafka().properties().forEach((key, secret) -> properties.put(key, secret.value()));
        properties.put("bootstrap.servers", config.kafka().bootstrap());
        return properties;
    }
}
