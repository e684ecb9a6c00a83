/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.eventfile;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields that folders of a partitioned table name, as Hive and Spark write them: {@code date=2026-01-31/part.parquet}.
 */
public final class FolderFields {

    private static final Pattern FIELD = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private FolderFields() {}

    /**
     * Texts by field; a field without a value is left out.
     *
     * @param file path of the file, with {@code /} between its parts
     */
    public static Map<String, String> of(String file) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> parts = List.of(file.split("/"));
        for (String folder : parts.subList(0, parts.size() - 1)) {
            Matcher matcher = FIELD.matcher(folder);
            if (matcher.matches() && !matcher.group(2).equals(NO_VALUE)) {
                fields.put(matcher.group(1), decoded(matcher.group(2)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            // The plus is itself in names of folders.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
