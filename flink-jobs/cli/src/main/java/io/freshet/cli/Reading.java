/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Words for what goes wrong with files. */
final class Reading {

    private Reading() {}

    /** What happened and to which file: the JDK's messages are often no more than the path. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + " does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return e.getMessage() + " may not be read";
        }
        return String.valueOf(e.getMessage());
    }
}
