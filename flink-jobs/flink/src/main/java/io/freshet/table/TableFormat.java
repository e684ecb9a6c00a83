/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.util.Locale;
import java.util.Optional;

/** How rows are laid out in a file. The text formats are UTF-8, and gzip where the name ends in {@code .gz}. */
public enum TableFormat {
    /** Comma-separated values with a header, RFC 4180. */
    CSV,
    /** Apache Parquet. */
    PARQUET,
    /** One JSON object a line. */
    JSON_LINES;

    static final String GZIP = ".gz";

    /** What names of files can end in, for messages. */
    public static final String ENDINGS = ".csv, .csv.gz, .parquet, .jsonl, .ndjson, .json (and .gz)";

    /** The format that a file's name tells, in any case of letters. */
    public static Optional<TableFormat> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet")) {
            return Optional.of(PARQUET);
        }
        String bare = name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
        if (bare.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        return bare.endsWith(".jsonl") || bare.endsWith(".ndjson") || bare.endsWith(".json")
                ? Optional.of(JSON_LINES)
                : Optional.empty();
    }
}
