/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.cli.cluster.JobJar;
import io.freshet.config.ConfigKey;
import io.freshet.config.LiteralSecrets;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.job.Bundle;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts into a jar what the settings and views say here. Settings are resolved again where the job starts: what the file
 * names as {@code ${NAME}} comes from there, and so do secrets.
 */
final class Bundles {

    private static final String FUNCTIONS = "FRESHET_FUNCTIONS";
    private static final String KAFKA_PROPERTIES = "kafka.properties.";

    /** Of no meaning to a job on a cluster. */
    private static final Set<ConfigKey> OF_THIS_MACHINE =
            Set.of(ConfigKey.VIEWS, ConfigKey.SCHEMAS, ConfigKey.FLINK_UI_PORT, ConfigKey.FLINK_REST);

    private final SettingsSource source;
    private final Map<String, String> environment;

    Bundles(SettingsSource source, Map<String, String> environment) {
        this.source = source;
        this.environment = environment;
    }

    /**
     * Packs a jar.
     *
     * @param views the views to deploy
     * @param start where a job without state begins
     */
    JobJar pack(String namespace, List<ViewText> views, String start)
            throws CommandFailedException, DefinitionException {
        Bundle bundle = bundle(views, start);
        try {
            return JobJar.pack(jobJar(), functions(), namespace, bundle);
        } catch (IOException e) {
            throw CommandFailedException.failed("Cannot pack the job's jar: " + e);
        }
    }

    /** What a job is told, before it is packed. */
    Bundle bundle(List<ViewText> views, String start) throws CommandFailedException, DefinitionException {
        LiteralSecrets.refuse(source.name(), source.yaml());
        return new Bundle("", source.name(), source.yaml(), flags(), views, start);
    }

    /** What flags and environment set here, but for secrets: the job is to see the same. */
    private Map<String, String> flags() throws CommandFailedException {
        Map<String, String> flags = new HashMap<>();
        for (ConfigKey key : ConfigKey.values()) {
            String here = environment.get(key.variable());
            if (here != null && !LiteralSecrets.isSecret(key.key())) {
                flags.put(key.key(), here);
            }
        }
        for (Map.Entry<String, String> flag : source.flags().entrySet()) {
            String key = flag.getKey();
            if (LiteralSecrets.isSecret(
                    key.startsWith(KAFKA_PROPERTIES) ? key.substring(KAFKA_PROPERTIES.length()) : key)) {
                throw CommandFailedException.wrongInput("Cannot send the value of '" + key
                        + "' to a cluster, where everybody may see it: write " + key
                        + " as ${NAME} in freshet.yaml, and set NAME in the environment of the cluster's JobManager");
            }
            flags.put(key, flag.getValue());
        }
        OF_THIS_MACHINE.forEach(key -> flags.remove(key.key()));
        return flags;
    }

    /** As the launcher finds them: in the folder {@code functions} beside the settings, and where a variable says. */
    private List<Path> functions() throws IOException {
        List<Path> jars = new ArrayList<>();
        Path folder = source.folder().resolve("functions");
        if (Files.isDirectory(folder)) {
            jars.addAll(jarsOf(folder));
        }
        for (String entry : environment.getOrDefault(FUNCTIONS, "").split(File.pathSeparator)) {
            if (entry.endsWith("/*")) {
                jars.addAll(jarsOf(Path.of(entry.substring(0, entry.length() - 2))));
            } else if (!entry.isBlank()) {
                jars.add(Path.of(entry));
            }
        }
        return jars;
    }

    private static List<Path> jarsOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The job jar of the build that this is of: beside the jar, or the folder of classes, of the command line, or where the
     * archive has it.
     */
    private static Path jobJar() throws CommandFailedException {
        try {
            Path here = Path.of(Bundles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path built = here.resolveSibling("freshet-job.jar");
            Path shipped = here.resolveSibling("../job/freshet-job.jar").normalize();
            if (Files.exists(built)) {
                return built;
            }
            if (Files.exists(shipped)) {
                return shipped;
            }
            throw CommandFailedException.failed("Cannot find " + built + ": './mvnw -DskipTests package' builds it");
        } catch (URISyntaxException e) {
            throw CommandFailedException.failed("Cannot find the folder of freshet: " + e.getMessage());
        }
    }
}
