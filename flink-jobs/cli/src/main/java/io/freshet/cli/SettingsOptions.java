/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every command has which needs settings. Flags win over environment, environment over file. */
final class SettingsOptions {

    private static final Path DEFAULT_FILE = Path.of("freshet.yaml");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings. Default: freshet.yaml in this folder, if there is one.")
    private @Nullable Path file;

    @Option(
            names = {"-D", "--set"},
            paramLabel = "KEY=VALUE",
            description = "One setting, e.g. -D redis.uri=redis://localhost:6380. Wins over environment and file.")
    private Map<String, String> flags = new LinkedHashMap<>();

    // Read by Failures, from the parsed arguments.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--debug", description = "Show stack traces.")
    private boolean debug;

    /** The environment variables. */
    Map<String, String> environment() {
        return ((Freshet) command.root().userObject()).environment();
    }

    /** The settings, and where their relative paths start. */
    Settings read() throws CommandFailedException, DefinitionException {
        return read(Map.of());
    }

    /** As {@link #read()}, with settings that a command has flags of its own for: these win over all. */
    Settings read(Map<String, String> own) throws CommandFailedException, DefinitionException {
        SettingsSource source = source();
        Map<String, String> all = new LinkedHashMap<>(source.flags());
        all.putAll(own);
        return new Settings(FreshetConfig.of(source.name(), source.yaml(), environment(), all), source.folder());
    }

    /** The settings as they are written. */
    SettingsSource source() throws CommandFailedException {
        Optional<Path> found =
                Optional.ofNullable(file).or(() -> Optional.of(DEFAULT_FILE).filter(Files::exists));
        try {
            String yaml = found.isPresent() ? Files.readString(found.get()) : "";
            return new SettingsSource(found, yaml, Map.copyOf(flags));
        } catch (IOException e) {
            throw CommandFailedException.wrongInput("Cannot read the settings: " + Reading.reason(e));
        }
    }
}
