/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.eventfile;

import io.freshet.table.Tables;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Finds the files that a pattern names, on any of Flink's file systems. {@code *}, {@code ?}, <code>[...]</code> and
 * <code>{...}</code> stand for a part of a name, <code>**</code> for any folders. Wildcards pass over names that begin
 * with {@code .} or {@code _}, which programs give to files that are no data.
 */
public final class FileGlob {

    private static final Pattern WILD = Pattern.compile(".*[*?\\[{].*");
    private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]+:/.*");
    private static final String ANY_FOLDERS = "**";

    private final TreeMap<String, Found> found = new TreeMap<>();

    private FileGlob() {}

    /**
     * A file.
     *
     * @param name as the pattern names it: relative to where it starts, if it is relative
     * @param path where it is
     * @param bytes its length
     */
    public record Found(String name, String path, long bytes) {}

    /**
     * The files that a pattern names, by name. A folder stands for all files in it whose format is known.
     *
     * @param base where it starts if it is relative: a path of this machine or a URI
     * @throws IOException if the file system cannot be asked
     * @throws IllegalArgumentException if the pattern is none
     */
    public static List<Found> find(String base, String pattern) throws IOException {
        FileGlob glob = new FileGlob();
        List<String> parts = Arrays.asList(pattern.split("(?<!:)(?<!/)/+", -1));
        boolean isAbsolute = ABSOLUTE.matcher(pattern).matches();
        int fixed = isAbsolute
                ? (int) parts.stream().takeWhile(part -> !isWild(part)).count()
                : 0;
        String start = String.join("/", parts.subList(0, fixed));
        List<String> rest = parts.subList(fixed, parts.size()).stream()
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        glob.walk(start, Tables.path(isAbsolute ? (start.isEmpty() ? "/" : start) : base), rest);
        return List.copyOf(glob.found.values());
    }

    private void walk(String name, Path at, List<String> rest) throws IOException {
        FileSystem system = at.getFileSystem();
        if (rest.isEmpty()) {
            if (system.exists(at)) {
                take(name, at, system.getFileStatus(at));
            }
            return;
        }
        String part = rest.get(0);
        List<String> behind = rest.subList(1, rest.size());
        if (part.equals(ANY_FOLDERS)) {
            walk(name, at, behind);
            for (FileStatus child : children(at)) {
                if (child.isDir()) {
                    walk(join(name, child), child.getPath(), rest);
                }
            }
        } else if (isWild(part)) {
            PathMatcher names = FileSystems.getDefault().getPathMatcher("glob:" + part);
            for (FileStatus child : children(at)) {
                if (names.matches(java.nio.file.Path.of(child.getPath().getName()))) {
                    walk(join(name, child), child.getPath(), behind);
                }
            }
        } else {
            walk(name.isEmpty() ? part : name + "/" + part, new Path(at, part), behind);
        }
    }

    private void take(String name, Path path, FileStatus status) throws IOException {
        if (!status.isDir()) {
            found.put(name, new Found(name, path.toString(), status.getLen()));
            return;
        }
        for (FileStatus child : children(path)) {
            if (!child.isDir() && EventReader.knows(child.getPath().getName())) {
                take(join(name, child), child.getPath(), child);
            }
        }
    }

    private static String join(String name, FileStatus child) {
        String own = child.getPath().getName();
        return name.isEmpty() ? own : name + "/" + own;
    }

    private static boolean isWild(String part) {
        return WILD.matcher(part).matches();
    }

    /** What is in a folder; nothing where there is none. */
    private static List<FileStatus> children(Path folder) throws IOException {
        FileSystem system = folder.getFileSystem();
        if (!system.exists(folder) || !system.getFileStatus(folder).isDir()) {
            return List.of();
        }
        List<FileStatus> children = new ArrayList<>();
        for (FileStatus child : system.listStatus(folder)) {
            String name = child.getPath().getName();
            if (!name.startsWith(".") && !name.startsWith("_")) {
                children.add(child);
            }
        }
        return children;
    }
}
