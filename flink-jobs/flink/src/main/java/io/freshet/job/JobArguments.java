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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.util.ParameterTool;
import org.jspecify.annotations.Nullable;

/**
 * What the job is given: in the jar by {@code freshet deploy}, else on the command line of {@code flink run}.
 *
 * @param config the settings
 * @param views the views in the folder or file that the settings name, checked together
 * @param range where the job reads from
 * @param folder where relative paths start
 * @param bundle what the jar says of all this; empty where it is on the command line
 */
public record JobArguments(
        FreshetConfig config, List<ViewText> views, EventRange range, Path folder, Optional<Bundle> bundle) {

    public JobArguments {
        views = List.copyOf(views);
    }

    static final String USAGE =
            "flink run <jar> [--config <freshet.yaml>] [--start earliest|latest|<ms since 1970>] [--<setting> <value>]...";

    /**
     * Reads the command line, and the files it names; without a file, the jar's own bundle where it has one. What the
     * command line says wins over the jar.
     *
     * @throws DefinitionException if the settings, a schema or a view is wrong; it says where
     * @throws IOException if a file cannot be read
     */
    public static JobArguments read(String[] arguments, Map<String, String> environment)
            throws IOException, DefinitionException {
        Map<String, String> flags =
                new HashMap<>(ParameterTool.fromArgs(arguments).toMap());
        String file = flags.remove("config");
        Optional<Bundle> bundle = file == null ? Bundle.find() : Optional.empty();
        if (bundle.isPresent()) {
            return bundled(bundle.get(), environment, flags);
        }
        EventRange.Start start = start(flags.remove("start"));
        String yaml = file == null ? "" : Files.readString(Path.of(file));
        FreshetConfig config = FreshetConfig.of(file == null ? "freshet.yaml" : file, yaml, environment, flags);
        // As on the command line: relative paths start where the settings are.
        Path folder =
                Path.of(file == null ? "freshet.yaml" : file).toAbsolutePath().resolveSibling("");
        Schemas schemas = schemas(config.schemas().map(folder::resolve).orElse(null));
        List<ViewText> views = new ArrayList<>();
        for (Path view : files(folder.resolve(config.views()), ".yaml")) {
            views.add(ViewText.of(view.toString(), Files.readString(view), schemas, config.limits()));
        }
        if (views.isEmpty()) {
            throw new IOException("Cannot start a job without views: no .yaml file in " + config.views());
        }
        ViewText.checkTogether(views);
        return new JobArguments(
                config, List.copyOf(views), new EventRange(start, EventRange.End.NEVER), folder, Optional.empty());
    }

    private static JobArguments bundled(Bundle bundle, Map<String, String> environment, Map<String, String> given)
            throws DefinitionException {
        String start = given.remove("start");
        Map<String, String> flags = new HashMap<>(bundle.flags());
        flags.putAll(given);
        FreshetConfig config = FreshetConfig.of(bundle.settingsFile(), bundle.settings(), environment, flags);
        ViewText.checkTogether(bundle.views());
        EventRange range = new EventRange(start(start == null ? bundle.start() : start), EventRange.End.NEVER);
        return new JobArguments(config, bundle.views(), range, Path.of(""), Optional.of(bundle));
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
