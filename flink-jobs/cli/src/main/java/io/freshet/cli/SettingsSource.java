/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Settings as they are written.
 *
 * @param file their file; empty where there is none
 * @param yaml its text
 * @param flags settings by dotted key that win over it
 */
record SettingsSource(Optional<Path> file, String yaml, Map<String, String> flags) {

    /** The file as messages name it. */
    String name() {
        return file.map(Path::toString).orElse("freshet.yaml");
    }

    /** Where relative paths start. */
    Path folder() {
        return file.flatMap(path -> Optional.ofNullable(path.getParent())).orElse(Path.of(""));
    }
}
