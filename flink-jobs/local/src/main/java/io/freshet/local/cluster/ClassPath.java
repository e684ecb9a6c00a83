/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import io.freshet.local.KafkaBroker;
import io.freshet.local.LocalStackException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Class paths of the processes, from the jars that this JVM runs with. */
final class ClassPath {

    private static final String FLINKS_JARS = "/io/freshet/flink-cluster/jars";

    private ClassPath() {}

    /**
     * What a Flink session cluster has of its own, and nothing else: neither Freshet nor what Freshet brings along. So a
     * job jar that runs on it is complete.
     */
    static String ofFlink() throws LocalStackException {
        Map<String, Path> here = jars();
        List<Path> flinks = new ArrayList<>();
        for (String name : namesOfFlinksJars()) {
            // The name goes on with the version.
            Pattern file = Pattern.compile(Pattern.quote(name) + "-[0-9].*");
            flinks.add(here.entrySet().stream()
                    .filter(jar -> file.matcher(jar.getKey()).matches())
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow(() -> new LocalStackException(
                            "Cannot start Flink: no jar " + name + " is on the class path of freshet")));
        }
        return joined(flinks);
    }

    /** All that this JVM has, for the broker. */
    static String ofKafka() throws LocalStackException {
        List<Path> path = new ArrayList<>();
        try {
            path.add(Path.of(KafkaBroker.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new LocalStackException("Cannot find the jar of " + KafkaBroker.class.getName() + ": " + e, e);
        }
        path.addAll(jars().values());
        return joined(path);
    }

    private static List<String> namesOfFlinksJars() throws LocalStackException {
        try (InputStream in = ClassPath.class.getResourceAsStream(FLINKS_JARS)) {
            if (in == null) {
                throw new LocalStackException("Cannot find " + FLINKS_JARS + ": the build is incomplete");
            }
            String names = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return List.of(names.replace("lib/", "").replace(".jar", "").split(":"));
        } catch (IOException e) {
            throw new LocalStackException("Cannot read " + FLINKS_JARS + ": " + e, e);
        }
    }

    /** The jars of this JVM by name, however it was told of them: by a list, a wildcard or a manifest. */
    private static Map<String, Path> jars() throws LocalStackException {
        Map<String, Path> jars = new LinkedHashMap<>();
        try {
            for (URL manifest :
                    Collections.list(ClassPath.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
                if (manifest.openConnection() instanceof JarURLConnection jar) {
                    Path file = Path.of(URI.create(jar.getJarFileURL().toString()));
                    jars.putIfAbsent(file.getFileName().toString(), file);
                }
            }
        } catch (IOException e) {
            throw new LocalStackException("Cannot list the jars of the class path: " + e, e);
        }
        return jars;
    }

    private static String joined(Collection<Path> path) {
        return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
