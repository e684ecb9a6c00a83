/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.eventfile.EventFiles;
import io.freshet.eventfile.FileGlob;
import io.freshet.eventfile.NoEventFilesException;
import io.freshet.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of a view as a run finds them.
 *
 * @param files by number
 * @param gone files of earlier runs that are not there any more, by name
 */
record BatchFiles(List<BatchFile> files, Map<String, LoadLog.Entry> gone) {

    private static final int MOST_FILES = 999_999;

    BatchFiles {
        files = List.copyOf(files);
        gone = Map.copyOf(gone);
    }

    /**
     * The files that are there.
     *
     * @param pattern as the view names them
     * @throws BatchException if there are none, or their names do not tell what they are
     */
    static List<FileGlob.Found> find(String view, String folder, String pattern) throws BatchException {
        List<FileGlob.Found> found;
        try {
            found = FileGlob.find(folder, pattern);
            for (FileGlob.Found file : found) {
                EventFiles.checkFormat(file.name());
            }
        } catch (NoEventFilesException e) {
            throw new BatchException(String.valueOf(e.getMessage()), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new BatchException(cannotRead(view, pattern, folder) + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new BatchException(cannotRead(view, pattern, folder) + "no file has such a name");
        }
        if (found.size() > MOST_FILES) {
            throw new BatchException(cannotRead(view, pattern, folder) + "there are " + found.size()
                    + ", expected at most " + MOST_FILES);
        }
        return found;
    }

    private static String cannotRead(String view, String pattern, String folder) {
        return "Cannot read the files '" + pattern + "' of view '" + view + "', from folder '"
                + Tables.path(folder).getPath() + "': ";
    }

    /**
     * The files in the order of their loads, with those that this run loads.
     *
     * @param nowMillis when this run looked, later than any before it
     * @throws BatchException if one that the rows of this version of the view are made of is gone or has changed
     */
    static BatchFiles of(String view, int version, List<FileGlob.Found> found, LoadLog log, long nowMillis)
            throws BatchException {
        Map<String, FileGlob.Found> byName =
                found.stream().collect(Collectors.toMap(FileGlob.Found::name, file -> file));
        List<String> missing = log.files().entrySet().stream()
                .filter(entry -> !entry.getValue().noLongerThere())
                .filter(entry -> !isThere(byName.get(entry.getKey()), entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        Optional<LoadLog.Run> last = log.last();
        if (!missing.isEmpty() && last.isPresent() && last.get().version() == version) {
            throw new BatchException("Cannot run view '" + view + "': " + missing.size()
                    + (missing.size() == 1 ? " file" : " files") + " that rows in its history are made of "
                    + (missing.size() == 1 ? "is" : "are") + " gone or changed, first '" + missing.get(0)
                    + "'. Put what is new into files of other names; or raise the view's 'version', which makes all"
                    + " rows anew from the files there are");
        }
        Map<String, LoadLog.Entry> gone = new TreeMap<>(log.files());
        gone.keySet().removeAll(byName.keySet());
        gone.replaceAll((name, entry) -> entry.gone());
        long missedAt = last.map(LoadLog.Run::atMillis).orElse(Long.MIN_VALUE);
        return new BatchFiles(numbered(found, log, nowMillis, missedAt), gone);
    }

    /**
     * Event time since which all events are there, ms: behind those of files that are gone. {@link Long#MIN_VALUE}: all
     * there ever were.
     */
    long completeSinceMillis() {
        return gone.values().stream()
                .mapToLong(LoadLog.Entry::reachedMillis)
                .filter(reached -> reached != Long.MIN_VALUE)
                .map(reached -> reached + 1)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private static boolean isThere(FileGlob.@Nullable Found file, LoadLog.Entry entry) {
        return file != null && file.bytes() == entry.bytes();
    }

    private static List<BatchFile> numbered(
            List<FileGlob.Found> found, LoadLog log, long nowMillis, long missedAtMillis) throws BatchException {
        List<BatchFile> files = new ArrayList<>();
        for (FileGlob.Found file : found) {
            LoadLog.Entry entry = log.files().get(file.name());
            boolean isNew = entry == null || !isThere(file, entry);
            files.add(new BatchFile(
                    0,
                    file.name(),
                    file.path(),
                    file.bytes(),
                    0,
                    isNew || entry == null ? nowMillis : entry.loadedAtMillis(),
                    isNew || entry == null ? missedAtMillis : entry.missedAtMillis(),
                    isNew));
        }
        files.sort(Comparator.comparingLong(BatchFile::loadedAtMillis).thenComparing(BatchFile::name));
        Map<Long, Integer> loads = new TreeMap<>();
        List<BatchFile> numbered = new ArrayList<>();
        for (BatchFile file : files) {
            loads.putIfAbsent(file.loadedAtMillis(), loads.size());
            numbered.add(new BatchFile(
                    numbered.size(),
                    file.name(),
                    file.path(),
                    file.bytes(),
                    loads.getOrDefault(file.loadedAtMillis(), 0),
                    file.loadedAtMillis(),
                    file.missedAtMillis(),
                    file.isNew()));
        }
        if (loads.size() > Place.MOST_LOADS) {
            throw new BatchException("Cannot tell the loads of " + loads.size() + " runs apart, expected at most "
                    + Place.MOST_LOADS + ": merge files, and raise the view's 'version'");
        }
        return numbered;
    }

    /** Those that this run loads. */
    List<BatchFile> fresh() {
        return files.stream().filter(BatchFile::isNew).toList();
    }
}
