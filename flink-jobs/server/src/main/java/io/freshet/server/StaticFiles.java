/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;

/** Files of one folder of the class path. */
final class StaticFiles {

    /** No name begins with a point: there is no way up. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "txt", "text/plain; charset=utf-8");

    private final String folder;

    StaticFiles(String folder) {
        this.folder = folder;
    }

    Reply file(Call call) {
        String asked = call.path("file");
        String name = asked.isEmpty() ? "index.html" : asked;
        if (!NAME.matcher(name).matches()) {
            throw missing(name);
        }
        try (InputStream file = StaticFiles.class.getClassLoader().getResourceAsStream(folder + "/" + name)) {
            if (file == null) {
                throw missing(name);
            }
            return Reply.of(type(name), file.readAllBytes())
                    .withHeader("Cache-Control", "no-cache")
                    .withHeader("X-Content-Type-Options", "nosniff");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read '" + name + "' of the class path", e);
        }
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static Refusal missing(String name) {
        return Refusal.of(404, "no_such_file", "There is no file '" + name + "'");
    }
}
