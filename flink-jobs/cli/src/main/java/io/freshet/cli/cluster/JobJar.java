/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import io.freshet.job.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The jar that is uploaded: the job jar, the user's functions and what is deployed, in one. It needs nothing beside it but
 * Flink.
 *
 * @param file a temporary file
 * @param name what Flink calls it; the same for the same contents
 * @param bundle what is deployed
 */
public record JobJar(Path file, String name, Bundle bundle) implements AutoCloseable {

    private static final String SERVICES = "/META-INF/services/";
    private static final int ID_BYTES = 6;

    /**
     * Packs one.
     *
     * @param job the job jar as it was built
     * @param functions jars of the user's own functions
     * @param namespace part of its name
     * @param bundle what is deployed; its id is set here
     */
    public static JobJar pack(Path job, List<Path> functions, String namespace, Bundle bundle) throws IOException {
        String id = id(job, functions, bundle);
        Bundle named = new Bundle(
                id, bundle.settingsFile(), bundle.settings(), bundle.flags(), bundle.views(), bundle.start());
        Path file = Files.createTempFile("freshet-", ".jar");
        Files.copy(job, file, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem jar = open(file)) {
            for (Path function : functions) {
                addAll(function, jar);
            }
            Files.writeString(jar.getPath("/" + Bundle.RESOURCE), named.json());
        }
        return new JobJar(file, name(namespace, id), named);
    }

    /** What Flink calls the jar of that id. */
    static String name(String namespace, String id) {
        return prefix(namespace) + id + ".jar";
    }

    /** What the names of all jars of a namespace start with; ids have no dash. */
    static String prefix(String namespace) {
        return "freshet-" + namespace + "-";
    }

    private static String id(Path job, List<Path> functions, Bundle bundle) throws IOException {
        MessageDigest digest = JobIds.sha256();
        for (Path jar : Stream.concat(Stream.of(job), functions.stream()).toList()) {
            try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        digest.update(bundle.json().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }

    /** What the jar already has wins; lists of services are joined, or the other functions would not be found. */
    private static void addAll(Path from, FileSystem jar) throws IOException {
        try (FileSystem source = open(from);
                Stream<Path> files = Files.walk(source.getPath("/"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = jar.getPath(file.toString());
                if (Files.notExists(copy)) {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                } else if (file.toString().startsWith(SERVICES)) {
                    Files.writeString(copy, "\n" + Files.readString(file), StandardOpenOption.APPEND);
                }
            }
        }
    }

    private static FileSystem open(Path file) throws IOException {
        return FileSystems.newFileSystem(URI.create("jar:" + file.toUri()), Map.of());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
