/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.schemas.WikipediaEdit;
import io.freshet.source.EventRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.util.ParameterTool;
import org.jspecify.annotations.Nullable;

/**
 * What the job is given on the command line of {@code flink run}.
 *
 * @param config the settings
 * @param views the views in the folder or file that the settings name, checked together
 * @param range where the job reads from
 */
public record JobArguments(FreshetConfig config, List<ViewText> views, EventRange range) {

    public JobArguments {
        views = List.copyOf(views);
    }

    static final String USAGE =
            "flink run <jar> [--config <freshet.yaml>] [--start earliest|latest|<ms since 1970>] [--<setting> <value>]...";

    /**
     * Reads the command line, and the files it names.
     *
     * @throws DefinitionException if the settings, a schema or a view is wrong; it says where
     * @throws IOException if a file cannot be read
     */
    public static JobArguments read(String[] arguments, Map<String, String> environment)
            throws IOException, DefinitionException {
        Map<String, String> flags =
                new HashMap<>(ParameterTool.fromArgs(arguments).toMap());
        String file = flags.remove("config");
        EventRange.Start start = start(flags.remove("start"));
        String yaml = file == null ? "" : Files.readString(Path.of(file));
        FreshetConfig config = FreshetConfig.of(file == null ? "freshet.yaml" : file, yaml, environment, flags);
        // As on the command line: relative paths start where the settings are.
        Path folder =
                Path.of(file == null ? "freshet.yaml" : file).toAbsolutePath().resolveSibling("");
        Schemas schemas = schemas(config.schemas().map(folder::resolve).orElse(null));
        List<ViewText> views = new ArrayList<>();
        for (Path view : files(folder.resolve(config.views()), ".yaml")) {
            views.add(ViewText.of(view.toString(), Files.readString(view), schemas));
        }
        if (views.isEmpty()) {
            throw new IOException("Cannot start a job without views: no .yaml file in " + config.views());
        }
        ViewText.checkTogether(views);
        return new JobArguments(config, List.copyOf(views), new EventRange(start, EventRange.End.NEVER));
    }

    private static EventRange.Start start(@Nullable String text) {
        if (text == null || text.equals("earliest")) {
            return new EventRange.Earliest();
        }
        if (text.equals("latest")) {
            return new EventRange.Latest();
        }
        try {
            return new EventRange.At(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Cannot start at '" + text + "', expected earliest, latest or ms since 1970. Usage: " + USAGE, e);
        }
    }

    private static Schemas schemas(@Nullable Path folder) throws IOException {
        Schemas builtIn = Schemas.ofFiles(new TreeMap<>(
                Map.of("WikipediaEdit.avsc", WikipediaEdit.getClassSchema().toString())));
        SortedMap<String, String> texts = new TreeMap<>();
        if (folder != null) {
            for (Path file : files(folder, ".avsc")) {
                texts.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return Schemas.ofFiles(texts).and(builtIn);
    }

    /** The file itself, or the files of a folder that end so, by name. */
    private static List<Path> files(Path place, String end) throws IOException {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
